import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Space, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeliveryStatus, DeliveryView } from '#libs/contracts/notifications/deliveries.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

const COLORS: Record<DeliveryStatus, string> = {
  queued: 'default',
  sending: 'processing',
  sent: 'success',
  failed: 'error',
  cancelled: 'warning',
};

export function StatusTag({ status }: { status: DeliveryStatus }) {
  const { t } = useTranslation('notifications');
  return <Tag color={COLORS[status]}>{t(`status.${status}`)}</Tag>;
}

export function Recipient({ row }: { row: DeliveryView }) {
  return (
    <div style={{ minWidth: 0 }}>
      {row.toName !== null && <div>{row.toName}</div>}
      <Typography.Text type="secondary" style={{ overflowWrap: 'anywhere' }}>
        {row.toAddress}
      </Typography.Text>
    </div>
  );
}

export function TopicWords({ row }: { row: DeliveryView }) {
  return (
    <div style={{ minWidth: 0 }}>
      <Topic row={row} />
      {row.meeting !== null && <Typography.Text type="secondary">{row.meeting}</Typography.Text>}
    </div>
  );
}

function Topic({ row }: { row: DeliveryView }) {
  const { t } = useTranslation('notifications');
  return (
    <Space size={6} wrap style={{ display: 'flex' }}>
      <span>{t(`topic.${row.topic}`)}</span>
      {row.channel !== 'mail' && <Tag>{t(`messages:channel.${row.channel}`)}</Tag>}
      {row.sequence !== null && (
        <Typography.Text type="secondary">
          {t('deliveries.sequence', { n: row.sequence + 1 })}
        </Typography.Text>
      )}
    </Space>
  );
}

/** Send again, or do not send: what the row's state allows. */
export function DeliveryActions({ row }: { row: DeliveryView }) {
  const { t } = useTranslation('notifications');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: (action: 'retry' | 'cancel') => api.post(`/organizer/deliveries/${row.id}/${action}`, done),
    onSuccess: (_answer, action) =>
      notice.done(t(action === 'retry' ? 'deliveries.retried' : 'deliveries.cancelled')),
    onError: (error) => notice.failed(error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  const cancel = () =>
    notice.ask({
      title: t('deliveries.cancelTitle'),
      text: t('deliveries.cancelText'),
      danger: true,
      action: () => act.mutate('cancel'),
    });
  return (
    <Space size={4} wrap>
      {row.status === 'failed' && (
        <Button
          size="small"
          type="primary"
          loading={act.isPending}
          onClick={() => act.mutate('retry')}
          data-testid="retry-delivery"
        >
          {t('deliveries.retry')}
        </Button>
      )}
      {(row.status === 'queued' || row.status === 'failed') && (
        <Button size="small" disabled={act.isPending} onClick={cancel} data-testid="cancel-delivery">
          {t('deliveries.cancel')}
        </Button>
      )}
    </Space>
  );
}
