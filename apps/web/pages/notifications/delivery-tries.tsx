import { Timeline, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeliveryView } from '#libs/contracts/notifications/deliveries.js';
import { useFormat } from '../../shell/format.js';
import { useResponseWords } from './use-response-words.js';

const COLORS = { accepted: 'green', deferred: 'orange', refused: 'red', unknown: 'gray' } as const;

/** What happened to a mail, try by try. */
export function DeliveryTries({ row }: { row: DeliveryView }) {
  const { t } = useTranslation('notifications');
  const format = useFormat();
  const words = useResponseWords();
  if (row.tries.length === 0) {
    return <Typography.Text type="secondary">{t('deliveries.noTries')}</Typography.Text>;
  }
  const items = row.tries.map((one) => {
    const outcome = one.outcome ?? 'unknown';
    return {
      key: one.attemptNo,
      color: COLORS[outcome],
      content: (
        <>
          <div>
            {format.instant(one.startedAt)} · {t(`outcome.${outcome}`)}
          </div>
          {one.response !== null && one.response !== 'mailbox' && (
            <Typography.Text type="secondary" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {words(one.response)}
            </Typography.Text>
          )}
        </>
      ),
    };
  });
  return (
    <div style={{ paddingTop: 8 }}>
      <Timeline items={items} />
      {row.nextAttemptAt !== null && (
        <Typography.Text type="secondary">
          {t('deliveries.nextTry', { at: format.instant(row.nextAttemptAt) })}
        </Typography.Text>
      )}
    </div>
  );
}
