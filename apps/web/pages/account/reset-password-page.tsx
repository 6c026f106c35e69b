import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Result } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { NewPasswordFields } from './account-fields.js';
import { AuthCard } from './auth-card.js';
import { useFormSubmit } from './use-form-submit.js';

export default function ResetPasswordPage() {
  const { t } = useTranslation('account');
  const [form] = Form.useForm<{ password: string }>();
  const queryClient = useQueryClient();
  const token = useSearchParams()[0].get('token');
  const [changed, setChanged] = useState(false);
  const { busy, error, submit } = useFormSubmit<{ password: string }>(
    form,
    async ({ password }) => {
      await api.post('/auth/reset-password', done, { token, password });
      setChanged(true);
      await queryClient.invalidateQueries();
    },
    { 'auth.password-short': 'password', 'auth.password-guessable': 'password' },
  );
  if (changed) {
    const signIn = (
      <Link to="/sign-in">
        <Button type="primary" data-testid="to-sign-in">
          {t('toSignIn')}
        </Button>
      </Link>
    );
    return (
      <Result status="success" title={t('reset.doneTitle')} subTitle={t('reset.doneText')} extra={signIn} />
    );
  }
  return (
    <AuthCard
      title={t('reset.title')}
      hint={t('reset.hint')}
      error={error}
      footer={<Link to="/forgot-password">{t('reset.askAgain')}</Link>}
    >
      {token === null ? (
        <Alert type="warning" showIcon title={t('linkMissing')} />
      ) : (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
          <NewPasswordFields label={t('newPassword')} />
          <Button type="primary" htmlType="submit" block loading={busy} data-testid="submit">
            {t('reset.submit')}
          </Button>
        </Form>
      )}
    </AuthCard>
  );
}
