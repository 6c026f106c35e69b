import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Checkbox, Flex, Input, Segmented, TimePicker, Typography } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { preferencesView, type PreferencesView } from '#libs/contracts/notifications/preferences.js';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { PreferenceTable } from './preference-table.js';

const KEY = ['notification-preferences'] as const;

/** /account/notifications: what one hears, where and when. */
export default function PreferencesPage() {
  const { t } = useTranslation('messages');
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => api.get('/me/notification-preferences', preferencesView),
  });
  const back = (
    <Link to="/account">
      <Button>{t('preferences.account')}</Button>
    </Link>
  );
  return (
    <>
      <PageHead title={t('preferences.title')} hint={t('preferences.hint')} actions={back} />
      <Loaded query={query}>{(given) => <Editor given={given} />}</Loaded>
    </>
  );
}

function Editor({ given }: { given: PreferencesView }) {
  const { t } = useTranslation('messages');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(given);
  const put = (part: Partial<PreferencesView>) => setDraft((now) => ({ ...now, ...part }));
  const save = useMutation({
    mutationFn: () => {
      const { table: _, channels: _c, phone: _p, ...body } = draft;
      return api.put('/me/notification-preferences', preferencesView, {
        ...body,
        wecomUserId: body.wecomUserId || null,
      });
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(KEY, saved);
      setDraft(saved);
      notice.done(t('preferences.saved'));
    },
    onError: notice.failed,
  });
  return (
    <Flex vertical gap={16}>
      <Card title={t('preferences.table')}>
        <PreferenceTable draft={draft} change={(choices) => put({ choices })} />
        <Typography.Text type="secondary">{t('preferences.fixed')}</Typography.Text>
      </Card>
      <Card title={t('preferences.quiet')}>
        <Flex vertical gap={12}>
          <Checkbox
            checked={draft.quietHours}
            onChange={(event) => put({ quietHours: event.target.checked })}
          >
            {t('preferences.quietOn')}
          </Checkbox>
          <Flex gap={16} wrap>
            <Labelled text={t('preferences.from')}>
              <Minute
                value={draft.quietFrom}
                change={(quietFrom) => put({ quietFrom })}
                disabled={!draft.quietHours}
              />
            </Labelled>
            <Labelled text={t('preferences.until')}>
              <Minute
                value={draft.quietUntil}
                change={(quietUntil) => put({ quietUntil })}
                disabled={!draft.quietHours}
              />
            </Labelled>
            <Labelled text={t('preferences.digest')}>
              <Minute value={draft.digestAt} change={(digestAt) => put({ digestAt })} />
            </Labelled>
          </Flex>
          <Typography.Text type="secondary">
            {t('preferences.quietBypass')} {t('preferences.zone')}
          </Typography.Text>
        </Flex>
      </Card>
      <Addresses draft={draft} put={put} />
      <div>
        <Button
          type="primary"
          loading={save.isPending}
          onClick={() => save.mutate()}
          data-testid="save-preferences"
        >
          {t('preferences.save')}
        </Button>
      </div>
    </Flex>
  );
}

function Addresses({
  draft,
  put,
}: {
  draft: PreferencesView;
  put: (part: Partial<PreferencesView>) => void;
}) {
  const { t } = useTranslation('messages');
  return (
    <Card title={t('preferences.language')}>
      <Flex vertical gap={12}>
        <Segmented<'zh-CN' | 'en'>
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          value={draft.locale}
          onChange={(locale) => put({ locale })}
          style={{ alignSelf: 'flex-start' }}
        />
        {draft.channels.sms && (
          <Typography.Text type="secondary">
            {draft.phone ? t('preferences.phone', { phone: draft.phone }) : t('preferences.noPhone')}
          </Typography.Text>
        )}
        {draft.channels.wecomApp && (
          <Labelled text={t('preferences.wecom')}>
            <Input
              value={draft.wecomUserId ?? ''}
              maxLength={64}
              onChange={(event) => put({ wecomUserId: event.target.value })}
              style={{ maxWidth: 280 }}
            />
            <Typography.Text type="secondary">{t('preferences.wecomHint')}</Typography.Text>
          </Labelled>
        )}
      </Flex>
    </Card>
  );
}

function Labelled({ text, children }: { text: string; children: ReactNode }) {
  return (
    <label style={{ display: 'grid', gap: 4 }}>
      <span>{text}</span>
      {children}
    </label>
  );
}

function Minute({
  value,
  change,
  disabled = false,
}: {
  value: number;
  change: (minute: number) => void;
  disabled?: boolean;
}) {
  return (
    <TimePicker
      format="HH:mm"
      minuteStep={15}
      allowClear={false}
      disabled={disabled}
      value={dayjs().startOf('day').add(value, 'minute')}
      onChange={(time) => time !== null && change(time.hour() * 60 + time.minute())}
    />
  );
}
