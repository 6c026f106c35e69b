import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Grid, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { personRow, type PersonRow } from '#libs/contracts/identity/people.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

/** Name, address and state; on narrow screens everything that has no column there. */
export function PersonSummary({ person }: { person: PersonRow }) {
  const { t } = useTranslation('admin');
  const wide = Grid.useBreakpoint().md ?? true;
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      <Flex gap={6} wrap align="center">
        <strong>{person.name}</strong>
        {person.disabled && <Tag color="red">{t('people.disabled')}</Tag>}
        {!person.emailVerified && <Tag color="gold">{t('people.unverified')}</Tag>}
      </Flex>
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {person.email}
        {person.phone !== null && ` · ${person.phone}`}
      </Typography.Text>
      {!wide && (
        <>
          <PersonOrganisations person={person} />
          <RoleTags person={person} />
        </>
      )}
    </div>
  );
}

export function PersonOrganisations({ person }: { person: PersonRow }) {
  const { t } = useTranslation('organisations');
  return (
    <Flex vertical gap={2}>
      {person.organisations.map((organisation) => (
        <span key={organisation.id}>
          <Link to={`/organisations/${organisation.id}`}>{organisation.name}</Link>
          {organisation.role === 'owner' && (
            <Typography.Text type="secondary"> · {t('role.owner')}</Typography.Text>
          )}
        </span>
      ))}
    </Flex>
  );
}

export function RoleTags({ person }: { person: PersonRow }) {
  const { t } = useTranslation('account');
  return (
    <Flex wrap gap={4}>
      {person.roles.map((role) => (
        <Tag key={role} color="blue">
          {t(`role.${role}`)}
        </Tag>
      ))}
    </Flex>
  );
}

export function PersonActions({ person, onRoles }: { person: PersonRow; onRoles: () => void }) {
  const { t } = useTranslation('admin');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const run = async (action: 'disable' | 'enable') => {
    try {
      await api.post(`/admin/people/${person.id}/${action}`, personRow);
      notice.done(t(action === 'disable' ? 'people.disabledDone' : 'people.enabledDone'));
    } catch (error) {
      notice.failed(error);
    }
    await queryClient.invalidateQueries({ queryKey: ['people'] });
  };
  const disable = () =>
    notice.ask({
      title: t('people.disableAsk', { name: person.name }),
      text: t('people.disableText'),
      danger: true,
      action: () => run('disable'),
    });
  return (
    <Flex vertical gap={4} align="start">
      <Button size="small" onClick={onRoles} data-testid="roles">
        {t('people.roles')}
      </Button>
      {person.disabled ? (
        <Button size="small" onClick={() => void run('enable')} data-testid="enable">
          {t('people.enable')}
        </Button>
      ) : (
        <Button size="small" danger onClick={disable} data-testid="disable">
          {t('people.disable')}
        </Button>
      )}
    </Flex>
  );
}
