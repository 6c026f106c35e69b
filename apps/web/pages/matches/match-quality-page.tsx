import { DownloadOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, Col, DatePicker, Row, Segmented, Space, Statistic } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { qualityView, type QualityView } from '#libs/contracts/matching/match-quality.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { periodOf, PRESETS } from '../dashboard/period.js';
import { QualityEmbedding } from './quality-embedding.js';
import { QualityCalibration } from './quality-calibration.js';
import { QualityFairness } from './quality-fairness.js';
import { QualityFunnel } from './quality-funnel.js';
import { QualityRowsDrawer, type Counted } from './quality-rows-drawer.js';
import { percent } from './score-band.js';
import './matches.css';

const ASK_AGAIN_MS = 3000;
const isEmbedding = (view: QualityView | undefined): boolean =>
  view?.embedding != null && view.embedding.embedded + view.embedding.refused < view.embedding.total;

/** What became of the matches that were shown, by model version; coverage, fairness and calibration. */
export default function MatchQualityPage() {
  const { t, i18n } = useTranslation('matches');
  const [params, setParams] = useSearchParams();
  const [counted, setCounted] = useState<Counted | null>(null);
  const { from, to } = periodOf(params);
  const period = { from: from ?? undefined, to: to ?? undefined };
  const query = useQuery({
    queryKey: ['match-quality', period],
    queryFn: () => api.get(`/organizer/match-quality${queryString(period)}`, qualityView),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (isEmbedding(state.data) ? ASK_AGAIN_MS : false),
  });
  const rule = counted === null ? undefined : query.data?.rules[counted.metric];
  return (
    <>
      <PageHead
        title={t('quality.title')}
        hint={
          <>
            {t('quality.hint')} <Link to="/organizer/match-models">{t('model.title')}</Link>
          </>
        }
        actions={
          <Button
            icon={<DownloadOutlined />}
            href={`/api/organizer/match-quality/export.xlsx${queryString({ ...period, locale: i18n.language })}`}
            data-testid="export-quality"
          >
            {t('quality.export')}
          </Button>
        }
      />
      <PeriodFilter params={params} setParams={setParams} />
      <Loaded query={query}>
        {(view) => (
          <Space orientation="vertical" size={12} style={{ width: '100%' }}>
            <Coverage view={view} open={setCounted} />
            <QualityFunnel models={view.models} open={setCounted} />
            <QualityCalibration models={view.models} open={setCounted} />
            {view.embedding && <QualityEmbedding progress={view.embedding} />}
            <QualityFairness period={period} open={setCounted} />
          </Space>
        )}
      </Loaded>
      <QualityRowsDrawer
        counted={counted}
        period={period}
        rule={i18n.language === 'en' ? rule?.en : rule?.zh}
        close={() => setCounted(null)}
      />
    </>
  );
}

interface PeriodProps {
  params: URLSearchParams;
  setParams: (next: Record<string, string>, options: { replace: boolean }) => void;
}

function PeriodFilter({ params, setParams }: PeriodProps) {
  const { t } = useTranslation('dashboard');
  const { preset, from, to } = periodOf(params);
  const days = (start: string | null | undefined, end: string | null | undefined) => ({
    period: 'custom',
    ...(start ? { from: start } : {}),
    ...(end ? { to: end } : {}),
  });
  return (
    <div className="filters">
      <div style={{ overflowX: 'auto' }}>
        <Segmented
          value={preset}
          options={PRESETS.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChange={(period) =>
            setParams(period === 'custom' ? days(from, to) : { period }, { replace: true })
          }
        />
      </div>
      {preset === 'custom' && (
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
          onChange={(chosen) =>
            setParams(days(chosen?.[0]?.format('YYYY-MM-DD'), chosen?.[1]?.format('YYYY-MM-DD')), {
              replace: true,
            })
          }
        />
      )}
    </div>
  );
}

interface Figure {
  readonly metric: Counted['metric'];
  readonly value: string;
  readonly note: string;
}

function Coverage({ view, open }: { view: QualityView; open: (counted: Counted) => void }) {
  const { t, i18n } = useTranslation('matches');
  const { coverage, fairness } = view;
  const { needs, capabilities } = coverage;
  const share = (value: number | null) => (value === null ? '—' : percent(value));
  const of = (part: number, whole: number) => t('quality.of', { part, whole });
  const figures: Figure[] = [
    { metric: 'covered-needs', value: share(needs.share), note: of(needs.covered, needs.published) },
    {
      metric: 'uncovered-needs',
      value: String(needs.published - needs.covered),
      note: t('quality.uncoveredNote'),
    },
    {
      metric: 'shown-capabilities',
      value: share(capabilities.share),
      note: of(capabilities.shown, capabilities.published),
    },
    {
      metric: 'unseen-capabilities',
      value: String(capabilities.published - capabilities.shown),
      note: t('quality.unseenNote'),
    },
    {
      metric: 'institutes',
      value: fairness.gini === null ? '—' : fairness.gini.toFixed(2),
      note: t('quality.fairnessNote', {
        institutes: fairness.institutes,
        exposures: fairness.exposures,
        top: share(fairness.topTenth),
      }),
    },
  ];
  return (
    <>
      <Row gutter={[12, 12]}>
        {figures.map(({ metric, value, note }) => (
          <Col xs={24} sm={12} lg={metric === 'institutes' ? 8 : 4} key={metric}>
            <Card
              size="small"
              hoverable
              role="button"
              tabIndex={0}
              style={{ height: '100%' }}
              onClick={() => open({ metric })}
              onKeyDown={(event) => event.key === 'Enter' && open({ metric })}
              data-testid={`quality-${metric}`}
            >
              <Statistic title={t(`quality.metric.${metric}`)} value={value} />
              <div style={{ color: '#6b7685', fontSize: 12 }}>{note}</div>
            </Card>
          </Col>
        ))}
      </Row>
      <div style={{ color: '#6b7685', fontSize: 12, marginTop: 8 }}>
        {i18n.language === 'en' ? fairness.definition.en : fairness.definition.zh}
      </div>
    </>
  );
}
