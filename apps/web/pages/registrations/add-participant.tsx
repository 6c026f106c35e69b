import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { registered, type EventBrief } from '#libs/contracts/registrations/registration.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { showProblems } from './question-fields.js';

interface Values {
  email: string;
  groupSize: number;
}

/** Puts in somebody who has an account. */
export function AddParticipant({ event, close }: { event: EventBrief; close: () => void }) {
  const { t } = useTranslation('registrations');
  const [form] = Form.useForm<Values>();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const add = useMutation({
    mutationFn: (values: Values) =>
      api.post(`/organizer/events/${event.id}/registrations`, registered, values),
    onSuccess: async ({ status }) => {
      await queryClient.invalidateQueries({ queryKey: ['participants', event.id] });
      notice.done(t(`organizer.added.${status}`));
      close();
    },
    onError: (error) => {
      showProblems(form, error);
      notice.failed(error);
    },
  });
  return (
    <Modal
      open
      title={t('organizer.add')}
      okText={t('organizer.add')}
      confirmLoading={add.isPending}
      onCancel={close}
      onOk={() => form.submit()}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ groupSize: 1 }}
        onFinish={(values) => add.mutate(values)}
      >
        <Form.Item
          name="email"
          label={t('organizer.email')}
          extra={t('organizer.addHint')}
          rules={[{ required: true, type: 'email', message: t('shell:required') }]}
        >
          <Input type="email" autoFocus data-testid="participant-email" />
        </Form.Item>
        <Form.Item name="groupSize" label={t('organizer.size')} rules={[{ required: true }]}>
          <InputNumber min={1} max={10_000} precision={0} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
