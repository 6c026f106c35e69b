import { Card, Collapse, Grid, Table, Typography, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeliveriesPage, DeliveryView } from '#libs/contracts/notifications/deliveries.js';
import { ownResponseIn } from '#libs/contracts/notifications/own-responses.js';
import { useFormat } from '../../shell/format.js';
import { EmptyState } from '../../shell/states.js';
import { DeliveryActions, Recipient, StatusTag, TopicWords } from './delivery-parts.js';
import { DeliveryTries } from './delivery-tries.js';
import { useResponseWords } from './use-response-words.js';

interface Props {
  readonly page: DeliveriesPage;
  readonly change: (page: number) => void;
}

const triesOf = (row: DeliveryView) => <DeliveryTries row={row} />;

export function DeliveryList({ page, change }: Props) {
  const { t } = useTranslation('notifications');
  const wide = Grid.useBreakpoint().md ?? true;
  const columns = useColumns();
  const empty = <EmptyState text={t('deliveries.empty')} />;
  const pagination = {
    current: page.page,
    pageSize: page.pageSize,
    total: page.total,
    showSizeChanger: false,
    showTotal: (count: number) => t('shell:total', { count }),
    onChange: change,
    hideOnSinglePage: true,
  };
  if (!wide && page.rows.length > 0) {
    return (
      <Table
        rowKey="id"
        dataSource={page.rows}
        showHeader={false}
        columns={[{ key: 'card', render: (_: unknown, row: DeliveryView) => <DeliveryCard row={row} /> }]}
        pagination={{ ...pagination, simple: true }}
      />
    );
  }
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table
        rowKey="id"
        size="middle"
        columns={columns}
        dataSource={page.rows}
        expandable={{ expandedRowRender: triesOf }}
        scroll={{ x: 860 }}
        pagination={{ ...pagination, style: { padding: '0 16px' } }}
        locale={{ emptyText: empty }}
      />
    </Card>
  );
}

function useColumns(): TableColumnsType<DeliveryView> {
  const { t } = useTranslation('notifications');
  return [
    { title: t('deliveries.recipient'), key: 'to', render: (_, row) => <Recipient row={row} /> },
    { title: t('deliveries.topic'), key: 'topic', render: (_, row) => <TopicWords row={row} /> },
    { title: t('deliveries.event'), key: 'event', render: (_, row) => <EventLink row={row} /> },
    { title: t('shell:status'), key: 'status', render: (_, row) => <Outcome row={row} /> },
    { title: t('deliveries.at'), key: 'at', render: (_, row) => <Moments row={row} /> },
    {
      title: <span style={{ whiteSpace: 'nowrap' }}>{t('shell:actions')}</span>,
      key: 'actions',
      render: (_, row) => <DeliveryActions row={row} />,
    },
  ];
}

function Outcome({ row }: { row: DeliveryView }) {
  return (
    <div style={{ maxWidth: 260 }}>
      <StatusTag status={row.status} />
      <LastError row={row} />
    </div>
  );
}

/** What the other side answered last, of a message that failed, or why the platform itself did not send it. */
function LastError({ row }: { row: DeliveryView }) {
  const words = useResponseWords();
  const own = row.lastError === null ? null : ownResponseIn(row.lastError);
  if (row.lastError === null || (row.status !== 'failed' && (row.status !== 'cancelled' || own === null)))
    return null;
  const text = words(row.lastError);
  return (
    <Typography.Paragraph
      type="secondary"
      ellipsis={{ rows: 2, tooltip: text }}
      style={{ marginBottom: 0, overflowWrap: 'anywhere' }}
    >
      {text}
    </Typography.Paragraph>
  );
}

function EventLink({ row }: { row: DeliveryView }) {
  return row.event === null ? <>—</> : <Link to={`/events/${row.event.id}`}>{row.event.title}</Link>;
}

function Moments({ row }: { row: DeliveryView }) {
  const { t } = useTranslation('notifications');
  const format = useFormat();
  return (
    <div style={{ whiteSpace: 'nowrap' }}>
      <div>{t('deliveries.writtenAt', { at: format.instant(row.createdAt) })}</div>
      {row.sentAt !== null && <div>{t('deliveries.sentAt', { at: format.instant(row.sentAt) })}</div>}
    </div>
  );
}

function DeliveryCard({ row }: { row: DeliveryView }) {
  const { t } = useTranslation('notifications');
  const tries = `${t('deliveries.tries')} (${row.tries.length})`;
  return (
    <div style={{ display: 'grid', gap: 6 }}>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
        <TopicWords row={row} />
        <StatusTag status={row.status} />
      </div>
      <Recipient row={row} />
      <LastError row={row} />
      {row.event !== null && <EventLink row={row} />}
      <Moments row={row} />
      <DeliveryActions row={row} />
      <Collapse
        size="small"
        ghost
        items={[{ key: 'tries', label: tries, children: <DeliveryTries row={row} /> }]}
      />
    </div>
  );
}
