import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { webhookWithSecret, type WebhookView } from '#libs/contracts/notifications/places.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { EmptyState } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { TopicTags } from './robots-card.js';
import { SecretDialog, WebhookForm } from './webhook-form.js';
import { WebhookLog } from './webhook-log.js';

interface Props {
  readonly path: string;
  readonly rows: readonly WebhookView[];
  readonly changed: () => void;
}

export function WebhooksCard({ path, rows, changed }: Props) {
  const { t } = useTranslation('messages');
  const [edited, setEdited] = useState<WebhookView | 'new' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [shown, setShown] = useState<WebhookView | null>(null);
  const add = (
    <Button size="small" type="primary" onClick={() => setEdited('new')} data-testid="add-webhook">
      {t('places.addWebhook')}
    </Button>
  );
  return (
    <Card title={t('places.webhooks')} extra={add}>
      {rows.length === 0 && <EmptyState text={t('places.noWebhooks')} />}
      <Flex vertical gap={16}>
        {rows.map((row) => (
          <Webhook
            key={row.id}
            row={row}
            path={path}
            edit={() => setEdited(row)}
            log={() => setShown(row)}
            changed={changed}
            rotated={setSecret}
          />
        ))}
      </Flex>
      {edited !== null && (
        <WebhookForm
          path={path}
          webhook={edited === 'new' ? null : edited}
          close={() => setEdited(null)}
          saved={(made) => {
            setEdited(null);
            setSecret(made);
            changed();
          }}
        />
      )}
      {secret !== null && <SecretDialog secret={secret} close={() => setSecret(null)} />}
      {shown !== null && (
        <WebhookLog path={`${path}/${shown.id}`} url={shown.url} close={() => setShown(null)} />
      )}
    </Card>
  );
}

interface RowProps {
  readonly row: WebhookView;
  readonly path: string;
  readonly edit: () => void;
  readonly log: () => void;
  readonly changed: () => void;
  readonly rotated: (secret: string) => void;
}

function Webhook({ row, path, edit, log, changed, rotated }: RowProps) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const notice = useNotice();
  const rotate = useMutation({
    mutationFn: () => api.post(`${path}/${row.id}/rotate`, webhookWithSecret),
    onSuccess: ({ secret }) => {
      rotated(secret);
      changed();
    },
    onError: notice.failed,
  });
  const remove = useMutation({
    mutationFn: () => api.delete(`${path}/${row.id}`, done),
    onSuccess: () => {
      notice.done(t('places.removed'));
      changed();
    },
    onError: notice.failed,
  });
  const askRotate = () =>
    notice.ask({ title: t('places.rotateAsk'), action: () => rotate.mutateAsync().catch(() => undefined) });
  const askRemove = () =>
    notice.ask({
      title: t('places.removeAsk', { name: row.url }),
      danger: true,
      action: () => remove.mutateAsync().catch(() => undefined),
    });
  return (
    <div data-testid="webhook">
      <Flex justify="space-between" gap={12} wrap>
        <Space size={8} wrap style={{ minWidth: 0 }}>
          <Typography.Text strong style={{ overflowWrap: 'anywhere' }}>
            {row.url}
          </Typography.Text>
          <Tag color={row.enabled ? 'success' : 'default'}>{t(row.enabled ? 'places.on' : 'places.off')}</Tag>
        </Space>
        <Space size={8} wrap>
          <Button size="small" onClick={log} data-testid="webhook-log">
            {t('places.log')}
          </Button>
          <Button size="small" onClick={edit}>
            {t('places.edit')}
          </Button>
          <Button size="small" onClick={askRotate}>
            {t('places.rotate')}
          </Button>
          <Button size="small" danger onClick={askRemove}>
            {t('places.remove')}
          </Button>
        </Space>
      </Flex>
      <Typography.Text type="secondary">
        {t('places.counts', row.counts)}
        {row.oldSecretUntil !== null &&
          ` · ${t('places.oldUntil', { at: format.instant(row.oldSecretUntil) })}`}
      </Typography.Text>
      <TopicTags topics={row.topics} />
      {row.fault !== null && (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 8 }}
          title={t('places.fault', { why: row.fault })}
        />
      )}
    </div>
  );
}
