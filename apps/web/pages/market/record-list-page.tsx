import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Select, Tabs, TreeSelect } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, queryString } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { isOrganizer, useSession } from '../../shell/session.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import type { MarketCard, MarketKind } from './market-kind.js';
import { kindNamed, MARKET_KINDS } from './market-kinds.js';
import { RecordCard } from './record-card.js';

const STATUSES = {
  need: [
    'draft',
    'submitted',
    'returned',
    'published',
    'engaged',
    'contracted',
    'accepted',
    'closed',
    'withdrawn',
  ],
  capability: ['draft', 'submitted', 'returned', 'published', 'withdrawn'],
};

/** The market, and the reader's own records as its second tab; filters live in the address. */
export function RecordListPage({ of: side }: { of: MarketKind }) {
  const { t } = useTranslation('needs');
  const codes = useCodes();
  const { person } = useSession();
  const [params, setParams] = useSearchParams();
  const member = (person?.organisations.length ?? 0) > 0;
  const mine = member && params.get('mine') === 'true';
  const get = (name: string) => params.get(name);
  const of = kindNamed(side.kind, get('recordKind'));
  const set = (name: string, value: string | null | undefined) => {
    const next = new URLSearchParams(params);
    if (name !== 'page') next.delete('page');
    if (value === null || value === undefined || value === '') next.delete(name);
    else next.set(name, value);
    setParams(next);
  };
  const page = Math.max(1, Number(get('page')) || 1);
  const names = ['q', 'field', 'kind', 'region', 'mode', 'status'];
  const filter = {
    ...Object.fromEntries(names.map((name) => [name, get(name)])),
    recordKind: of.recordKind,
    mine: mine || null,
    page,
  };
  const query = useQuery({
    queryKey: [of.kind, 'list', filter],
    queryFn: () => api.get(`${of.path}${queryString(filter)}`, of.page),
    placeholderData: (previous) => previous,
  });
  const tree = (name: string, list: string) => (
    <TreeSelect
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      placeholder={t(`filter.${name}`)}
      value={get(name) ?? undefined}
      treeData={codes.tree(list)}
      onChange={(value: string | undefined) => set(name, value)}
      style={{ width: 190 }}
    />
  );
  const select = (name: string, options: { value: string; label: string }[]) => (
    <Select
      allowClear
      placeholder={t(`filter.${name}`)}
      value={get(name) ?? undefined}
      options={options}
      onChange={(value: string | undefined) => set(name, value)}
      style={{ width: 150 }}
      data-testid={`filter-${name}`}
    />
  );
  return (
    <>
      <PageHead
        title={t(`${of.recordKind}.listTitle`)}
        hint={t(`${of.recordKind}.listHint`)}
        actions={
          (member || isOrganizer(person)) && (
            <Link to={`${of.path}/new?recordKind=${of.recordKind}`}>
              <Button type="primary" data-testid="market-new">
                {t(`${of.recordKind}.new`)}
              </Button>
            </Link>
          )
        }
      />
      <Segmented
        value={of.recordKind}
        options={MARKET_KINDS[side.kind].map(({ recordKind }) => ({
          value: recordKind,
          label: t(`${recordKind}.noun`),
        }))}
        onChange={(recordKind) => setParams({ recordKind, ...(mine ? { mine: 'true' } : {}) })}
        style={{ marginBottom: 12, maxWidth: '100%', overflowX: 'auto' }}
        data-testid="record-kinds"
      />
      {member && (
        <Tabs
          activeKey={mine ? 'mine' : 'market'}
          onChange={(key) =>
            setParams({ recordKind: of.recordKind, ...(key === 'mine' ? { mine: 'true' } : {}) })
          }
          items={[
            { key: 'market', label: t('tab.market') },
            { key: 'mine', label: t(`${of.recordKind}.mine`) },
          ]}
        />
      )}
      <div className="filters">
        <Input.Search
          key={get('q')}
          allowClear
          defaultValue={get('q') ?? ''}
          placeholder={t('filter.q')}
          onSearch={(value) => set('q', value.trim())}
          style={{ width: 260 }}
          data-testid="market-search"
        />
        {tree('field', 'technology-field')}
        {of.kindList !== null && select('kind', codes.options(of.kindList))}
        {of.modesList !== null && select('mode', codes.options(of.modesList))}
        {tree('region', 'region')}
        {mine &&
          select(
            'status',
            STATUSES[of.kind].map((status) => ({ value: status, label: t(`status.${status}`) })),
          )}
      </div>
      <Loaded query={query}>
        {(data) => (
          <PagedList<MarketCard>
            data={data}
            gap={10}
            empty={<EmptyState text={t(mine ? `${of.recordKind}.noneMine` : 'noneFound')} />}
            onPage={(next) => set('page', String(next))}
          >
            {(card) => <RecordCard key={card.id} of={of} card={card} mine={mine} />}
          </PagedList>
        )}
      </Loaded>
    </>
  );
}
