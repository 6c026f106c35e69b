import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Grid, Input, Segmented, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { importRowPage, type ImportBatchView, type ImportRowView } from '#libs/contracts/imports/imports.js';
import { api, queryString } from '../../shell/api.js';
import { EmptyState, Loaded } from '../../shell/states.js';

const COLOR = {
  waiting: 'default',
  bad: 'error',
  created: 'success',
  updated: 'processing',
  unchanged: 'default',
} as const;
type Outcome = ImportRowView['outcome'];

/** The rows of a batch with what is wrong or lacks in each. */
export function ImportRows({ batch }: { batch: ImportBatchView }) {
  const { t } = useTranslation('imports');
  const [outcome, setOutcome] = useState<Outcome | 'all'>('all');
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const wide = Grid.useBreakpoint().md ?? true;
  const values = { outcome: outcome === 'all' ? null : outcome, q, page };
  const query = useQuery({
    queryKey: ['import-rows', batch.id, batch.status, values],
    queryFn: () => api.get(`/organizer/imports/${batch.id}/rows${queryString(values)}`, importRowPage),
    placeholderData: keepPreviousData,
  });
  const filters: (Outcome | 'all')[] =
    batch.status === 'done' ? ['all', 'created', 'updated', 'unchanged', 'bad'] : ['all', 'waiting', 'bad'];
  const path = batch.kind === 'need' ? 'needs' : 'capabilities';
  return (
    <Card styles={{ body: { padding: 12 } }}>
      <div className="filters">
        <Segmented
          value={outcome}
          options={filters.map((value) => ({
            value,
            label: value === 'all' ? t('shell:all') : t(`outcome.${value}`),
          }))}
          onChange={(value) => {
            setOutcome(value);
            setPage(1);
          }}
        />
        <Input.Search
          allowClear
          placeholder={t('searchRows')}
          style={{ width: 220 }}
          onSearch={(word) => {
            setQ(word);
            setPage(1);
          }}
        />
      </div>
      <Loaded query={query}>
        {(data) => (
          <Table
            size="small"
            rowKey="rowNo"
            dataSource={data.rows}
            {...(wide ? { scroll: { x: 720 } } : {})}
            locale={{ emptyText: <EmptyState text={t('noRows')} /> }}
            pagination={{
              current: data.page,
              pageSize: data.pageSize,
              total: data.total,
              showSizeChanger: false,
              onChange: setPage,
            }}
            columns={[
              { title: t('rowNo'), dataIndex: 'rowNo', width: 64 },
              { title: t('number'), dataIndex: 'externalNo', width: 140, ellipsis: true, responsive: ['md'] },
              {
                title: t('name'),
                render: (_, row) => (
                  <>
                    {row.subjectId === null ? (
                      row.title
                    ) : (
                      <Link to={`/${path}/${row.subjectId}`}>{row.title}</Link>
                    )}
                    {!wide && <Remarks row={row} />}
                  </>
                ),
              },
              {
                title: t('outcomeLabel'),
                dataIndex: 'outcome',
                width: 90,
                render: (value: Outcome) => <Tag color={COLOR[value]}>{t(`outcome.${value}`)}</Tag>,
              },
              {
                title: t('problems'),
                width: 320,
                responsive: ['md'],
                render: (_, row) => <Remarks row={row} />,
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

function Remarks({ row }: { row: ImportRowView }) {
  const { t } = useTranslation('imports');
  const word = (field: string) => t(`field.${field}`, { defaultValue: field });
  // A row names an organisation that nobody registered, or none at all.
  const unknown = row.organisation !== null && row.missing.includes('organisationId');
  const missing = row.missing.filter((field) => !unknown || field !== 'organisationId');
  if (row.problems.length > 0) {
    return row.problems.map((problem) => (
      <div key={`${problem.field}-${problem.code}`} style={{ color: '#cf1322' }}>
        {t(`problem.${problem.code}`, { field: word(problem.field), value: problem.value ?? '' })}
      </div>
    ));
  }
  return (
    <>
      {row.missing.length === 0 && t('complete')}
      {unknown && (
        <div style={{ color: '#8a6d00' }}>{t('organisationUnknown', { name: row.organisation })}</div>
      )}
      {missing.length > 0 && (
        <div style={{ color: '#8a6d00' }}>
          {t('missing', { fields: missing.map(word).join(t('shell:comma')) })}
        </div>
      )}
      {row.unread.length > 0 && (
        <div style={{ color: '#6b7685' }}>
          {t('unread', { words: row.unread.join(t('shell:semicolon')) })}
        </div>
      )}
    </>
  );
}
