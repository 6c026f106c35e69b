import { ArrowLeftOutlined, DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Typography } from 'antd';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { mailView, type MailView } from '#libs/contracts/notifications/mailbox.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { Loaded } from '../../shell/states.js';
import { CalendarCardView } from './calendar-card.js';

/** One mail; `back` is given where the list is not beside it. */
export function MailReader({ id, back }: { id: string; back?: () => void }) {
  const { t } = useTranslation('notifications');
  const query = useQuery({
    queryKey: ['mailbox', 'mail', id],
    queryFn: () => api.get(`/mailbox/${id}`, mailView),
    staleTime: Infinity,
  });
  return (
    <article style={{ padding: 16, minWidth: 0 }} data-testid="mail-reader">
      {back !== undefined && (
        <Button type="link" icon={<ArrowLeftOutlined />} onClick={back} style={{ padding: 0 }}>
          {t('shell:back')}
        </Button>
      )}
      <Loaded query={query}>{(mail) => <Mail key={mail.id} mail={mail} />}</Loaded>
    </article>
  );
}

function Mail({ mail }: { mail: MailView }) {
  const { t } = useTranslation('notifications');
  const format = useFormat();
  const [form, setForm] = useState<'html' | 'text'>(mail.html === null ? 'text' : 'html');
  const heads = [
    [t('mailbox.from'), mail.from],
    [t('mailbox.to'), mail.to],
    [t('mailbox.at'), format.instant(mail.receivedAt)],
  ];
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 18, margin: '4px 0 8px', overflowWrap: 'anywhere' }}>
        {mail.subject}
      </Typography.Title>
      {heads.map(([label, value]) => (
        <div key={label} style={{ overflowWrap: 'anywhere' }}>
          <Typography.Text type="secondary">{label}　</Typography.Text>
          {value}
        </div>
      ))}
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, margin: '12px 0' }}>
        <Segmented
          size="small"
          value={form}
          onChange={setForm}
          options={[
            { value: 'html', label: t('mailbox.html'), disabled: mail.html === null },
            { value: 'text', label: t('mailbox.text') },
          ]}
        />
        <Button size="small" icon={<DownloadOutlined />} href={`/api/mailbox/${mail.id}/raw`}>
          {t('mailbox.eml')}
        </Button>
      </div>
      {mail.calendar !== null && <CalendarCardView card={mail.calendar} mailId={mail.id} />}
      {form === 'html' && mail.html !== null ? (
        <HtmlFrame html={mail.html} title={mail.subject} />
      ) : (
        <div className="prose" data-testid="mail-text">
          {mail.text}
        </div>
      )}
    </>
  );
}

/** The mail's HTML without scripts, forms and access to the page; links open beside it. */
function HtmlFrame({ html, title }: { html: string; title: string }) {
  const [height, setHeight] = useState(320);
  const measure = (event: SyntheticEvent<HTMLIFrameElement>) => {
    const inner = event.currentTarget.contentDocument?.documentElement;
    if (inner) setHeight(inner.scrollHeight + 8);
  };
  return (
    <iframe
      title={title}
      // Same origin only lets this page measure the frame: scripts stay forbidden.
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={html.replace('<head>', '<head><base target="_blank">')}
      onLoad={measure}
      style={{ width: '100%', height, border: 0, background: '#fff', colorScheme: 'light' }}
    />
  );
}
