import { CalendarOutlined, DownloadOutlined } from '@ant-design/icons';
import { Button, Card, Descriptions, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CalendarCard } from '#libs/contracts/notifications/mailbox.js';
import { useFormat } from '../../shell/format.js';

const COLORS = { request: 'blue', update: 'orange', cancel: 'red' } as const;

/** What a calendar program makes of the mail. */
export function CalendarCardView({ card, mailId }: { card: CalendarCard; mailId: string }) {
  const { t } = useTranslation('notifications');
  const format = useFormat();
  const gone = card.purpose === 'cancel';
  return (
    <Card
      size="small"
      style={{ marginBottom: 16, background: '#f7f9fc' }}
      data-testid="calendar-card"
      title={
        <span style={{ whiteSpace: 'normal' }}>
          <Tag color={COLORS[card.purpose]} icon={<CalendarOutlined />}>
            {t(`purpose.${card.purpose}`)}
          </Tag>
          <span style={gone ? { textDecoration: 'line-through' } : undefined}>{card.summary}</span>
        </span>
      }
    >
      <Descriptions
        column={1}
        size="small"
        items={[
          {
            key: 'when',
            label: t('mailbox.when'),
            children: `${format.range(card.startsAt, card.endsAt)} (${t('mailbox.zone')})`,
          },
          { key: 'where', label: t('mailbox.where'), children: card.place || t('mailbox.undecided') },
          { key: 'by', label: t('mailbox.organizer'), children: card.organizer },
        ]}
      />
      {gone && (
        <Typography.Paragraph type="danger" style={{ margin: '4px 0 8px' }}>
          {t(card.cancelledWhole ? 'mailbox.wholeCancelled' : 'mailbox.onlyYou')}
        </Typography.Paragraph>
      )}
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'center' }}>
        <Button
          size="small"
          icon={<DownloadOutlined />}
          href={`/api/mailbox/${mailId}/calendar`}
          data-testid="download-ics"
        >
          {t('mailbox.ics')}
        </Button>
        <Typography.Text type="secondary">{t('mailbox.version', { n: card.sequence + 1 })}</Typography.Text>
      </div>
    </Card>
  );
}
