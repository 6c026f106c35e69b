import { useMutation } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Modal, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  SMS_TOPICS,
  smsTemplatesView,
  smsValue,
  type SmsTemplatesView,
  type SmsTemplateView,
} from '#libs/contracts/notifications/sms-templates.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

interface Props {
  readonly path: string;
  /** null = a new one. */
  readonly template: SmsTemplateView | null;
  readonly close: () => void;
  readonly saved: (view: SmsTemplatesView) => void;
}

const START = {
  topic: 'event-reminder',
  locale: 'zh-CN',
  signName: '',
  templateId: '',
  variables: [
    { parameter: 'name', value: 'name' },
    { parameter: 'event', value: 'event' },
    { parameter: 'time', value: 'time' },
  ],
} as const;

export function SmsTemplateForm({ path, template, close, saved }: Props) {
  const { t } = useTranslation('messages');
  const notice = useNotice();
  const [form] = Form.useForm<Omit<SmsTemplateView, 'updatedAt'>>();
  const save = useMutation({
    mutationFn: ({ topic, locale, ...body }: Omit<SmsTemplateView, 'updatedAt'>) =>
      api.put(`${path}/${topic}/${locale}`, smsTemplatesView, body),
    onSuccess: (view) => {
      notice.done(t('places.saved'));
      saved(view);
    },
    onError: notice.failed,
  });
  const fixed = template !== null;
  return (
    <Modal
      open
      title={t(fixed ? 'places.edit' : 'sms.add')}
      okText={t('places.save')}
      cancelText={t('shell:back')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={template ?? START}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item name="topic" label={t('reminders.topic')}>
          <Select
            disabled={fixed}
            options={SMS_TOPICS.map((value) => ({ value, label: t(`notifications:topic.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="locale" label={t('places.language')}>
          <Segmented
            disabled={fixed}
            options={[
              { value: 'zh-CN', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
        <Form.Item name="signName" label={t('sms.signName')} rules={[{ required: true, max: 30 }]}>
          <Input data-testid="sms-sign" />
        </Form.Item>
        <Form.Item
          name="templateId"
          label={t('sms.templateId')}
          extra={t('sms.templateIdHint')}
          rules={[{ required: true, pattern: /^[\w.-]{1,60}$/ }]}
        >
          <Input data-testid="sms-code" />
        </Form.Item>
        <Form.Item label={t('sms.variables')} extra={t('sms.variablesHint')}>
          <Variables />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Variables() {
  const { t } = useTranslation('messages');
  const values = smsValue.options.map((value) => ({ value, label: t(`variable.${value}`) }));
  return (
    <Form.List name="variables">
      {(fields, { add, remove }) => (
        <Flex vertical gap={8}>
          {fields.map((field) => (
            <Flex key={field.key} gap={8}>
              <Form.Item
                name={[field.name, 'parameter']}
                noStyle
                rules={[{ required: true, pattern: /^[A-Za-z0-9_]{1,32}$/, message: t('sms.parameter') }]}
              >
                <Input placeholder={t('sms.parameter')} aria-label={t('sms.parameter')} />
              </Form.Item>
              <Form.Item name={[field.name, 'value']} noStyle rules={[{ required: true }]}>
                <Select options={values} style={{ minWidth: 120 }} />
              </Form.Item>
              <Button onClick={() => remove(field.name)}>{t('places.remove')}</Button>
            </Flex>
          ))}
          <div>
            <Button
              size="small"
              disabled={fields.length >= 10}
              onClick={() => add({ parameter: '', value: 'place' })}
            >
              {t('sms.addVariable')}
            </Button>
          </div>
        </Flex>
      )}
    </Form.List>
  );
}
