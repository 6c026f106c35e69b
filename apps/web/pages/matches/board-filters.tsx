import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offerKind } from '#libs/contracts/market/record-facts.js';
import { boardQuery, boardState, type BoardPage } from '#libs/contracts/matching/match-board.js';
import { programmeOptions } from '#libs/contracts/numbers/numbers.js';
import { api } from '../../shell/api.js';
import { CodeTree, LeastScore } from './match-filters.js';

interface Props {
  params: URLSearchParams;
  set: (name: string, value: string | null | undefined) => void;
  /** Pairs in each state under the other filters; absent until loaded. */
  counts: BoardPage['counts'] | undefined;
}

const SORTS = boardQuery.shape.sort.unwrap().options;

/** Which pairs the board shows; everything lives in the address. */
export function BoardFilters({ params, set, counts }: Props) {
  const { t } = useTranslation('matches');
  const [more, setMore] = useState(false);
  const states = boardState.options.map((value) => {
    const count = counts?.[value];
    return { value, label: t(`board.state.${value}`) + (count === undefined ? '' : ` ${count}`) };
  });
  return (
    <>
      <div className="filters">
        <div style={{ overflowX: 'auto' }}>
          <Segmented<string>
            value={params.get('state') ?? ''}
            options={[{ value: '', label: t('shell:all') }, ...states]}
            onChange={(state) => set('state', state)}
            data-testid="board-state"
          />
        </div>
        <Search name="need" params={params} set={set} />
        <Search name="institute" params={params} set={set} />
        <Select
          value={params.get('sort') ?? 'score'}
          options={SORTS.map((value) => ({ value, label: t(`board.sort.${value}`) }))}
          onChange={(sort) => set('sort', sort === 'score' ? null : sort)}
          aria-label={t('sort.label')}
          style={{ width: 150 }}
        />
        <Button onClick={() => setMore(!more)} aria-expanded={more}>
          {t('moreFilters')}
        </Button>
      </div>
      {more && <MoreFilters params={params} set={set} />}
    </>
  );
}

type Own = Pick<Props, 'params' | 'set'>;

function Search({ name, params, set }: Own & { name: 'need' | 'institute' }) {
  const { t } = useTranslation('matches');
  return (
    <Input.Search
      allowClear
      defaultValue={params.get(name) ?? ''}
      placeholder={t(`board.search.${name}`)}
      style={{ width: 220 }}
      onSearch={(value) => set(name, value)}
      data-testid={`board-${name}`}
    />
  );
}

function MoreFilters({ params, set }: Own) {
  const { t } = useTranslation('matches');
  const programmes = useQuery({
    queryKey: ['numbers', 'programmes'],
    queryFn: () => api.get('/numbers/programmes', programmeOptions),
  });
  const select = (name: string, placeholder: string, options: { value: string; label: string }[]) => (
    <Select
      allowClear
      placeholder={placeholder}
      value={params.get(name) ?? undefined}
      options={options}
      onChange={(value: string | undefined) => set(name, value)}
      style={{ width: 200 }}
    />
  );
  const kinds = offerKind.options.map((value) => ({ value, label: t(`offer.${value}`) }));
  const named = programmes.data?.programmes.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return (
    <div className="filters">
      {select('offerKind', t('board.offerKind'), kinds)}
      <CodeTree
        list="technology-field"
        label={t('extra.field')}
        value={params.get('field')}
        set={(value) => set('field', value)}
      />
      <LeastScore value={params.get('minScore')} set={(value) => set('minScore', value)} />
      {select('programmeId', t('board.programme'), named)}
    </div>
  );
}
