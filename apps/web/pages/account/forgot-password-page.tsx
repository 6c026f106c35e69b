import { Button, Form, Result } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { EmailField } from './account-fields.js';
import { AuthCard } from './auth-card.js';
import { useFormSubmit } from './use-form-submit.js';

export default function ForgotPasswordPage() {
  const { t } = useTranslation('account');
  const [form] = Form.useForm<{ email: string }>();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { busy, error, submit } = useFormSubmit<{ email: string }>(form, async ({ email }) => {
    await api.post('/auth/forgot-password', done, { email });
    setSentTo(email.trim());
  });
  const signIn = <Link to="/sign-in">{t('toSignIn')}</Link>;
  if (sentTo !== null) {
    return (
      <Result
        status="success"
        title={t('forgot.sentTitle')}
        subTitle={t('forgot.sentText', { email: sentTo })}
        extra={signIn}
      />
    );
  }
  return (
    <AuthCard title={t('forgot.title')} hint={t('forgot.hint')} error={error} footer={signIn}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
        <EmailField />
        <Button type="primary" htmlType="submit" block loading={busy} data-testid="submit">
          {t('forgot.submit')}
        </Button>
      </Form>
    </AuthCard>
  );
}
