import { useMutation } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Switch, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  placesView,
  webhookWithSecret,
  type WebhookBody,
  type WebhookView,
} from '#libs/contracts/notifications/places.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { TopicSelect } from './topic-select.js';

interface Props {
  readonly path: string;
  /** null = a new one. */
  readonly webhook: WebhookView | null;
  readonly close: () => void;
  /** The secret of a new one. */
  readonly saved: (secret: string | null) => void;
}

export function WebhookForm({ path, webhook, close, saved }: Props) {
  const { t } = useTranslation('messages');
  const notice = useNotice();
  const [form] = Form.useForm<WebhookBody>();
  const save = useMutation({
    mutationFn: async (body: WebhookBody) => {
      if (webhook === null) return (await api.post(path, webhookWithSecret, body)).secret;
      await api.put(`${path}/${webhook.id}`, placesView, body);
      return null;
    },
    onSuccess: (secret) => {
      notice.done(t('places.saved'));
      saved(secret);
    },
    onError: notice.failed,
  });
  const { url = '', topics = [], enabled = true } = webhook ?? {};
  return (
    <Modal
      open
      title={t(webhook === null ? 'places.addWebhook' : 'places.edit')}
      okText={t('places.save')}
      cancelText={t('shell:back')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ url, topics: [...topics], enabled }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item
          name="url"
          label={t('places.url')}
          extra={t('places.urlHint')}
          rules={[{ required: true, type: 'url' }]}
        >
          <Input placeholder="https://" data-testid="webhook-url" />
        </Form.Item>
        <Form.Item name="topics" label={t('places.topics')} rules={[{ required: true }]}>
          <TopicSelect />
        </Form.Item>
        <Form.Item name="enabled" label={t('places.enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function SecretDialog({ secret, close }: { secret: string; close: () => void }) {
  const { t } = useTranslation('messages');
  return (
    <Modal open title={t('places.secretTitle')} onCancel={close} footer={null}>
      <Alert type="warning" showIcon title={t('places.secretOnce')} style={{ marginBottom: 12 }} />
      <Typography.Paragraph copyable code style={{ overflowWrap: 'anywhere' }} data-testid="webhook-secret">
        {secret}
      </Typography.Paragraph>
    </Modal>
  );
}
