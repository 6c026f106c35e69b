import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Input, Pagination, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { matchPage, matchQuery, type MatchPage } from '#libs/contracts/matching/matches.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded, NotFound } from '../../shell/states.js';
import { MatchCard } from './match-card.js';

const FILTERS = ['open', 'theirs', 'mutual', 'interested', 'declined', 'all'] as const;

/** The ranked matches of one need or capability. */
export default function MatchListPage() {
  const { t } = useTranslation('matches');
  const { kind, id } = useParams();
  const [params, setParams] = useSearchParams();
  const values = matchQuery
    .catch({ page: 1, pageSize: 20, filter: 'open' })
    .parse(Object.fromEntries(params));
  const query = useQuery({
    queryKey: ['matches', kind, id, values],
    queryFn: () =>
      api.get(
        `/${kind === 'need' ? 'needs' : 'capabilities'}/${id}/matches${queryString({ ...values, pageSize: 20 })}`,
        matchPage,
      ),
    placeholderData: keepPreviousData,
    enabled: kind === 'need' || kind === 'capability',
  });
  if (kind !== 'need' && kind !== 'capability') return <NotFound />;
  const title = query.data?.rows[0]?.[kind].title;
  const set = (change: Record<string, string>) =>
    setParams({ filter: values.filter, ...(values.q ? { q: values.q } : {}), ...change });
  return (
    <>
      <PageHead
        title={title === undefined ? t('title') : t('matchesOf', { title })}
        hint={
          <>
            <Link to="/matches">{t('title')}</Link> ·{' '}
            <Link to={`/${kind === 'need' ? 'needs' : 'capabilities'}/${id}`}>{t(`kind.${kind}`)}</Link> ·{' '}
            {t('listHint')}
          </>
        }
      />
      <div className="filters">
        <div style={{ overflowX: 'auto' }}>
          <Segmented
            value={values.filter}
            options={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))}
            onChange={(filter) => set({ filter })}
          />
        </div>
        <Input.Search
          allowClear
          defaultValue={values.q ?? ''}
          placeholder={t('searchOther')}
          style={{ width: 240 }}
          onSearch={(q) => set({ q })}
        />
      </div>
      <Loaded query={query}>
        {(data) => (
          <Cards
            data={data}
            kind={kind}
            filter={values.filter}
            turn={(page) => set({ page: String(page) })}
          />
        )}
      </Loaded>
    </>
  );
}

function Cards({
  data,
  kind,
  filter,
  turn,
}: {
  data: MatchPage;
  kind: 'need' | 'capability';
  filter: string;
  turn: (page: number) => void;
}) {
  const { t } = useTranslation('matches');
  if (data.rows.length === 0) return <EmptyState text={t(filter === 'open' ? 'emptyOpen' : 'emptyList')} />;
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 12 }}>
      {data.rows.map((match) => (
        <MatchCard key={match.id} match={match} seenFrom={kind} />
      ))}
      {data.total > data.pageSize && (
        <Pagination
          align="center"
          current={data.page}
          pageSize={data.pageSize}
          total={data.total}
          showSizeChanger={false}
          onChange={turn}
        />
      )}
    </div>
  );
}
