import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { qualityRowPage, type QualityRowsQuery } from '#libs/contracts/matching/match-quality.js';
import { api, queryString } from '../../shell/api.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { NumberButton } from './number-button.js';
import { Chart, COLOURS } from './quality-chart.js';
import type { Counted } from './quality-rows-drawer.js';

/** As many bars as stay readable; all of them are among the rows. */
const MOST_BARS = 12;

interface Props {
  period: Pick<QualityRowsQuery, 'from' | 'to'>;
  open: (counted: Counted) => void;
}

/** How often the organisations' capabilities were shown to needs, those shown most first. */
export function QualityFairness({ period, open }: Props) {
  const { t } = useTranslation('matches');
  const values = { ...period, metric: 'institutes' as const, page: 1, pageSize: MOST_BARS };
  const query = useQuery({
    queryKey: ['match-quality', 'rows', values],
    queryFn: () => api.get(`/organizer/match-quality/rows${queryString(values)}`, qualityRowPage),
  });
  const rows = query.data?.rows;
  const option = useMemo<EChartsCoreOption>(
    () => ({
      color: COLOURS,
      grid: { left: 8, right: 40, top: 4, bottom: 4, containLabel: true },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'value', minInterval: 1 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: (rows ?? []).map(({ title }) => title),
        axisTick: { show: false },
        axisLabel: { width: 130, overflow: 'truncate' },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 18,
          label: { show: true, position: 'right' },
          data: (rows ?? []).map(({ quantity }) => Number(quantity)),
        },
      ],
    }),
    [rows],
  );
  return (
    <Card size="small" title={t('quality.fairness')}>
      <Loaded query={query}>
        {(data) =>
          data.rows.every(({ quantity }) => Number(quantity) === 0) ? (
            <EmptyState text={t('quality.nothingShown')} />
          ) : (
            <>
              <Chart option={option} label={t('quality.fairness')} />
              <NumberButton
                text={t('quality.allInstitutes', { count: data.total })}
                open={() => open({ metric: 'institutes' })}
              />
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
