import { Card, Table } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { funnelMetric, type QualityView } from '#libs/contracts/matching/match-quality.js';
import { EmptyState } from '../../shell/states.js';
import { NumberButton } from './number-button.js';
import { Chart, COLOURS } from './quality-chart.js';
import type { Counted } from './quality-rows-drawer.js';
import { percent } from './score-band.js';

type Model = QualityView['models'][number];

interface Props {
  models: readonly Model[];
  open: (counted: Counted) => void;
}

const STEPS = funnelMetric.options;

/** How far the pairs that each model version showed came: as bars and as a table whose numbers open their rows. */
export function QualityFunnel({ models, open }: Props) {
  const { t } = useTranslation('matches');
  const option = useMemo<EChartsCoreOption>(
    () => ({
      color: COLOURS,
      grid: { left: 8, right: 8, top: 32, bottom: 4, containLabel: true },
      legend: { top: 0, type: 'scroll' },
      tooltip: { trigger: 'axis' },
      xAxis: {
        type: 'category',
        data: STEPS.map((step) => t(`quality.metric.${step}`)),
        axisTick: { show: false },
      },
      yAxis: { type: 'value', minInterval: 1 },
      series: models.map(({ modelVersion, funnel }) => ({
        type: 'bar',
        name: modelVersion,
        barMaxWidth: 32,
        label: { show: models.length < 3, position: 'top' },
        data: STEPS.map((step) => funnel[step] ?? 0),
      })),
    }),
    [models, t],
  );
  if (models.length === 0)
    return (
      <Card size="small" title={t('quality.funnel')}>
        <EmptyState text={t('quality.nothingShown')} />
      </Card>
    );
  return (
    <Card size="small" title={t('quality.funnel')}>
      <Chart option={option} label={t('quality.funnel')} />
      <FunnelTable models={models} open={open} />
    </Card>
  );
}

function FunnelTable({ models, open }: Props) {
  const { t } = useTranslation('matches');
  return (
    <Table<Model>
      size="small"
      pagination={false}
      rowKey="modelVersion"
      scroll={{ x: 'max-content' }}
      dataSource={[...models]}
      columns={[
        { title: t('quality.version'), dataIndex: 'modelVersion', fixed: 'left' },
        ...STEPS.map((metric) => ({
          title: t(`quality.metric.${metric}`),
          key: metric,
          align: 'right' as const,
          render: (_: unknown, { modelVersion, funnel }: Model) => (
            <NumberButton
              text={`${funnel[metric] ?? 0}${metric === 'shown' ? '' : shareOf(funnel[metric], funnel.shown)}`}
              open={() => open({ metric, modelVersion })}
              testId={`funnel-${metric}`}
            />
          ),
        })),
        {
          title: t('quality.metric.precision-at-5'),
          key: 'precision',
          align: 'right',
          render: (_, { modelVersion, precisionAt5: { share, interested, judged } }) => (
            <NumberButton
              text={share === null ? '—' : `${percent(share)} (${interested}/${judged})`}
              open={() => open({ metric: 'precision-at-5', modelVersion })}
            />
          ),
        },
      ]}
    />
  );
}

const shareOf = (part: number | undefined, whole: number | undefined): string =>
  part === undefined || whole === undefined || whole === 0 ? '' : ` (${percent(part / whole)})`;
