import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { joined, joinPreview, type JoinPreview } from '#libs/contracts/organisations/members.js';
import { api } from '../../shell/api.js';
import { useSession } from '../../shell/session.js';
import { LoadError, PageSpinner } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { AuthCard } from './auth-card.js';
import { withNext } from './next-path.js';

export default function JoinPage() {
  const { t } = useTranslation('account');
  const token = useSearchParams()[0].get('token');
  const preview = useQuery({
    queryKey: ['join', token],
    queryFn: () => api.post('/organisations/join/preview', joinPreview, { token }),
    enabled: token !== null,
    staleTime: Infinity,
  });
  if (token === null) return <Alert type="warning" showIcon title={t('linkMissing')} />;
  if (preview.isPending) return <PageSpinner />;
  if (preview.data === undefined) return <LoadError error={preview.error} />;
  return <Invitation token={token} invitation={preview.data} />;
}

function Invitation({ token, invitation }: { token: string; invitation: JoinPreview }) {
  const { t } = useTranslation('account');
  const { person, ready } = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const notice = useNotice();
  const join = useMutation({
    mutationFn: () => api.post('/organisations/join', joined, { token }),
    onSuccess: async ({ organisationId, name }) => {
      notice.done(t('join.joined', { name }));
      await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'join' });
      void navigate(`/organisations/${organisationId}`, { replace: true });
    },
  });
  const role = t(`join.${invitation.role}`);
  const next = `/join?token=${encodeURIComponent(token)}`;
  return (
    <AuthCard title={t('join.title')} error={join.error}>
      <Typography.Paragraph>
        {invitation.inviter === null
          ? t('join.textPlain', { role })
          : t('join.text', { inviter: invitation.inviter, role })}
      </Typography.Paragraph>
      <Typography.Title level={2} style={{ fontSize: 18, margin: '0 0 8px' }}>
        {invitation.organisation}
      </Typography.Title>
      <Typography.Paragraph type="secondary">
        {t('join.sentTo', { email: invitation.email })}
      </Typography.Paragraph>
      {person !== null && (
        <>
          <Typography.Paragraph>
            {t('join.as', { name: person.name, email: person.email })}
          </Typography.Paragraph>
          <Button
            type="primary"
            block
            loading={join.isPending}
            onClick={() => join.mutate()}
            data-testid="join"
          >
            {t('join.submit')}
          </Button>
        </>
      )}
      {person === null && ready && (
        <>
          <Typography.Paragraph>{t('join.signInFirst')}</Typography.Paragraph>
          <Flex gap={8}>
            <Link to={withNext('/sign-in', next)}>
              <Button type="primary">{t('signIn.title')}</Button>
            </Link>
            <Link to={withNext('/sign-up', next)}>
              <Button>{t('signUp.title')}</Button>
            </Link>
          </Flex>
        </>
      )}
    </AuthCard>
  );
}
