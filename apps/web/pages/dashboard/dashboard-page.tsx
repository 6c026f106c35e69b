import { DownloadOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, Col, DatePicker, Flex, Row, Segmented, Select, Typography } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { numbersView, programmeOptions, type MetricView } from '#libs/contracts/numbers/numbers.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded, LoadError } from '../../shell/states.js';
import { Charts } from './charts.js';
import { metricValue } from './metric-value.js';
import { periodOf, PRESETS } from './period.js';
import { RowsDrawer } from './rows-drawer.js';

export interface Filter extends Record<string, string | null> {
  from: string | null;
  to: string | null;
  programmeId: string | null;
}

const GROUPS = [
  { name: 'events', fits: (code: string) => !/^(?:needs_|intents|contract|technology|paid)/.test(code) },
  { name: 'needs', fits: (code: string) => code.startsWith('needs_') },
  { name: 'deals', fits: (code: string) => /^(?:intents|contract|technology|paid)/.test(code) },
] as const;

export default function DashboardPage() {
  const { t, i18n } = useTranslation('dashboard');
  const [params, setParams] = useSearchParams();
  const { from, to } = periodOf(params);
  const filter: Filter = { from, to, programmeId: params.get('programme') };
  const [chosen, setChosen] = useState<MetricView | null>(null);
  const query = useQuery({
    queryKey: ['numbers', filter],
    queryFn: () => api.get(`/numbers${queryString(filter)}`, numbersView),
    placeholderData: keepPreviousData,
  });
  if (query.isError && query.data === undefined)
    return <LoadError error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <PageHead
        title={t('title')}
        hint={t('hint')}
        actions={
          <Button
            icon={<DownloadOutlined />}
            href={`/api/numbers/export.xlsx${queryString({ ...filter, locale: i18n.language })}`}
            data-testid="export-numbers"
          >
            {t('export')}
          </Button>
        }
      />
      <Filters params={params} setParams={setParams} />
      <Loaded query={query}>
        {({ metrics }) => (
          <>
            {GROUPS.map((group) => (
              <MetricGroup
                key={group.name}
                title={t(`group.${group.name}`)}
                metrics={metrics.filter((metric) => group.fits(metric.code))}
                open={setChosen}
              />
            ))}
            <Charts filter={filter} metrics={metrics} />
          </>
        )}
      </Loaded>
      <RowsDrawer metric={chosen} filter={filter} close={() => setChosen(null)} />
    </>
  );
}

interface FiltersProps {
  params: URLSearchParams;
  setParams: (next: URLSearchParams, options: { replace: boolean }) => void;
}

function Filters({ params, setParams }: FiltersProps) {
  const { t } = useTranslation('dashboard');
  const { preset, from, to } = periodOf(params);
  const programmes = useQuery({
    queryKey: ['numbers', 'programmes'],
    queryFn: () => api.get('/numbers/programmes', programmeOptions),
  });
  const set = (changes: Record<string, string | null | undefined>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes))
      if (value) next.set(name, value);
      else next.delete(name);
    setParams(next, { replace: true });
  };
  return (
    <div className="filters">
      <Segmented
        value={preset}
        options={PRESETS.map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(period) =>
          set(period === 'custom' ? { period, from, to } : { period, from: null, to: null })
        }
        data-testid="period"
      />
      {preset === 'custom' && (
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
          onChange={(days) =>
            set({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })
          }
        />
      )}
      <Select
        allowClear
        placeholder={t('programme')}
        value={params.get('programme')}
        onChange={(programme: string | undefined) => set({ programme })}
        options={programmes.data?.programmes.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        style={{ width: 240 }}
        data-testid="programme"
      />
    </div>
  );
}

interface GroupProps {
  title: string;
  metrics: readonly MetricView[];
  open: (metric: MetricView) => void;
}

function MetricGroup({ title, metrics, open }: GroupProps) {
  const { i18n } = useTranslation();
  const format = useFormat();
  const english = i18n.language === 'en';
  return (
    <section style={{ marginBottom: 20 }}>
      <Typography.Title level={5} style={{ marginTop: 0 }}>
        {title}
      </Typography.Title>
      <Row gutter={[12, 12]}>
        {metrics.map((metric) => {
          const { number, unit } = metricValue(metric, metric.value, format, english);
          return (
            <Col xs={12} sm={8} xl={4} key={metric.code}>
              <Card
                hoverable
                size="small"
                role="button"
                tabIndex={0}
                onClick={() => open(metric)}
                onKeyDown={(event) => event.key === 'Enter' && open(metric)}
                data-testid={`metric-${metric.code}`}
              >
                <div style={{ color: '#6b7685' }}>{english ? metric.name.en : metric.name.zh}</div>
                <Flex align="baseline" gap={4} wrap>
                  <span style={{ fontSize: 26, fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>
                    {number}
                  </span>
                  <span style={{ color: '#6b7685' }}>{unit}</span>
                </Flex>
              </Card>
            </Col>
          );
        })}
      </Row>
    </section>
  );
}
