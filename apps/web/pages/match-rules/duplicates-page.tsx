import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Input, Segmented, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { duplicatePage, duplicateQuery, type DuplicateView } from '#libs/contracts/match-rules/duplicates.js';
import { done } from '#libs/contracts/primitives.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';

const KINDS = ['need', 'capability'] as const;
const STATUSES = ['open', 'same', 'different'] as const;

/** Pairs of records with nearly the same text, side by side, for the organizers to decide. */
export default function DuplicatesPage() {
  const { t } = useTranslation('match-rules');
  const [params, setParams] = useSearchParams();
  const values = duplicateQuery
    .catch({ page: 1, pageSize: 20, kind: 'need', status: 'open' })
    .parse(Object.fromEntries(params));
  const query = useQuery({
    queryKey: ['near-duplicates', values],
    queryFn: () => api.get(`/organizer/near-duplicates${queryString(values)}`, duplicatePage),
    placeholderData: keepPreviousData,
  });
  const set = (change: Record<string, string>) =>
    setParams({
      kind: values.kind,
      status: values.status,
      ...(values.q ? { q: values.q } : {}),
      ...change,
    });
  return (
    <>
      <PageHead title={t('duplicate.title')} hint={t('duplicate.hint')} />
      <div className="filters">
        <Segmented
          value={values.kind}
          options={KINDS.map((value) => ({ value, label: t(`duplicate.${value}`) }))}
          onChange={(kind) => set({ kind })}
        />
        <Segmented
          value={values.status}
          options={STATUSES.map((value) => ({ value, label: t(`duplicate.${value}`) }))}
          onChange={(status) => set({ status })}
        />
        <Input.Search
          allowClear
          defaultValue={values.q ?? ''}
          placeholder={t('duplicate.search')}
          style={{ width: 220 }}
          onSearch={(q) => set({ q })}
        />
      </div>
      <Loaded query={query}>
        {(data) => (
          <PagedList
            data={data}
            gap={12}
            empty={<EmptyState text={t('duplicate.empty')} />}
            onPage={(page) => set({ page: String(page) })}
          >
            {(pair) => <Pair key={pair.id} pair={pair} />}
          </PagedList>
        )}
      </Loaded>
    </>
  );
}

function Pair({ pair }: { pair: DuplicateView }) {
  const { t } = useTranslation('match-rules');
  const format = useFormat();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: (status: DuplicateView['status']) =>
      api.post(`/organizer/near-duplicates/${pair.id}/decision`, done, { status }),
    onSuccess: async () => {
      notice.done(t('duplicate.saved'));
      await queryClient.invalidateQueries({ queryKey: ['near-duplicates'] });
    },
    onError: notice.failed,
  });
  return (
    <Card size="small" data-testid="duplicate">
      <Flex gap={8} wrap align="center" style={{ marginBottom: 8 }}>
        <Tag color="orange">
          {t('duplicate.similarity', { percent: (Math.floor(pair.similarity * 1000) / 10).toString() })}
        </Tag>
        {pair.sameOrganisation && <Tag>{t('duplicate.sameOrganisation')}</Tag>}
        {pair.decidedAt !== null && (
          <Typography.Text type="secondary">
            {t('duplicate.decided', { name: pair.decidedBy ?? '—', day: format.day(pair.decidedAt) })}
          </Typography.Text>
        )}
      </Flex>
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 280px), 1fr))',
          gap: 16,
        }}
      >
        <Side kind={pair.kind} side={pair.lower} />
        <Side kind={pair.kind} side={pair.higher} />
      </div>
      <Flex gap={8} wrap style={{ marginTop: 12 }}>
        {pair.status === 'open' ? (
          (['same', 'different'] as const).map((status) => (
            <Button
              key={status}
              size="small"
              loading={decide.isPending}
              onClick={() => decide.mutate(status)}
              data-testid={`duplicate-${status}`}
            >
              {t(status === 'same' ? 'duplicate.decideSame' : 'duplicate.decideDifferent')}
            </Button>
          ))
        ) : (
          <Button
            size="small"
            loading={decide.isPending}
            onClick={() => decide.mutate('open')}
            data-testid="duplicate-undo"
          >
            {t('duplicate.undo')}
          </Button>
        )}
      </Flex>
    </Card>
  );
}

function Side({ kind, side }: { kind: DuplicateView['kind']; side: DuplicateView['lower'] }) {
  const { t } = useTranslation('match-rules');
  return (
    <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
      <Link to={`/${kind === 'need' ? 'needs' : 'capabilities'}/${side.id}`}>
        <strong>{side.title}</strong>
      </Link>
      <div>
        <Typography.Text type="secondary">
          {[side.number, side.organisation ?? t('duplicate.sealedOrganisation')]
            .filter((part) => part !== null)
            .join(' · ')}
        </Typography.Text>
      </div>
      <Typography.Paragraph
        style={{ whiteSpace: 'pre-line', margin: '6px 0 0' }}
        ellipsis={{ rows: 8, expandable: 'collapsible' }}
      >
        {side.text}
      </Typography.Paragraph>
    </div>
  );
}
