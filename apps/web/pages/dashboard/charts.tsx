import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Col, Row, Select } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { funnelView, seriesView, type MetricView } from '#libs/contracts/numbers/numbers.js';
import { api, queryString } from '../../shell/api.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { Chart } from './chart.js';
import type { Filter } from './dashboard-page.js';

const COLOUR = '#0b5cad';
const FUNNEL_COLOURS = ['#0b5cad', '#2472bb', '#4189c9', '#62a0d6', '#88b8e2', '#b1d1ee'];
const WAN = 10_000;

/** The chosen number by month and by programme, and how far needs got. */
export function Charts({ filter, metrics }: { filter: Filter; metrics: readonly MetricView[] }) {
  const { t, i18n } = useTranslation('dashboard');
  const [code, setCode] = useState('events_held');
  const english = i18n.language === 'en';
  const metric = metrics.find((one) => one.code === code);
  if (metric === undefined) return null;
  const select = (
    <Select
      size="small"
      variant="filled"
      aria-label={t('chart.metric')}
      value={code}
      onChange={setCode}
      options={metrics.map(({ code: value, name }) => ({ value, label: english ? name.en : name.zh }))}
      style={{ width: 150 }}
    />
  );
  return (
    <Row gutter={[12, 12]}>
      <Col xs={24} lg={14}>
        <Card size="small" title={t('chart.month')} extra={select}>
          <Series filter={filter} metric={metric} by="month" english={english} />
        </Card>
      </Col>
      <Col xs={24} lg={10}>
        <Card size="small" title={t('chart.funnel')}>
          <Funnel filter={filter} />
        </Card>
      </Col>
      <Col xs={24}>
        <Card size="small" title={t('chart.programme')} extra={select}>
          <Series filter={filter} metric={metric} by="programme" english={english} />
        </Card>
      </Col>
    </Row>
  );
}

interface SeriesProps {
  filter: Filter;
  metric: MetricView;
  by: 'month' | 'programme';
  english: boolean;
}

function Series({ filter, metric, by, english }: SeriesProps) {
  const { t } = useTranslation('dashboard');
  const query = useQuery({
    queryKey: ['numbers', 'series', by, metric.code, filter],
    queryFn: () =>
      api.get(`/numbers/series${queryString({ ...filter, metric: metric.code, by })}`, seriesView),
    placeholderData: keepPreviousData,
  });
  const points = query.data?.points;
  const outside = t('chart.outside');
  const option = useMemo(() => {
    const values = (points ?? []).map(({ label, value }) => ({
      label: label ?? outside,
      value: Number(value),
    }));
    return by === 'month' ? columns(values, metric, english) : bars(values, metric, english);
  }, [points, by, metric, english, outside]);
  return (
    <Loaded query={query}>
      {(series) =>
        series.points.every((point) => Number(point.value) === 0) ? (
          <EmptyState text={t('chart.none')} />
        ) : (
          <Chart option={option} label={`${t(`chart.${by}`)} ${english ? metric.name.en : metric.name.zh}`} />
        )
      }
    </Loaded>
  );
}

interface Point {
  label: string;
  value: number;
}

function scaled(points: readonly Point[], metric: MetricView, english: boolean) {
  const isAmount = metric.kind === 'amount';
  const unit = isAmount ? (english ? '10k yuan' : '万元') : english ? metric.unit.en : metric.unit.zh;
  return {
    unit,
    values: points.map(({ value }) => (isAmount ? Math.round((value / WAN) * 100) / 100 : value)),
    labels: points.map(({ label }) => label),
  };
}

function columns(points: readonly Point[], metric: MetricView, english: boolean): EChartsCoreOption {
  const { unit, values, labels } = scaled(points, metric, english);
  return {
    grid: { left: 8, right: 8, top: 32, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => `${String(value)} ${unit}` },
    xAxis: { type: 'category', data: labels, axisTick: { show: false } },
    yAxis: { type: 'value', name: unit, minInterval: metric.kind === 'amount' ? 0 : 1 },
    series: [{ type: 'bar', data: values, itemStyle: { color: COLOUR }, barMaxWidth: 36 }],
  };
}

function bars(points: readonly Point[], metric: MetricView, english: boolean): EChartsCoreOption {
  const { unit, values, labels } = scaled(points, metric, english);
  return {
    grid: { left: 8, right: 48, top: 8, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => `${String(value)} ${unit}` },
    xAxis: { type: 'value', minInterval: metric.kind === 'amount' ? 0 : 1 },
    yAxis: {
      type: 'category',
      data: labels,
      inverse: true,
      axisTick: { show: false },
      axisLabel: { width: 120, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        data: values,
        itemStyle: { color: COLOUR },
        barMaxWidth: 24,
        label: { show: true, position: 'right' },
      },
    ],
  };
}

function Funnel({ filter }: { filter: Filter }) {
  const { t } = useTranslation('dashboard');
  const query = useQuery({
    queryKey: ['numbers', 'funnel', filter],
    queryFn: () => api.get(`/numbers/funnel${queryString(filter)}`, funnelView),
    placeholderData: keepPreviousData,
  });
  const steps = query.data?.steps;
  const option = useMemo<EChartsCoreOption>(
    () => ({
      color: FUNNEL_COLOURS,
      tooltip: { trigger: 'item' },
      series: [
        {
          type: 'funnel',
          sort: 'none',
          left: 8,
          right: 8,
          top: 8,
          bottom: 8,
          minSize: '12%',
          gap: 2,
          label: {
            position: 'inside',
            formatter: '{b} {c}',
            color: '#fff',
            textBorderColor: '#0b3d70',
            textBorderWidth: 2,
          },
          data: (steps ?? []).map(({ step, needs }) => ({ name: t(`funnel.${step}`), value: needs })),
        },
      ],
    }),
    [steps, t],
  );
  return (
    <Loaded query={query}>
      {(funnel) =>
        funnel.steps[0]?.needs === 0 ? (
          <EmptyState text={t('chart.none')} />
        ) : (
          <>
            <Chart option={option} label={t('chart.funnel')} />
            <div style={{ color: '#6b7685', fontSize: 12 }}>{t('chart.funnelHint')}</div>
          </>
        )
      }
    </Loaded>
  );
}
