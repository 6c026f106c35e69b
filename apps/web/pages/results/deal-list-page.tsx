import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Grid, Input, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { programmeOptions } from '#libs/contracts/numbers/numbers.js';
import { dealPage, dealStage } from '#libs/contracts/results/deal.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { isStaff, useSession } from '../../shell/session.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { DealBoard } from './deal-board.js';
import { DealCard } from './deal-card.js';

const PAGE_SIZE = 20;

export default function DealListPage() {
  const { t } = useTranslation('results');
  const wide = Grid.useBreakpoint().lg ?? true;
  const [params, setParams] = useSearchParams();
  const set = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(params);
    if (!('page' in changes)) next.delete('page');
    for (const [name, value] of Object.entries(changes))
      if (value === null || value === '') next.delete(name);
      else next.set(name, value);
    setParams(next, { replace: true });
  };
  const isBoard = wide && params.get('view') !== 'list' && params.get('stage') === null;
  const filter = { q: params.get('q'), programmeId: params.get('programme') };
  return (
    <>
      <PageHead
        title={t('list.title')}
        hint={t('list.hint')}
        actions={
          wide && (
            <Segmented
              value={isBoard ? 'board' : 'list'}
              options={[
                { value: 'board', label: t('list.board') },
                { value: 'list', label: t('list.list') },
              ]}
              onChange={(view) => set({ view: view === 'list' ? 'list' : null, stage: null })}
            />
          )
        }
      />
      <Filters params={params} set={set} />
      {isBoard ? (
        <DealBoard filter={filter} showStage={(stage) => set({ stage, view: 'list' })} />
      ) : (
        <DealList filter={{ ...filter, stage: params.get('stage') }} page={params.get('page')} set={set} />
      )}
    </>
  );
}

type SetParams = (changes: Record<string, string | null>) => void;

function Filters({ params, set }: { params: URLSearchParams; set: SetParams }) {
  const { t } = useTranslation('results');
  const { person } = useSession();
  const programmes = useQuery({
    queryKey: ['numbers', 'programmes'],
    queryFn: () => api.get('/numbers/programmes', programmeOptions),
    enabled: isStaff(person),
  });
  return (
    <div className="filters">
      <Input.Search
        allowClear
        placeholder={t('list.search')}
        defaultValue={params.get('q') ?? ''}
        onSearch={(q) => set({ q })}
        style={{ width: 280 }}
        data-testid="deal-search"
      />
      <Select
        allowClear
        placeholder={t('list.stage')}
        value={params.get('stage')}
        onChange={(stage: string | undefined) => set({ stage: stage ?? null })}
        options={dealStage.options.map((value) => ({ value, label: t(`stage.${value}`) }))}
        style={{ width: 140 }}
      />
      {isStaff(person) && (
        <Select
          allowClear
          placeholder={t('list.programme')}
          value={params.get('programme')}
          onChange={(programme: string | undefined) => set({ programme: programme ?? null })}
          options={programmes.data?.programmes.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          style={{ width: 220 }}
        />
      )}
    </div>
  );
}

interface ListProps {
  filter: { q: string | null; programmeId: string | null; stage: string | null };
  page: string | null;
  set: SetParams;
}

function DealList({ filter, page: given, set }: ListProps) {
  const { t } = useTranslation('results');
  const page = Math.max(1, Number(given) || 1);
  const values = { ...filter, page, pageSize: PAGE_SIZE };
  const query = useQuery({
    queryKey: ['deals', values],
    queryFn: () => api.get(`/deals${queryString(values)}`, dealPage),
    placeholderData: keepPreviousData,
  });
  const isFiltered = Object.values(filter).some((value) => value !== null && value !== '');
  return (
    <Loaded query={query}>
      {(data) => (
        <PagedList
          data={data}
          empty={<EmptyState text={t(isFiltered ? 'list.emptyFilter' : 'list.empty')} />}
          onPage={(next) => set({ page: String(next) })}
        >
          {(deal) => <DealCard key={deal.id} deal={deal} withStage />}
        </PagedList>
      )}
    </Loaded>
  );
}
