import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { EmailField, NameField, NewPasswordFields } from './account-fields.js';
import { AuthCard } from './auth-card.js';
import { useFormSubmit } from './use-form-submit.js';

interface Values {
  email: string;
  name: string;
  password: string;
}

export default function FirstAdministratorPage() {
  const { t } = useTranslation('account');
  const [form] = Form.useForm<Values>();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const token = useSearchParams()[0].get('token');
  const { busy, error, submit } = useFormSubmit<Values>(
    form,
    async ({ email, name, password }) => {
      await api.post('/auth/first-administrator', done, { token, email, name, password });
      await queryClient.invalidateQueries();
      void navigate('/admin/people', { replace: true });
    },
    {
      'auth.password-short': 'password',
      'auth.password-guessable': 'password',
      'auth.email-taken': 'email',
    },
  );
  return (
    <AuthCard title={t('first.title')} hint={t('first.hint')} error={error}>
      {token === null ? (
        <Alert type="warning" showIcon title={t('linkMissing')} />
      ) : (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
          <EmailField />
          <NameField />
          <NewPasswordFields label={t('password')} />
          <Button type="primary" htmlType="submit" block loading={busy} data-testid="submit">
            {t('first.submit')}
          </Button>
        </Form>
      )}
    </AuthCard>
  );
}
