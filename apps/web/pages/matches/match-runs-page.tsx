import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Progress, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matchRunPage, matchRunView, type MatchRunView } from '#libs/contracts/matching/matches.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { isOrganizer, useSession } from '../../shell/session.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';

const isLive = (run: MatchRunView) => run.status === 'queued' || run.status === 'running';

/** Match runs with their progress, renewed every second while one is at work. */
export default function MatchRunsPage() {
  const { t } = useTranslation('matches');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const { person } = useSession();
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['match-runs', page],
    queryFn: () => api.get(`/organizer/match-runs${queryString({ page })}`, matchRunPage),
    refetchInterval: ({ state }) => (state.data?.rows.some(isLive) === true ? 1000 : false),
  });
  const start = useMutation({
    mutationFn: () => api.post('/organizer/match-runs', matchRunView, { scope: 'all' }),
    onSuccess: () => {
      notice.done(t('started'));
      return queryClient.invalidateQueries({ queryKey: ['match-runs'] });
    },
    onError: notice.failed,
  });
  const ask = () =>
    notice.ask({
      title: t('startTitle'),
      text: t('startText'),
      action: () => start.mutateAsync().catch(() => undefined),
    });
  return (
    <>
      <PageHead
        title={t('runs')}
        hint={t('runsHint')}
        actions={
          isOrganizer(person) && (
            <Button type="primary" onClick={ask} loading={start.isPending} data-testid="start-run">
              {t('startAll')}
            </Button>
          )
        }
      />
      <Card styles={{ body: { padding: '4px 16px' } }}>
        <Loaded query={query}>
          {(data) => (
            <PagedList data={data} gap={0} onPage={setPage} empty={<EmptyState text={t('noRuns')} />}>
              {(run) => <RunRow key={run.id} run={run} />}
            </PagedList>
          )}
        </Loaded>
      </Card>
    </>
  );
}

const COLOR = {
  queued: 'default',
  running: 'processing',
  done: 'success',
  failed: 'error',
  cancelled: 'default',
} as const;

function RunRow({ run }: { run: MatchRunView }) {
  const { t } = useTranslation('matches');
  const format = useFormat();
  const percent =
    run.total === 0
      ? run.status === 'done'
        ? 100
        : 0
      : Math.min(100, Math.round((run.done / run.total) * 100));
  return (
    <div style={{ padding: '10px 0', borderBottom: '1px solid #f0f0f0' }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, justifyContent: 'space-between' }}>
        <span>
          <Tag color={COLOR[run.status]}>{t(`runStatus.${run.status}`)}</Tag>
          {t(`scope.${run.scope}`, { subject: run.subject ?? '' })}
        </span>
        <Typography.Text type="secondary">
          {run.requestedBy ?? t('automatic')} · {format.instant(run.createdAt)}
        </Typography.Text>
      </div>
      {isLive(run) && <Progress percent={percent} size="small" />}
      <Typography.Text type={run.error === null ? 'secondary' : 'danger'}>
        {run.error ?? t('runDone', { done: run.done, total: run.total, found: run.matchesFound })}
      </Typography.Text>
    </div>
  );
}
