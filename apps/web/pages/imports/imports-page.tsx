import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { importBatchPage, type ImportBatchView } from '#libs/contracts/imports/imports.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { UploadDialog } from './upload-dialog.js';

export const STATUS_COLOR = {
  previewed: 'warning',
  queued: 'default',
  running: 'processing',
  done: 'success',
  discarded: 'default',
  failed: 'error',
} as const;

/** Import batches, newest first, and the exports. */
export default function ImportsPage() {
  const { t } = useTranslation('imports');
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState(false);
  const query = useQuery({
    queryKey: ['imports', page],
    queryFn: () => api.get(`/organizer/imports${queryString({ page })}`, importBatchPage),
    refetchInterval: ({ state }) =>
      state.data?.rows.some((batch) => batch.status === 'queued' || batch.status === 'running') === true
        ? 1000
        : false,
  });
  return (
    <>
      <PageHead
        title={t('title')}
        hint={t('hint')}
        actions={
          <Button
            type="primary"
            icon={<UploadOutlined />}
            onClick={() => setOpen(true)}
            data-testid="new-import"
          >
            {t('new')}
          </Button>
        }
      />
      <Loaded query={query}>
        {(data) => (
          <PagedList data={data} empty={<EmptyState text={t('empty')} />} onPage={setPage}>
            {(batch) => <BatchCard key={batch.id} batch={batch} />}
          </PagedList>
        )}
      </Loaded>
      <Card size="small" title={t('exportTitle')} style={{ marginTop: 16 }}>
        <p style={{ marginTop: 0 }}>{t('exportHint')}</p>
        <Space wrap>
          {(['need', 'capability'] as const).flatMap((kind) =>
            (['xlsx', 'csv', 'jsonl'] as const).map((format) => (
              <Button
                key={`${kind}-${format}`}
                icon={<DownloadOutlined />}
                href={`/api/organizer/exports${queryString({ kind, format })}`}
              >
                {t(kind === 'need' ? 'exportNeeds' : 'exportCapabilities')} ({format.toUpperCase()})
              </Button>
            )),
          )}
        </Space>
      </Card>
      <UploadDialog open={open} close={() => setOpen(false)} />
    </>
  );
}

function BatchCard({ batch }: { batch: ImportBatchView }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return (
    <Card size="small" data-testid="import-batch">
      <Link to={`/organizer/imports/${batch.id}`} style={{ overflowWrap: 'anywhere' }}>
        <Tag color={STATUS_COLOR[batch.status]}>{t(`status.${batch.status}`)}</Tag>
        {batch.fileName}
      </Link>
      <div>
        {t(batch.recordKind === null ? `kind.${batch.kind}` : `needs:${batch.recordKind}.noun`)} ·{' '}
        {batch.source} · {t(batch.status === 'done' ? 'result' : 'rowsOf', { ...batch })}
      </div>
      <Typography.Text type="secondary">
        {batch.createdBy} · {format.instant(batch.createdAt)}
      </Typography.Text>
    </Card>
  );
}
