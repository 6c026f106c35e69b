import { Card, Select, Table } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityView } from '#libs/contracts/matching/match-quality.js';
import { EmptyState } from '../../shell/states.js';
import { NumberButton } from './number-button.js';
import { Chart } from './quality-chart.js';
import { binLabel, type Counted } from './quality-rows-drawer.js';
import { percent } from './score-band.js';

type Model = QualityView['models'][number];
type Bin = Model['calibration'][number];

interface Props {
  models: readonly Model[];
  open: (counted: Counted) => void;
}

/** Whether a score of 60 % means that six of ten are interested: what was promised beside what came, by bin. */
export function QualityCalibration({ models, open }: Props) {
  const { t } = useTranslation('matches');
  const [chosen, setChosen] = useState<string | null>(null);
  const model = models.find((one) => one.modelVersion === chosen) ?? models[0];
  const bins = model?.calibration.filter(({ n }) => n > 0) ?? [];
  return (
    <Card
      size="small"
      title={t('quality.metric.calibration')}
      extra={
        models.length > 1 && (
          <Select
            size="small"
            value={model?.modelVersion ?? null}
            options={models.map(({ modelVersion }) => ({ value: modelVersion, label: modelVersion }))}
            onChange={setChosen}
            aria-label={t('quality.version')}
            style={{ width: 180 }}
          />
        )
      }
    >
      {model === undefined || bins.length === 0 ? (
        <EmptyState text={t('quality.noAnswers')} />
      ) : (
        <>
          <CalibrationChart bins={model.calibration} />
          <BinTable bins={bins} modelVersion={model.modelVersion} open={open} />
        </>
      )}
    </Card>
  );
}

const rounded = (share: number | null): number | null =>
  share === null ? null : Math.round(share * 1000) / 10;

function CalibrationChart({ bins }: { bins: readonly Bin[] }) {
  const { t } = useTranslation('matches');
  const option = useMemo<EChartsCoreOption>(
    () => ({
      color: ['#b1d1ee', '#0b5cad', '#e08a1e'],
      grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: bins.map(({ bin }) => binLabel(bin)), axisTick: { show: false } },
      yAxis: [
        { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value}%' } },
        { type: 'value', minInterval: 1, splitLine: { show: false } },
      ],
      series: [
        {
          type: 'bar',
          yAxisIndex: 1,
          name: t('quality.judged'),
          data: bins.map(({ n }) => n),
          barMaxWidth: 28,
        },
        {
          type: 'line',
          name: t('quality.meanScore'),
          connectNulls: true,
          data: bins.map(({ meanScore }) => rounded(meanScore)),
        },
        {
          type: 'line',
          name: t('quality.interestedShare'),
          connectNulls: true,
          data: bins.map(({ share }) => rounded(share)),
        },
      ],
    }),
    [bins, t],
  );
  return <Chart option={option} label={t('quality.metric.calibration')} />;
}

interface BinTableProps {
  bins: Bin[];
  modelVersion: string;
  open: Props['open'];
}

function BinTable({ bins, modelVersion, open }: BinTableProps) {
  const { t } = useTranslation('matches');
  const share = (value: number | null) => (value === null ? '—' : percent(value));
  return (
    <Table<Bin>
      size="small"
      pagination={false}
      rowKey="bin"
      scroll={{ x: 'max-content' }}
      dataSource={bins}
      columns={[
        { title: t('quality.bin'), key: 'bin', render: (_, { bin }) => binLabel(bin) },
        {
          title: t('quality.judged'),
          key: 'n',
          align: 'right',
          render: (_, { n, bin }) => (
            <NumberButton text={String(n)} open={() => open({ metric: 'calibration', modelVersion, bin })} />
          ),
        },
        { title: t('quality.meanScore'), dataIndex: 'meanScore', align: 'right', render: share },
        { title: t('quality.interestedShare'), dataIndex: 'share', align: 'right', render: share },
      ]}
    />
  );
}
