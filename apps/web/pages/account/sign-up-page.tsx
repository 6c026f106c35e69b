import { Button, Form, Result } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { EmailField, NameField, NewPasswordFields } from './account-fields.js';
import { AuthCard } from './auth-card.js';
import { useNext, withNext } from './next-path.js';
import { useFormSubmit } from './use-form-submit.js';

interface Values {
  email: string;
  name: string;
  password: string;
}

export default function SignUpPage() {
  const { t, i18n } = useTranslation('account');
  const [form] = Form.useForm<Values>();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const next = useNext();
  const { busy, error, submit } = useFormSubmit<Values>(
    form,
    async ({ email, name, password }) => {
      const locale = i18n.language === 'en' ? 'en' : 'zh-CN';
      await api.post('/auth/sign-up', done, { email, name, password, locale, next: next ?? undefined });
      setSentTo(email.trim());
    },
    { 'auth.password-short': 'password', 'auth.password-guessable': 'password' },
  );
  if (sentTo !== null) return <MailSent email={sentTo} next={next} />;
  return (
    <AuthCard
      title={t('signUp.title')}
      hint={t('signUp.hint')}
      error={error}
      footer={
        <>
          {t('signUp.haveAccount')} <Link to={withNext('/sign-in', next)}>{t('signIn.title')}</Link>
        </>
      }
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
        <EmailField />
        <NameField />
        <NewPasswordFields label={t('password')} />
        <Button type="primary" htmlType="submit" block loading={busy} data-testid="submit">
          {t('signUp.submit')}
        </Button>
      </Form>
    </AuthCard>
  );
}

function MailSent({ email, next }: { email: string; next: string | null }) {
  const { t } = useTranslation('account');
  const notice = useNotice();
  const again = () =>
    api
      .post('/auth/resend-verification', done, { email, next: next ?? undefined })
      .then(() => notice.done(t('signIn.resent')), notice.failed);
  return (
    <Result
      status="success"
      title={t('signUp.sentTitle')}
      subTitle={t('signUp.sentText', { email })}
      extra={
        <Button onClick={() => void again()} data-testid="resend">
          {t('signUp.again')}
        </Button>
      }
    />
  );
}
