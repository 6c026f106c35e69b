import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MailboxPage } from '#libs/contracts/notifications/mailbox.js';
import { useFormat } from '../../shell/format.js';
import { EmptyState } from '../../shell/states.js';

interface Props {
  readonly rows: MailboxPage['rows'];
  readonly opened: string;
  readonly open: (id: string) => void;
}

/** Messages, newest first. */
export function MailList({ rows, opened, open }: Props) {
  const { t } = useTranslation('notifications');
  if (rows.length === 0) {
    return (
      <div style={{ padding: 24 }}>
        <EmptyState text={t('mailbox.empty')} />
      </div>
    );
  }
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {rows.map((row) => (
        <li key={row.id}>
          <MailLine row={row} active={row.id === opened} open={() => open(row.id)} />
        </li>
      ))}
    </ul>
  );
}

function MailLine({
  row,
  active,
  open,
}: {
  row: MailboxPage['rows'][number];
  active: boolean;
  open: () => void;
}) {
  const format = useFormat();
  return (
    <button
      type="button"
      onClick={open}
      aria-current={active}
      data-testid="mail-line"
      style={{
        display: 'block',
        width: '100%',
        padding: '10px 16px',
        border: 0,
        borderBottom: '1px solid #eef1f5',
        background: active ? '#e8f1fb' : 'transparent',
        font: 'inherit',
        textAlign: 'start',
        cursor: 'pointer',
      }}
    >
      <span style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
        <Typography.Text ellipsis type="secondary">
          {row.toName ?? row.toAddress}
        </Typography.Text>
        <Typography.Text type="secondary" style={{ whiteSpace: 'nowrap', fontSize: 12 }}>
          {format.day(row.receivedAt)} {format.time(row.receivedAt)}
        </Typography.Text>
      </span>
      <span style={{ display: 'block', fontWeight: 500, overflowWrap: 'anywhere' }}>{row.subject}</span>
    </button>
  );
}
