import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ChangePasswordBody } from '#libs/contracts/identity/auth.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { NewPasswordFields } from './account-fields.js';
import { useFormSubmit } from './use-form-submit.js';

export function PasswordCard() {
  const { t } = useTranslation('account');
  const [form] = Form.useForm<ChangePasswordBody>();
  const queryClient = useQueryClient();
  const notice = useNotice();
  const { busy, error, submit } = useFormSubmit<ChangePasswordBody>(
    form,
    async ({ current, password }) => {
      await api.post('/auth/change-password', done, { current, password });
      form.resetFields();
      notice.done(t('page.passwordChanged'));
      await queryClient.invalidateQueries({ queryKey: ['sessions'] });
    },
    {
      'auth.password-wrong': 'current',
      'auth.password-short': 'password',
      'auth.password-guessable': 'password',
    },
  );
  return (
    <Card title={t('page.password')}>
      {error !== null && <Alert type="error" showIcon title={error.message} style={{ marginBottom: 16 }} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values: ChangePasswordBody) => void submit(values)}
      >
        <Form.Item
          name="current"
          label={t('currentPassword')}
          rules={[{ required: true, message: t('fieldMissing') }]}
        >
          <Input.Password autoComplete="current-password" maxLength={200} data-testid="current-password" />
        </Form.Item>
        <NewPasswordFields label={t('newPassword')} />
        <Button type="primary" htmlType="submit" loading={busy} data-testid="change-password">
          {t('page.passwordSubmit')}
        </Button>
      </Form>
    </Card>
  );
}
