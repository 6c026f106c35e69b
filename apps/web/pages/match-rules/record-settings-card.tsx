import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Card, DatePicker, Flex, InputNumber, Switch, Typography } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import {
  recordMatchSettings,
  type CapabilityMatchSettingsBody,
  type RecordMatchSettings,
} from '#libs/contracts/match-rules/match-settings.js';
import { api } from '../../shell/api.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';

/** How a need or capability takes part in matching; for its organisation and staff. Saves at once. */
export function RecordSettingsCard({ kind, id }: { kind: 'need' | 'capability'; id: string }) {
  const { t } = useTranslation('match-rules');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const path = `/${kind === 'need' ? 'needs' : 'capabilities'}/${id}/match-settings`;
  const key = ['match-settings', kind, id];
  const query = useQuery({ queryKey: key, queryFn: () => api.get(path, recordMatchSettings) });
  const save = useMutation({
    mutationFn: (change: CapabilityMatchSettingsBody) => api.put(path, recordMatchSettings, change),
    onSuccess: async (saved) => {
      queryClient.setQueryData(key, saved);
      notice.done(t('settings.saved'));
      // A new last day is a new version of the record.
      await queryClient.invalidateQueries({ queryKey: [kind, id] });
    },
    onError: notice.failed,
  });
  return (
    <Card size="small" title={t('settings.title')} data-testid="match-settings">
      <Loaded query={query}>
        {(settings) => (
          <Flex vertical gap={12}>
            <div>
              <Flex gap={8} align="center">
                <Switch
                  checked={settings.paused}
                  disabled={!settings.mayEdit}
                  loading={save.isPending}
                  aria-label={t('settings.paused')}
                  onChange={(paused) => save.mutate({ paused })}
                  data-testid="match-paused"
                />
                <span>{t('settings.paused')}</span>
              </Flex>
              <Typography.Text type="secondary" style={{ fontSize: 13 }}>
                {t('settings.pausedHint')}
              </Typography.Text>
            </div>
            {kind === 'capability' && <Limits settings={settings} save={(change) => save.mutate(change)} />}
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}

function Limits({
  settings,
  save,
}: {
  settings: RecordMatchSettings;
  save: (change: CapabilityMatchSettingsBody) => void;
}) {
  const { t } = useTranslation('match-rules');
  const keep = (text: string) => {
    const limit = text.trim() === '' ? null : Number(text);
    if (limit !== settings.maxOpenMatches && (limit === null || limit >= 1)) save({ maxOpenMatches: limit });
  };
  return (
    <>
      <div>
        <Flex gap={8} align="center" wrap>
          <span>{t('settings.limit')}</span>
          <InputNumber
            min={1}
            max={1000}
            precision={0}
            key={settings.maxOpenMatches}
            defaultValue={settings.maxOpenMatches ?? undefined}
            disabled={!settings.mayEdit}
            placeholder={t('settings.unlimited')}
            aria-label={t('settings.limit')}
            onBlur={(event) => keep(event.target.value)}
            onPressEnter={(event) => keep(event.currentTarget.value)}
          />
          <Typography.Text type="secondary">
            {t('settings.limitOpen', { count: settings.openMatches })}
          </Typography.Text>
        </Flex>
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {t('settings.limitHint')}
        </Typography.Text>
      </div>
      <Flex gap={8} align="center" wrap>
        <span>{t('settings.until')}</span>
        <DatePicker
          value={settings.expiresAt === null ? null : dayjs(settings.expiresAt)}
          disabled={!settings.mayEdit}
          placeholder={t('settings.untilNone')}
          aria-label={t('settings.until')}
          onChange={(day) => save({ expiresAt: day === null ? null : day.format('YYYY-MM-DD') })}
        />
      </Flex>
    </>
  );
}
