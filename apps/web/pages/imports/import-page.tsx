import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Progress, Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { importBatchDetail, type ImportBatchDetail } from '#libs/contracts/imports/imports.js';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { ImportRows } from './import-rows.js';
import { STATUS_COLOR } from './imports-page.js';

const isLive = (batch: ImportBatchDetail) => batch.status === 'queued' || batch.status === 'running';

/** Preview, progress and result of one import. */
export default function ImportPage() {
  const { id } = useParams();
  const query = useQuery({
    queryKey: ['import', id],
    queryFn: () => api.get(`/organizer/imports/${id}`, importBatchDetail),
    refetchInterval: ({ state }) => (state.data !== undefined && isLive(state.data) ? 700 : false),
  });
  return <Loaded query={query}>{(batch) => <Batch batch={batch} />}</Loaded>;
}

function Batch({ batch }: { batch: ImportBatchDetail }) {
  const { t } = useTranslation('imports');
  return (
    <>
      <PageHead
        title={batch.fileName}
        hint={
          <>
            <Link to="/organizer/imports">{t('title')}</Link> ·{' '}
            {t(batch.recordKind === null ? `kind.${batch.kind}` : `needs:${batch.recordKind}.noun`)} ·{' '}
            {batch.source} · <Tag color={STATUS_COLOR[batch.status]}>{t(`status.${batch.status}`)}</Tag>
          </>
        }
        actions={batch.status === 'previewed' && <Actions batch={batch} />}
      />
      <Card size="small" style={{ marginBottom: 16 }}>
        <div data-testid="import-counts">
          {t(batch.status === 'done' ? 'result' : 'rowsOf', { ...batch })}
        </div>
        {isLive(batch) && (
          <>
            <Progress percent={Math.round((batch.processed / Math.max(1, batch.good)) * 100)} />
            {t('progress', { ...batch })}
          </>
        )}
        {batch.status === 'previewed' && batch.ignoredColumns.length > 0 && (
          <Alert
            type="warning"
            showIcon
            style={{ marginTop: 8 }}
            title={t('ignoredColumns', { columns: batch.ignoredColumns.join(t('shell:comma')) })}
            data-testid="ignored-columns"
          />
        )}
        {batch.error !== null && <Alert type="error" showIcon title={batch.error} />}
      </Card>
      <ImportRows batch={batch} />
    </>
  );
}

function Actions({ batch }: { batch: ImportBatchDetail }) {
  const { t } = useTranslation('imports');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: ({ path, body }: { path: 'start' | 'discard'; body?: unknown }) =>
      api.post(`/organizer/imports/${batch.id}/${path}`, importBatchDetail, body ?? {}),
    onSuccess: (next) => queryClient.setQueryData(['import', batch.id], next),
    onError: notice.failed,
  });
  const counts = { good: batch.good };
  const publish = () =>
    notice.ask({
      title: t('publishTitle', counts),
      text: t('publishText'),
      action: () => act.mutateAsync({ path: 'start', body: { publish: true } }).catch(() => undefined),
    });
  const discard = () =>
    notice.ask({
      title: t('discardTitle'),
      text: t('discardText'),
      danger: true,
      action: () => act.mutateAsync({ path: 'discard' }).catch(() => undefined),
    });
  return (
    <Space wrap>
      <Button
        type="primary"
        disabled={batch.good === 0}
        loading={act.isPending}
        onClick={() => act.mutate({ path: 'start', body: { publish: false } })}
        data-testid="start-import"
      >
        {t('start', counts)}
      </Button>
      <Button disabled={batch.good === 0} onClick={publish} data-testid="start-import-publish">
        {t('startPublish', counts)}
      </Button>
      <Button danger onClick={discard}>
        {t('discard')}
      </Button>
    </Space>
  );
}
