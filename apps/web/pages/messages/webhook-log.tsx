import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Collapse, Drawer, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { webhookDeliveriesPage, type WebhookDeliveriesPage } from '#libs/contracts/notifications/places.js';
import { done } from '#libs/contracts/primitives.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';

type Delivery = WebhookDeliveriesPage['rows'][number];

const COLORS = { queued: 'default', sending: 'processing', sent: 'success', failed: 'error' } as const;
const REFRESH_MS = 3000;

interface Props {
  /** Of the webhook. */
  readonly path: string;
  readonly url: string;
  readonly close: () => void;
}

/** Everything that was sent to a webhook, with what it answered, and again if wanted. */
export function WebhookLog({ path, url, close }: Props) {
  const { t } = useTranslation('messages');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['webhook-deliveries', path, page],
    queryFn: () => api.get(`${path}/deliveries${queryString({ page })}`, webhookDeliveriesPage),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.rows.some((row) => row.status === 'queued' || row.status === 'sending')
        ? REFRESH_MS
        : false,
  });
  return (
    <Drawer open size={640} title={t('places.log')} onClose={close}>
      <Typography.Paragraph type="secondary" style={{ overflowWrap: 'anywhere' }}>
        {url}
      </Typography.Paragraph>
      <Loaded query={query}>
        {(data) => (
          <PagedList data={data} empty={<EmptyState text={t('places.noDeliveries')} />} onPage={setPage}>
            {(row: Delivery) => <DeliveryCard key={row.id} row={row} path={path} />}
          </PagedList>
        )}
      </Loaded>
    </Drawer>
  );
}

function DeliveryCard({ row, path }: { row: Delivery; path: string }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const replay = useMutation({
    mutationFn: () => api.post(`${path}/deliveries/${row.id}/replay`, done),
    onSuccess: () => {
      notice.done(t('places.replayed'));
      return queryClient.invalidateQueries({ queryKey: ['webhook-deliveries', path] });
    },
    onError: notice.failed,
  });
  return (
    <Card size="small" data-testid="webhook-delivery">
      <Flex justify="space-between" gap={8} wrap>
        <div>
          {t(`notifications:topic.${row.topic}`)}{' '}
          <Tag color={COLORS[row.status]}>{t(`status.${row.status}`)}</Tag>
        </div>
        <Button size="small" loading={replay.isPending} onClick={() => replay.mutate()}>
          {t('places.replay')}
        </Button>
      </Flex>
      {row.tries.map((one) => (
        <div key={one.attemptNo} style={{ overflowWrap: 'anywhere' }}>
          <Typography.Text type="secondary">{format.instant(one.at)}</Typography.Text>{' '}
          {one.status ?? t('places.noAnswer')}{' '}
          <Typography.Text type="secondary">{one.answer}</Typography.Text>
        </div>
      ))}
      {row.nextAttemptAt !== null && (
        <Typography.Text type="secondary">
          {t('places.nextTry', { at: format.instant(row.nextAttemptAt) })}
        </Typography.Text>
      )}
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: 'body',
            label: t('places.body'),
            children: (
              <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>
                {JSON.stringify(JSON.parse(row.body), null, 2)}
              </pre>
            ),
          },
        ]}
      />
    </Card>
  );
}
