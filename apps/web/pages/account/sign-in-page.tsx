import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { done } from '#libs/contracts/primitives.js';
import type { SignInBody } from '#libs/contracts/identity/auth.js';
import { api, ApiError } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { EmailField } from './account-fields.js';
import { AuthCard } from './auth-card.js';
import { useNext, withNext } from './next-path.js';
import { useFormSubmit } from './use-form-submit.js';

export default function SignInPage() {
  const { t } = useTranslation('account');
  const [form] = Form.useForm<SignInBody>();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const notice = useNotice();
  const next = useNext();
  const { busy, error, submit } = useFormSubmit<SignInBody>(form, async (values) => {
    await api.post('/auth/sign-in', done, values);
    await queryClient.invalidateQueries();
    void navigate(next ?? '/', { replace: true });
  });
  const unverified = error instanceof ApiError && error.problem.code === 'auth.email-not-verified';
  const resend = async () => {
    try {
      await api.post('/auth/resend-verification', done, {
        email: form.getFieldValue('email'),
        next: next ?? undefined,
      });
      notice.done(t('signIn.resent'));
    } catch (failure) {
      notice.failed(failure);
    }
  };
  return (
    <AuthCard
      title={t('signIn.title')}
      hint={t('signIn.hint')}
      error={error}
      footer={
        <>
          {t('signIn.noAccount')} <Link to={withNext('/sign-up', next)}>{t('signUp.title')}</Link>
        </>
      }
    >
      {unverified && (
        <Button block style={{ marginBottom: 16 }} onClick={() => void resend()} data-testid="resend">
          {t('signIn.resend')}
        </Button>
      )}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
        <EmailField />
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('fieldMissing') }]}
        >
          <Input.Password autoComplete="current-password" maxLength={200} data-testid="password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy} data-testid="submit">
          {t('signIn.submit')}
        </Button>
        <div style={{ marginTop: 12, textAlign: 'right' }}>
          <Link to="/forgot-password">{t('signIn.forgot')}</Link>
        </div>
      </Form>
    </AuthCard>
  );
}
