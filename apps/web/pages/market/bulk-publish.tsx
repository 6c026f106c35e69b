import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Checkbox, Flex, Pagination, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { bulkPublished, type BulkPublishBody, type ReviewPage } from '#libs/contracts/market/review.js';
import { api } from '../../shell/api.js';
import { EmptyState } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { CAPABILITY, NEED } from './market-kind.js';

const KINDS = { need: NEED, capability: CAPABILITY };
type Kind = keyof typeof KINDS;

/** Drafts that imports left: what each lacks, and publishing of the chosen ones or of a whole import. */
export function BulkPublish({ data, onPage }: { data: ReviewPage; onPage: (page: number) => void }) {
  const { t } = useTranslation('needs');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const publish = useMutation({
    mutationFn: ({ kind, body }: { kind: Kind; body: BulkPublishBody }) =>
      api.post(`${KINDS[kind].path}/bulk-publish`, bulkPublished, body),
    onSuccess: async ({ published, skipped }) => {
      notice.done(t('bulk.done', { published, skipped }));
      setChosen(new Set());
      await queryClient.invalidateQueries();
    },
    onError: notice.failed,
  });
  const ask = (count: number, run: () => Promise<unknown>) =>
    notice.ask({
      title: t('bulk.question', { count }),
      text: t('bulk.text'),
      action: () => run().catch(() => undefined),
    });
  const publishChosen = async () => {
    for (const kind of ['need', 'capability'] as const) {
      const ids = data.rows.filter((row) => row.kind === kind && chosen.has(row.id)).map((row) => row.id);
      if (ids.length > 0) await publish.mutateAsync({ kind, body: { which: { ids }, incompleteToo: true } });
    }
  };
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  if (data.rows.length === 0) return <EmptyState text={t('bulk.empty')} />;
  return (
    <Flex vertical gap={12}>
      {data.sources.map(({ kind, source, drafts, complete }) => (
        <Card key={kind + source} size="small">
          <Flex gap={10} wrap align="center" justify="space-between">
            <span>
              <Tag>{t(`${kind}.noun`)}</Tag> {source} · {t('bulk.source', { drafts, complete })}
            </span>
            <Button
              disabled={complete === 0}
              loading={publish.isPending}
              data-testid="bulk-source"
              onClick={() =>
                ask(complete, () =>
                  publish.mutateAsync({
                    kind,
                    body: { which: { importSource: source }, incompleteToo: false },
                  }),
                )
              }
            >
              {t('bulk.publishComplete', { count: complete })}
            </Button>
          </Flex>
        </Card>
      ))}
      <Flex gap={10} align="center">
        <Checkbox
          checked={chosen.size === data.rows.length}
          indeterminate={chosen.size > 0 && chosen.size < data.rows.length}
          onChange={(event) => setChosen(new Set(event.target.checked ? data.rows.map((row) => row.id) : []))}
        >
          {t('bulk.all')}
        </Checkbox>
        <Button
          type="primary"
          disabled={chosen.size === 0}
          loading={publish.isPending}
          onClick={() => ask(chosen.size, publishChosen)}
          data-testid="bulk-chosen"
        >
          {t('bulk.publishChosen', { count: chosen.size })}
        </Button>
      </Flex>
      {data.rows.map((row) => (
        <Card key={row.id} size="small">
          <Flex gap={10} align="flex-start">
            <Checkbox
              aria-label={row.title}
              checked={chosen.has(row.id)}
              onChange={(event) => toggle(row.id, event.target.checked)}
            />
            <div style={{ minWidth: 0 }}>
              <Tag>{t(`${row.kind}.noun`)}</Tag>
              <Link to={`${KINDS[row.kind].path}/${row.id}/edit`} style={{ overflowWrap: 'anywhere' }}>
                {row.title === '' ? t('untitled') : row.title}
              </Link>{' '}
              <span style={{ color: '#6b7685' }}>{row.externalNo}</span>
              <Flex gap={4} wrap style={{ marginTop: 4 }}>
                {row.missing.map((field) => (
                  <Tag key={field} color="warning">
                    {t('bulk.lacks', { field: t(`field.${field}`) })}
                  </Tag>
                ))}
              </Flex>
            </div>
          </Flex>
        </Card>
      ))}
      <Pagination
        align="end"
        hideOnSinglePage
        current={data.page}
        pageSize={data.pageSize}
        total={data.total}
        showSizeChanger={false}
        onChange={onPage}
      />
    </Flex>
  );
}
