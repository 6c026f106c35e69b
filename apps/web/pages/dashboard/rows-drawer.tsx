import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Drawer, Flex, Pagination, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { numberRowPage, type MetricView, type NumberRow } from '#libs/contracts/numbers/numbers.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import type { Filter } from './dashboard-page.js';
import { metricValue } from './metric-value.js';

const PAGE_SIZE = 50;

interface Props {
  /** null = closed. */
  metric: MetricView | null;
  filter: Filter;
  close: () => void;
}

/** The rows that a number counts, with the rule by which it counts them. */
export function RowsDrawer({ metric, filter, close }: Props) {
  const { i18n } = useTranslation('dashboard');
  const english = i18n.language === 'en';
  return (
    <Drawer
      open={metric !== null}
      onClose={close}
      size="min(720px, 100vw)"
      title={metric && (english ? metric.name.en : metric.name.zh)}
      destroyOnHidden
    >
      {metric && <Rows key={metric.code} metric={metric} filter={filter} english={english} />}
    </Drawer>
  );
}

function Rows({ metric, filter, english }: { metric: MetricView; filter: Filter; english: boolean }) {
  const { t } = useTranslation('dashboard');
  const format = useFormat();
  const [page, setPage] = useState(1);
  const values = { ...filter, page, pageSize: PAGE_SIZE };
  const query = useQuery({
    queryKey: ['numbers', 'rows', metric.code, values],
    queryFn: () => api.get(`/numbers/${metric.code}/rows${queryString(values)}`, numberRowPage),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query}>
      {({ rows, total, value }) => {
        const { number, unit } = metricValue(metric, value, format, english);
        return (
          <>
            <Typography.Title level={3} style={{ marginTop: 0 }} data-testid="rows-value">
              {number} {unit}
            </Typography.Title>
            <Alert type="info" title={t('rule')} description={english ? metric.rule.en : metric.rule.zh} />
            <Typography.Paragraph type="secondary" style={{ margin: '12px 0 4px' }}>
              {t('rows', { count: total })}
            </Typography.Paragraph>
            {rows.length === 0 && <EmptyState text={t('noRows')} />}
            {rows.map((row) => (
              <Line key={row.key} row={row} metric={metric} english={english} />
            ))}
            <Pagination
              hideOnSinglePage
              align="end"
              current={page}
              pageSize={PAGE_SIZE}
              total={total}
              showSizeChanger={false}
              onChange={setPage}
            />
          </>
        );
      }}
    </Loaded>
  );
}

function Line({ row, metric, english }: { row: NumberRow; metric: MetricView; english: boolean }) {
  const format = useFormat();
  const { number, unit } = metricValue(metric, row.quantity, format, english);
  const facts = [format.day(row.at), row.organisation === row.title ? null : row.organisation, row.programme];
  return (
    <Flex justify="space-between" gap={12} style={{ padding: '8px 0', borderBottom: '1px solid #f0f0f0' }}>
      <div style={{ minWidth: 0 }}>
        <div style={{ overflowWrap: 'anywhere' }}>
          {row.link === null ? row.title : <Link to={row.link}>{row.title}</Link>}
        </div>
        <div style={{ color: '#6b7685', fontSize: 12, overflowWrap: 'anywhere' }}>
          {[...facts, isCount(row.detail) ? null : row.detail].filter(Boolean).join(' · ')}
        </div>
      </div>
      {row.quantity !== '1' && (
        <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
          {number} {unit}
        </span>
      )}
    </Flex>
  );
}

/** Bare counts in `detail` (heads of an event, visits of an organisation) mean nothing without their column. */
const isCount = (detail: string | null): boolean => detail !== null && /^\d+$/.test(detail);
