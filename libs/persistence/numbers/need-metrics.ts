import { MEETING_MATCHES } from '../meetings/meeting-matches.js';
import { inPeriod, type FilterSql, type Metric, type Words } from './metric.js';

/** Needs have no programme of their own: one belongs to those at whose events it led to a meeting or a deal. */
export const needOfProgramme = ({ programme }: Pick<FilterSql, 'programme'>): string => `
  (${programme} IS NULL
   OR EXISTS (SELECT 1 FROM ${MEETING_MATCHES} pm JOIN event pe ON pe.id = pm.event_id
              WHERE pm.need_id = n.id AND pm.status <> 'cancelled' AND pe.programme_id = ${programme})
   OR EXISTS (SELECT 1 FROM deal pd JOIN event pe ON pe.id = pd.event_id
              WHERE pd.need_id = n.id AND pe.programme_id = ${programme}))`;

const PROGRAMME_ZH = '按活动品牌统计时，计在该品牌活动中安排过洽谈或登记过对接的需求。';
const PROGRAMME_EN = 'Of one programme: needs that led to a meeting or a deal at one of its events.';

interface NeedMetric {
  readonly code: string;
  readonly name: Words;
  readonly rule: Words;
  /** Instant that dates a need; NULL = the need is not counted. */
  readonly at: string;
  readonly join?: string;
}

const needMetric = ({ code, name, rule, at, join = '' }: NeedMetric): Metric => ({
  code,
  kind: 'count',
  name,
  unit: { zh: '项', en: 'needs' },
  rule: { zh: rule.zh + PROGRAMME_ZH, en: `${rule.en} ${PROGRAMME_EN}` },
  row: { zh: '需求', en: 'Need' },
  additive: true,
  // One need may meet partners in several programmes.
  additiveByProgramme: false,
  rowsSql: (filter) => `
    SELECT n.id::text AS key, ${at} AS at, n.title, o.name AS organisation,
           (SELECT string_agg(DISTINCT pr.name, '、') FROM ${MEETING_MATCHES} pm JOIN event pe ON pe.id = pm.event_id
            JOIN programme pr ON pr.id = pe.programme_id
            WHERE pm.need_id = n.id AND pm.status <> 'cancelled') AS programme,
           n.need_no AS detail, 1::numeric AS quantity, '/needs/' || n.id AS link
    FROM need n LEFT JOIN organisation o ON o.id = n.organisation_id ${join}
    WHERE n.request_kind = 'technology' AND ${at} IS NOT NULL AND ${inPeriod(at, filter)} AND ${needOfProgramme(filter)}`,
});

export const needMetrics: readonly Metric[] = [
  needMetric({
    code: 'needs_collected',
    name: { zh: '征集需求', en: 'Needs collected' },
    rule: {
      zh: '统计期内提交或导入（已编号）的技术需求，每项按首次提交（导入）日期计 1；未提交的草稿不计。',
      en: 'Technology needs submitted or imported (numbered) in the period; drafts never submitted are not counted.',
    },
    at: 'CASE WHEN n.need_no IS NOT NULL OR n.submitted_at IS NOT NULL THEN coalesce(n.submitted_at, n.created_at) END',
  }),
  needMetric({
    code: 'needs_published',
    name: { zh: '发布需求', en: 'Needs published' },
    rule: {
      zh: '统计期内审核通过并发布的技术需求，按发布日期计。',
      en: 'Technology needs published in the period after review.',
    },
    at: 'n.published_at',
  }),
  needMetric({
    code: 'needs_matched',
    name: { zh: '达成互选', en: 'Needs matched' },
    rule: {
      zh: '与至少一项成果互相表示意向的技术需求，按首次互选日期计，每项计 1。',
      en: 'Needs with mutual interest in at least one capability, dated by the first; each counts 1.',
    },
    at: 'fm.first_mutual_at',
    join: `JOIN (SELECT need_id, min(mutual_at) AS first_mutual_at FROM match WHERE mutual_at IS NOT NULL
                 GROUP BY need_id) fm ON fm.need_id = n.id`,
  }),
  needMetric({
    code: 'needs_accepted',
    name: { zh: '解决需求', en: 'Needs solved' },
    rule: {
      zh: '由提出需求的单位本身确认已解决的技术需求，按确认日期计；他人不能代为确认。',
      en: 'Needs that the organisation which raised them accepted as solved, dated by its word; nobody else can give it.',
    },
    at: 'na.created_at',
    join: 'JOIN need_acceptance na ON na.need_id = n.id',
  }),
];
