import { Badge, Button, Input, Segmented, Select, TreeSelect } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../shell/codes.js';

const FILTERS = ['open', 'theirs', 'mutual', 'interested', 'later', 'declined', 'all'] as const;
const EXTRA = ['field', 'region', 'organisation', 'minScore'] as const;

interface Props {
  params: URLSearchParams;
  set: (name: string, value: string | null | undefined) => void;
  filter: string;
}

/** Which matches are listed and in what order; everything lives in the address. */
export function MatchFilters({ params, set, filter }: Props) {
  const { t } = useTranslation('matches');
  const used = EXTRA.filter((name) => params.has(name)).length;
  const [more, setMore] = useState(used > 0);
  return (
    <>
      <div className="filters">
        <div style={{ overflowX: 'auto' }}>
          <Segmented
            value={filter}
            options={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))}
            onChange={(value) => set('filter', value)}
          />
        </div>
        <Input.Search
          allowClear
          defaultValue={params.get('q') ?? ''}
          placeholder={t('searchOther')}
          style={{ width: 240 }}
          onSearch={(q) => set('q', q)}
        />
        <Select
          value={params.get('sort') ?? 'score'}
          options={(['score', 'newest'] as const).map((value) => ({ value, label: t(`sort.${value}`) }))}
          onChange={(value) => set('sort', value === 'score' ? null : value)}
          style={{ width: 130 }}
          aria-label={t('sort.label')}
          data-testid="match-sort"
        />
        <Badge count={used} size="small">
          <Button block onClick={() => setMore(!more)} aria-expanded={more} data-testid="more-filters">
            {t('moreFilters')}
          </Button>
        </Badge>
      </div>
      {more && <ExtraFilters params={params} set={set} />}
    </>
  );
}

/** The least scores worth choosing; the bands' limits and the middle of the lowest. */
const LEAST = ['0.2', '0.4', '0.6'];

function ExtraFilters({ params, set }: Pick<Props, 'params' | 'set'>) {
  const { t } = useTranslation('matches');
  const tree = (name: 'field' | 'region', list: string) => (
    <CodeTree
      list={list}
      label={t(`extra.${name}`)}
      value={params.get(name)}
      set={(value) => set(name, value)}
    />
  );
  return (
    <div className="filters">
      {tree('field', 'technology-field')}
      {tree('region', 'region')}
      <Input.Search
        allowClear
        defaultValue={params.get('organisation') ?? ''}
        placeholder={t('extra.organisation')}
        style={{ width: 200 }}
        onSearch={(value) => set('organisation', value)}
      />
      <LeastScore value={params.get('minScore')} set={(value) => set('minScore', value)} />
    </div>
  );
}

interface OneFilter {
  value: string | null;
  set: (value: string | undefined) => void;
}

export function LeastScore({ value, set }: OneFilter) {
  const { t } = useTranslation('matches');
  return (
    <Select
      allowClear
      placeholder={t('extra.minScore')}
      value={value ?? undefined}
      options={LEAST.map((least) => ({ value: least, label: `≥ ${Number(least) * 100}%` }))}
      onChange={set}
      style={{ width: 150 }}
      data-testid="least-score"
    />
  );
}

export function CodeTree({ list, label, value, set }: OneFilter & { list: string; label: string }) {
  const codes = useCodes();
  return (
    <TreeSelect
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      placeholder={label}
      value={value ?? undefined}
      treeData={codes.tree(list)}
      onChange={set}
      style={{ width: 200 }}
    />
  );
}
