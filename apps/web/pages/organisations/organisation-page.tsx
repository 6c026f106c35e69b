import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Col, Descriptions, Flex, Row, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { organisationView, type OrganisationView } from '#libs/contracts/organisations/organisation.js';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { isOrganizer, useSession } from '../../shell/session.js';
import { Loaded } from '../../shell/states.js';
import { BlocksCard } from '../match-rules/blocks-card.js';
import { OrganisationSettingsCard } from '../match-rules/organisation-settings-card.js';
import { ContactCard } from './contact-card.js';
import { MembersCard } from './members-card.js';
import { StatusTag } from './status-tag.js';
import { VerifyCard } from './verify-card.js';

export default function OrganisationPage() {
  const { id = '' } = useParams();
  const { person } = useSession();
  const query = useQuery({
    queryKey: ['organisation', id, person?.id ?? null],
    queryFn: () => api.get(`/organisations/${encodeURIComponent(id)}`, organisationView),
  });
  return <Loaded query={query}>{(organisation) => <Organisation organisation={organisation} />}</Loaded>;
}

function Organisation({ organisation }: { organisation: OrganisationView }) {
  const { t } = useTranslation('organisations');
  const { person } = useSession();
  const { may } = organisation;
  return (
    <>
      <PageHead
        title={organisation.name}
        hint={organisation.nameEn ?? organisation.shortName ?? undefined}
        actions={
          may.edit && (
            <>
              <Link to={`/organisations/${organisation.id}/places`}>
                <Button data-testid="places">{t('messages:places.title')}</Button>
              </Link>
              <Link to={`/organisations/${organisation.id}/edit`}>
                <Button data-testid="edit">{t('detail.edit')}</Button>
              </Link>
            </>
          )
        }
      />
      <StatusAlert organisation={organisation} />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={may.seeMembers ? 14 : 16}>
          <Flex vertical gap={16}>
            <About organisation={organisation} />
            {may.verify && <VerifyCard key={organisation.status} organisation={organisation} />}
            {may.seeMembers && (
              <OrganisationSettingsCard key={organisation.id} organisationId={organisation.id} />
            )}
            {(organisation.myRole !== null || isOrganizer(person)) && (
              <BlocksCard organisationId={organisation.id} />
            )}
          </Flex>
        </Col>
        <Col xs={24} lg={may.seeMembers ? 10 : 8}>
          <Flex vertical gap={16}>
            <ContactCard organisation={organisation} />
            {may.seeMembers && <MembersCard organisation={organisation} />}
          </Flex>
        </Col>
      </Row>
    </>
  );
}

function StatusAlert({ organisation }: { organisation: OrganisationView }) {
  const { t } = useTranslation('organisations');
  if (organisation.myRole === null || organisation.status === 'verified') return null;
  return (
    <Alert
      type={organisation.status === 'pending' ? 'info' : 'warning'}
      showIcon
      style={{ marginBottom: 16 }}
      title={t(`detail.${organisation.status}Own`)}
      description={organisation.statusNote}
    />
  );
}

function About({ organisation }: { organisation: OrganisationView }) {
  const { t } = useTranslation('organisations');
  const codes = useCodes();
  const format = useFormat();
  const text = (key: string, value: string | null) =>
    value === null || value === '' ? [] : [{ key, label: t(`field.${key}`), children: value }];
  const items = [
    ...text('kind', codes.label('organisation-kind', organisation.kind)),
    ...text('uscc', organisation.uscc),
    ...text('region', codes.label('region', organisation.regionCode)),
    ...text('industry', codes.label('industry', organisation.industry)),
    ...text('legalRep', organisation.legalRep),
    ...text('address', organisation.address),
  ];
  return (
    <Card
      title={t('detail.about')}
      extra={
        <>
          <StatusTag status={organisation.status} />{' '}
          {organisation.verifiedAt !== null && (
            <Typography.Text type="secondary" style={{ fontSize: 13 }}>
              {t('detail.verifiedAt', { time: format.day(organisation.verifiedAt) })}
            </Typography.Text>
          )}
        </>
      }
    >
      <Descriptions size="small" column={{ xs: 1, md: 2 }} items={items} />
      {organisation.enterpriseStatus.length > 0 && (
        <Flex wrap gap={4} style={{ marginTop: 8 }}>
          {organisation.enterpriseStatus.map((status) => (
            <Tag key={status} color="blue">
              {codes.label('enterprise-status', status)}
            </Tag>
          ))}
        </Flex>
      )}
      <Typography.Paragraph className="prose" style={{ margin: '12px 0 0' }}>
        {organisation.intro ?? <Typography.Text type="secondary">{t('detail.noIntro')}</Typography.Text>}
      </Typography.Paragraph>
      {organisation.website !== null && (
        <a href={organisation.website} target="_blank" rel="noreferrer noopener">
          {organisation.website}
        </a>
      )}
    </Card>
  );
}
