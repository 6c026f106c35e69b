import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { IndicatorFields } from '#libs/contracts/market/indicator.js';

const SIGNS = { lt: '<', le: '≤', eq: '=', ge: '≥', gt: '>', between: '' } as const;

/** ≤ 0.05 m, or 3–5 m. */
export const indicatorWords = ({ comparator, value, valueHigh, unit }: IndicatorFields): string =>
  `${comparator === 'between' ? `${value}–${valueHigh ?? ''}` : `${SIGNS[comparator]} ${value}`} ${unit ?? ''}`.trim();

export function IndicatorTable({ indicators }: { indicators: readonly IndicatorFields[] }) {
  const { t } = useTranslation('needs');
  return (
    <Table
      size="small"
      pagination={false}
      rowKey={(row) => indicators.indexOf(row)}
      dataSource={[...indicators]}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('indicator.name'), dataIndex: 'name' },
        { title: t('indicator.value'), render: (_, row) => indicatorWords(row) },
        { title: t('indicator.raw'), dataIndex: 'raw' },
      ]}
    />
  );
}
