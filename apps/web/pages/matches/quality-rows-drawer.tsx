import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Drawer, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import {
  qualityRowPage,
  type QualityRowsQuery,
  type qualityMetric,
} from '#libs/contracts/matching/match-quality.js';
import type { NumberRow } from '#libs/contracts/numbers/numbers.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';

/** Which number's rows; of a model version and a bin of its scores, when it has them. */
export interface Counted {
  readonly metric: z.infer<typeof qualityMetric>;
  readonly modelVersion?: string;
  readonly bin?: number;
}

interface Props {
  /** null = closed. */
  counted: Counted | null;
  period: Pick<QualityRowsQuery, 'from' | 'to'>;
  /** How the number is counted. */
  rule: string | undefined;
  close: () => void;
}

/** The rows that one number of match quality counts, with the rule by which it counts them. */
export function QualityRowsDrawer({ counted, period, rule, close }: Props) {
  const { t } = useTranslation('matches');
  return (
    <Drawer
      open={counted !== null}
      onClose={close}
      size="min(720px, 100vw)"
      title={counted === null ? '' : t(`quality.metric.${counted.metric}`)}
      destroyOnHidden
    >
      {counted !== null && (
        <>
          {counted.modelVersion !== undefined && (
            <Typography.Paragraph type="secondary">
              {t('quality.version')}
              {t('shell:colon')}
              {counted.modelVersion}
              {counted.bin !== undefined && ` · ${binLabel(counted.bin)}`}
            </Typography.Paragraph>
          )}
          {rule !== undefined && <Alert type="info" title={rule} style={{ marginBottom: 12 }} />}
          <Rows counted={counted} period={period} />
        </>
      )}
    </Drawer>
  );
}

/** Bin 3 holds scores of 30 to 40 %. */
export const binLabel = (bin: number): string => `${bin * 10}–${(bin + 1) * 10}%`;

function Rows({ counted, period }: { counted: Counted; period: Props['period'] }) {
  const { t } = useTranslation('matches');
  const [page, setPage] = useState(1);
  const values = { ...period, ...counted, page, pageSize: 50 };
  const query = useQuery({
    queryKey: ['match-quality', 'rows', values],
    queryFn: () => api.get(`/organizer/match-quality/rows${queryString(values)}`, qualityRowPage),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <Typography.Paragraph type="secondary" data-testid="quality-rows-total">
            {t('shell:total', { count: data.total })}
          </Typography.Paragraph>
          <PagedList data={data} gap={0} onPage={setPage} empty={<EmptyState text={t('quality.noRows')} />}>
            {(row) => <Line key={row.key} row={row} metric={counted.metric} />}
          </PagedList>
        </>
      )}
    </Loaded>
  );
}

function Line({ row, metric }: { row: NumberRow; metric: Counted['metric'] }) {
  const { t } = useTranslation('matches');
  const format = useFormat();
  const isInstitute = metric === 'institutes';
  const judged = metric === 'precision-at-5' || metric === 'calibration';
  const detail = isInstitute ? t('quality.capabilities', { count: Number(row.detail ?? 0) }) : row.detail;
  const organisation = isInstitute || row.organisation === row.title ? null : row.organisation;
  return (
    <Flex justify="space-between" gap={12} style={{ padding: '8px 0', borderBottom: '1px solid #f0f0f0' }}>
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {row.link === null ? row.title : <Link to={row.link}>{row.title}</Link>}
        <div style={{ color: '#6b7685', fontSize: 12 }}>
          {[isInstitute ? null : format.day(row.at), organisation, detail].filter(Boolean).join(' · ')}
        </div>
      </div>
      {isInstitute && (
        <span style={{ whiteSpace: 'nowrap' }}>{t('quality.times', { count: Number(row.quantity) })}</span>
      )}
      {judged && (
        <span style={{ whiteSpace: 'nowrap' }}>
          {t(Number(row.quantity) === 1 ? 'answer.interested' : 'quality.noInterest')}
        </span>
      )}
    </Flex>
  );
}
