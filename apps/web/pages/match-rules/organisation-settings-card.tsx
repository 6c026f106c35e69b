import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, InputNumber, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  organisationMatchSettings,
  type OrganisationMatchSettings,
} from '#libs/contracts/match-rules/match-settings.js';
import { api } from '../../shell/api.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { OrganisationSelect } from './organisation-select.js';

/** How an organisation takes part in matching: limit of talks, group. For its members and staff. */
export function OrganisationSettingsCard({ organisationId }: { organisationId: string }) {
  const { t } = useTranslation('match-rules');
  const query = useQuery({
    queryKey: ['match-settings', 'organisation', organisationId],
    queryFn: () => api.get(`/organisations/${organisationId}/match-settings`, organisationMatchSettings),
  });
  return (
    <Card title={t('settings.title')} data-testid="match-settings">
      <Loaded query={query}>
        {(settings) =>
          settings.may.edit ? (
            <Editor organisationId={organisationId} settings={settings} />
          ) : (
            <Readings settings={settings} />
          )
        }
      </Loaded>
    </Card>
  );
}

function Readings({ settings }: { settings: OrganisationMatchSettings }) {
  const { t } = useTranslation('match-rules');
  return (
    <Flex vertical gap={8}>
      <div>
        {t('settings.limit')}
        {t('shell:colon')}
        {settings.maxOpenMatches ?? t('settings.unlimited')}{' '}
        <Typography.Text type="secondary">
          {t('settings.limitOpen', { count: settings.openMatches })}
        </Typography.Text>
      </div>
      <div>
        {t('settings.parent')}
        {t('shell:colon')}
        {settings.parent?.name ?? t('settings.parentNone')}
      </div>
      <Group settings={settings} />
    </Flex>
  );
}

function Group({ settings }: { settings: OrganisationMatchSettings }) {
  const { t } = useTranslation('match-rules');
  if (settings.group.length === 0) return null;
  return (
    <Flex gap={8} wrap>
      <Typography.Text type="secondary">{t('settings.group')}</Typography.Text>
      {settings.group.map(({ id, name }) => (
        <Link key={id} to={`/organisations/${id}`}>
          {name}
        </Link>
      ))}
    </Flex>
  );
}

function Editor({
  organisationId,
  settings,
}: {
  organisationId: string;
  settings: OrganisationMatchSettings;
}) {
  const { t } = useTranslation('match-rules');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [limit, setLimit] = useState(settings.maxOpenMatches);
  const [parent, setParent] = useState(
    settings.parent === null ? null : { value: settings.parent.id, label: settings.parent.name },
  );
  const save = useMutation({
    mutationFn: () =>
      api.put(`/organisations/${organisationId}/match-settings`, organisationMatchSettings, {
        maxOpenMatches: limit,
        ...(settings.may.setParent ? { parentId: parent?.value ?? null } : {}),
      }),
    onSuccess: (saved) => {
      queryClient.setQueryData(['match-settings', 'organisation', organisationId], saved);
      notice.done(t('settings.saved'));
    },
    onError: notice.failed,
  });
  const changed =
    limit !== settings.maxOpenMatches || (parent?.value ?? null) !== (settings.parent?.id ?? null);
  return (
    <Flex vertical gap={12}>
      <div>
        <Flex gap={8} align="center" wrap>
          <span>{t('settings.limit')}</span>
          <InputNumber<number>
            min={1}
            max={1000}
            precision={0}
            value={limit}
            placeholder={t('settings.unlimited')}
            aria-label={t('settings.limit')}
            onChange={setLimit}
          />
          <Typography.Text type="secondary">
            {t('settings.limitOpen', { count: settings.openMatches })}
          </Typography.Text>
        </Flex>
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {t('settings.limitHint')}
        </Typography.Text>
      </div>
      <div>
        <div>
          {t('settings.parent')}
          {!settings.may.setParent &&
            `${t('shell:colon')}${settings.parent?.name ?? t('settings.parentNone')}`}
        </div>
        {settings.may.setParent && (
          <OrganisationSelect
            without={organisationId}
            value={parent}
            onChange={setParent}
            label={t('settings.parent')}
          />
        )}
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {t('settings.parentHint')}
        </Typography.Text>
      </div>
      <Group settings={settings} />
      <Button
        style={{ alignSelf: 'start' }}
        disabled={!changed}
        loading={save.isPending}
        onClick={() => save.mutate()}
        data-testid="match-settings-save"
      >
        {t('shell:save')}
      </Button>
    </Flex>
  );
}
