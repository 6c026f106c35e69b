import { Button, Card, Col, Flex, Row, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Me } from '#libs/contracts/identity/me.js';
import { ApiError } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { useSession } from '../../shell/session.js';
import { EmptyState, LoadError, PageSpinner } from '../../shell/states.js';
import { PasswordCard } from './password-card.js';
import { ProfileCard } from './profile-card.js';
import { SessionsCard } from './sessions-card.js';

const SIGN_IN = new ApiError({
  type: 'about:blank',
  title: '',
  status: 401,
  detail: '',
  code: 'auth.sign-in',
});

export default function AccountPage() {
  const { t } = useTranslation('account');
  const { person, ready } = useSession();
  if (!ready) return <PageSpinner />;
  if (person === null) return <LoadError error={SIGN_IN} />;
  return (
    <>
      <PageHead
        title={t('page.title')}
        hint={person.email}
        actions={
          <Link to="/account/notifications">
            <Button>{t('messages:preferences.title')}</Button>
          </Link>
        }
      />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={12}>
          <Flex vertical gap={16}>
            <ProfileCard me={person} />
            <OrganisationsCard me={person} />
          </Flex>
        </Col>
        <Col xs={24} lg={12}>
          <Flex vertical gap={16}>
            <PasswordCard />
            <SessionsCard />
          </Flex>
        </Col>
      </Row>
    </>
  );
}

function OrganisationsCard({ me }: { me: Me }) {
  const { t } = useTranslation('account');
  return (
    <Card
      title={t('page.organisations')}
      extra={<Link to="/organisations/new">{t('page.newOrganisation')}</Link>}
    >
      {me.organisations.length === 0 && <EmptyState text={t('page.noOrganisation')} />}
      <Flex vertical gap={10}>
        {me.organisations.map((organisation) => (
          <Flex key={organisation.id} gap={8} align="center" wrap>
            <Link to={`/organisations/${organisation.id}`}>{organisation.name}</Link>
            <Tag>{t(`join.${organisation.role}`)}</Tag>
            {organisation.status !== 'verified' && (
              <Tag color={organisation.status === 'pending' ? 'gold' : 'red'}>
                {t(`organisations:status.${organisation.status}`)}
              </Tag>
            )}
          </Flex>
        ))}
      </Flex>
      {me.roles.length > 0 && (
        <Typography.Paragraph style={{ margin: '16px 0 0' }}>
          {t('page.roles')}
          {t('shell:colon')}
          {me.roles.map((role) => (
            <Tag key={role} color="blue">
              {t(`role.${role}`)}
            </Tag>
          ))}
        </Typography.Paragraph>
      )}
    </Card>
  );
}
