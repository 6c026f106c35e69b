import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Radio, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { invitationsView, type InvitationBody } from '#libs/contracts/organisations/members.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { useFormSubmit } from '../account/use-form-submit.js';

/** antd's types know no data attributes. */
const TEST_ID: object = { 'data-testid': 'send-invitation' };

export function InviteDialog({
  organisationId,
  open,
  onClose,
}: {
  organisationId: string;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('organisations');
  const [form] = Form.useForm<InvitationBody>();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const { busy, error, submit } = useFormSubmit<InvitationBody>(
    form,
    async (values) => {
      const answer = await api.post(`/organisations/${organisationId}/invitations`, invitationsView, values);
      queryClient.setQueryData(['invitations', organisationId], answer);
      notice.done(t('members.invited', { email: values.email.trim() }));
      form.resetFields();
      onClose();
    },
    { 'organisation.already-member': 'email' },
  );
  return (
    <Modal
      open={open}
      title={t('members.invite')}
      okText={t('members.send')}
      okButtonProps={{ loading: busy, ...TEST_ID }}
      onOk={() => form.submit()}
      onCancel={onClose}
      forceRender
    >
      <Typography.Paragraph type="secondary">{t('members.inviteHint')}</Typography.Paragraph>
      {error !== null && <Alert type="error" showIcon title={error.message} style={{ marginBottom: 16 }} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ role: 'member' }}
        onFinish={(values: InvitationBody) => void submit(values)}
      >
        <Form.Item
          name="email"
          label={t('members.email')}
          validateTrigger="onBlur"
          rules={[
            { required: true, message: t('form.missing') },
            { type: 'email', transform: (value: string) => value.trim(), message: t('form.badEmail') },
          ]}
        >
          <Input type="email" inputMode="email" maxLength={254} data-testid="invite-email" />
        </Form.Item>
        <Form.Item name="title" label={t('members.memberTitle')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="role" label={t('members.role')}>
          <Radio.Group
            options={[
              { value: 'member', label: t('role.member') },
              { value: 'owner', label: t('role.owner') },
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
