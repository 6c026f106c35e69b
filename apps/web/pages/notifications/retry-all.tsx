import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { retryDeliveriesReport } from '#libs/contracts/notifications/deliveries.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

interface Props {
  /** How many of what the page shows have failed. */
  readonly count: number;
  readonly filter: {
    readonly q: string;
    readonly eventId: string;
    readonly topic: readonly string[];
    readonly channel: readonly string[];
  };
}

/** Sends everything again that failed, as after an outage of the mail server. */
export function RetryAll({ count, filter: { q, eventId, topic, channel } }: Props) {
  const { t } = useTranslation('notifications');
  const notice = useNotice();
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () =>
      api.post('/organizer/deliveries/retry', retryDeliveriesReport, {
        q,
        eventId: eventId === '' ? null : eventId,
        topic,
        channel,
      }),
    onSuccess: ({ queued, left }) =>
      notice.done(t(left === 0 ? 'retryAll.done' : 'retryAll.doneSome', { count: queued, left })),
    onError: (error) => notice.failed(error),
    onSettled: () => client.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  const ask = () =>
    notice.ask({
      title: t('retryAll.title', { count }),
      text: t('retryAll.text'),
      action: () => retry.mutateAsync().catch(() => undefined),
    });
  return (
    <Button loading={retry.isPending} onClick={ask} style={{ marginBottom: 12 }} data-testid="retry-all">
      {t('retryAll.button', { count })}
    </Button>
  );
}
