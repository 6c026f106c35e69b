import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { AuthCard } from './auth-card.js';
import { useNext, withNext } from './next-path.js';

/** A button and no automatism: programs that look into mails open links, too, and would use this one up. */
export default function VerifyEmailPage() {
  const { t } = useTranslation('account');
  const token = useSearchParams()[0].get('token');
  const next = useNext();
  const verify = useMutation({ mutationFn: () => api.post('/auth/verify-email', done, { token }) });
  const signIn = (
    <Link to={withNext('/sign-in', next)}>
      <Button type="primary" data-testid="to-sign-in">
        {t('toSignIn')}
      </Button>
    </Link>
  );
  if (verify.isSuccess) {
    return (
      <Result status="success" title={t('verify.doneTitle')} subTitle={t('verify.doneText')} extra={signIn} />
    );
  }
  return (
    <AuthCard title={t('verify.title')} hint={t('verify.text')} error={verify.error}>
      {token === null ? (
        <Alert type="warning" showIcon title={t('linkMissing')} />
      ) : (
        <Button
          type="primary"
          block
          loading={verify.isPending}
          onClick={() => verify.mutate()}
          data-testid="submit"
        >
          {t('verify.submit')}
        </Button>
      )}
      {verify.isError && <div style={{ marginTop: 16, textAlign: 'center' }}>{signIn}</div>}
    </AuthCard>
  );
}
