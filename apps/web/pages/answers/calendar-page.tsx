import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Checkbox, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { personalFeed, type PersonalFeed } from '#libs/contracts/notifications/feeds.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';

/** /my/calendar: calendars to subscribe to. */
export default function CalendarPage() {
  const { t } = useTranslation('answers');
  const [byDay, setByDay] = useState(false);
  const query = useQuery({
    queryKey: ['calendar-feed'],
    queryFn: () => api.get('/me/calendar-feed', personalFeed),
  });
  const suffix = byDay ? '?days=true' : '';
  const publicUrl = `${location.origin}/api/calendar/public.ics`;
  return (
    <div style={{ maxWidth: 760 }}>
      <PageHead title={t('calendar.title')} hint={t('calendar.hint')} />
      <div style={{ display: 'grid', gap: 16 }}>
        <Checkbox checked={byDay} onChange={(change) => setByDay(change.target.checked)}>
          {t('calendar.byDay')}
        </Checkbox>
        <Loaded query={query}>
          {({ feed }) => <Personal feed={feed} suffix={suffix} reload={() => void query.refetch()} />}
        </Loaded>
        <Card title={t('calendar.public')}>
          <p>{t('calendar.publicText')}</p>
          <Address url={publicUrl + suffix} />
        </Card>
        <Alert type="info" showIcon title={t('calendar.delay')} />
      </div>
    </div>
  );
}

interface PersonalProps {
  readonly feed: PersonalFeed['feed'];
  readonly suffix: string;
  readonly reload: () => void;
}

function Personal({ feed, suffix, reload }: PersonalProps) {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const notice = useNotice();
  const change = useMutation({
    mutationFn: (kind: 'renew' | 'revoke') =>
      kind === 'renew'
        ? api.post('/me/calendar-feed', personalFeed)
        : api.delete('/me/calendar-feed', personalFeed),
    onSuccess: (_feed, kind) => notice.done(t(kind === 'renew' ? 'calendar.made' : 'calendar.revoked')),
    onError: (error) => notice.failed(error),
    onSettled: reload,
  });
  const ask = (kind: 'renew' | 'revoke') =>
    notice.ask({
      title: t(`calendar.${kind}Title`),
      text: t(`calendar.${kind}Text`),
      danger: true,
      action: () => change.mutateAsync(kind),
    });
  return (
    <Card title={t('calendar.mine')}>
      <p>{t('calendar.mineText')}</p>
      {feed === null ? (
        <Button
          type="primary"
          loading={change.isPending}
          onClick={() => change.mutate('renew')}
          data-testid="make-feed"
        >
          {t('calendar.make')}
        </Button>
      ) : (
        <>
          <Address url={feed.url + suffix} />
          <p>
            <small>
              {feed.lastReadAt === null
                ? t('calendar.neverRead')
                : t('calendar.lastRead', { at: format.instant(feed.lastReadAt) })}
            </small>
          </p>
          <Space wrap>
            <Button onClick={() => ask('renew')}>{t('calendar.renew')}</Button>
            <Button danger onClick={() => ask('revoke')} data-testid="revoke-feed">
              {t('calendar.revoke')}
            </Button>
          </Space>
        </>
      )}
    </Card>
  );
}

function Address({ url }: { readonly url: string }) {
  const { t } = useTranslation('answers');
  const notice = useNotice();
  const copy = () => {
    navigator.clipboard.writeText(url).then(
      () => notice.done(t('calendar.copied')),
      (error: unknown) => notice.failed(error),
    );
  };
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
      <Input
        readOnly
        value={url}
        style={{ flex: '1 1 280px' }}
        onFocus={(event) => event.target.select()}
        data-testid="feed-url"
      />
      <Button onClick={copy}>{t('calendar.copy')}</Button>
      <Button href={url.replace(/^https?:/, 'webcal:')}>{t('calendar.subscribe')}</Button>
    </div>
  );
}
