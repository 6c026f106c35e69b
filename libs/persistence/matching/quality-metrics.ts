import { MEETING_MATCHES } from '../meetings/meeting-matches.js';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A number of match quality. Its rows have the columns of the dashboard's numbers; the number is their sum or count. */
export interface QualityMetricRule {
  readonly name: Words;
  readonly rule: Words;
  /**
   * SQL of the rows: key, at, title, organisation, detail, quantity, link, model_version (null where it means nothing)
   * and bin (0..9 of the score when shown, or null). $1 and $2 bound the period, half-open; null leaves a side open.
   */
  readonly rowsSql: string;
}

const inPeriod = (time: string) =>
  `($1::timestamptz IS NULL OR ${time} >= $1) AND ($2::timestamptz IS NULL OR ${time} < $2)`;

/** By pair and model version: when first shown and opened, with the score and rank of the first time. */
const FIRST_SHOWN = `
  SELECT match_id, model_version, min(shown_at) AS shown_at, min(viewed_at) AS viewed_at, min(rank) AS rank,
         (array_agg(score ORDER BY shown_at, side))[1] AS score
  FROM match_exposure GROUP BY match_id, model_version`;

const JUDGED = (side: 'need' | 'capability') => `m.${side}_answer IN ('interested', 'declined')`;
const ANSWERED_AT = `least(CASE WHEN ${JUDGED('need')} THEN m.need_answered_at END,
                           CASE WHEN ${JUDGED('capability')} THEN m.capability_answered_at END)`;

/**
 * Pairs first shown in the period, one row per model version. What became of a pair belongs to the version that came
 * to show it last before the first answer, so that it counts once however many versions showed the pair.
 */
export const SHOWN_PAIRS = `
  SELECT s.match_id, s.model_version, s.shown_at, s.viewed_at, s.rank, s.score, s.need_id, s.capability_id,
         least(9, floor(s.score * 10))::int AS bin, s.mine AS judged, s.mine AND s.wanted AS interested,
         s.mine AND s.mutual_at IS NOT NULL AS mutual, s.mine AND met.match_id IS NOT NULL AS met,
         s.mine AND signed.match_id IS NOT NULL AS signed
  FROM (
    SELECT f.*, m.need_id, m.capability_id, m.mutual_at,
           'interested' IN (m.need_answer, m.capability_answer) AS wanted,
           (f.shown_at <= ${ANSWERED_AT}) IS TRUE AND 1 = row_number() OVER (
             PARTITION BY f.match_id, (f.shown_at <= ${ANSWERED_AT}) IS TRUE
             ORDER BY f.shown_at DESC, f.model_version DESC) AS mine
    FROM (${FIRST_SHOWN}) f JOIN match m ON m.id = f.match_id) s
  LEFT JOIN (SELECT DISTINCT match_id FROM ${MEETING_MATCHES} t WHERE status = 'held') met ON met.match_id = s.match_id
  LEFT JOIN (SELECT DISTINCT match_id FROM deal WHERE signed_on IS NOT NULL AND stage <> 'terminated') signed
    ON signed.match_id = s.match_id
  WHERE ${inPeriod('s.shown_at')}`;

const pairRows = (condition: string, quantity = '1') => `
  SELECT p.match_id || ' ' || p.model_version AS key, p.shown_at AS at, n.title || ' × ' || c.title AS title,
         nullif(concat_ws(' × ', no.name, co.name), '') AS organisation,
         concat_ws(' · ', p.model_version, '#' || p.rank, round(p.score::numeric, 3)::text) AS detail,
         ${quantity}::numeric AS quantity, '/matches/need/' || n.id || '?filter=all' AS link, p.model_version, p.bin
  FROM (${SHOWN_PAIRS}) p JOIN need n ON n.id = p.need_id LEFT JOIN organisation no ON no.id = n.organisation_id
  JOIN capability c ON c.id = p.capability_id LEFT JOIN organisation co ON co.id = c.organisation_id
  WHERE ${condition}`;

const IF_INTERESTED = 'CASE WHEN p.interested THEN 1 ELSE 0 END';

const needRows = (condition: string) => `
  SELECT n.id::text AS key, coalesce(n.published_at, n.created_at) AS at, n.title, o.name AS organisation,
         n.need_no AS detail, 1::numeric AS quantity, '/matches/need/' || n.id || '?filter=all' AS link,
         NULL::text AS model_version, NULL::int AS bin
  FROM need n LEFT JOIN organisation o ON o.id = n.organisation_id
  LEFT JOIN (SELECT need_id, count(*) AS good FROM match
             WHERE state = 'current' AND score > 0.3 AND override IS DISTINCT FROM 'hidden' GROUP BY need_id) g
    ON g.need_id = n.id
  WHERE n.status IN ('published', 'engaged') AND n.disclosure <> 'closed' AND coalesce(g.good, 0) ${condition}
    AND ($1::timestamptz IS NULL OR true) AND ($2::timestamptz IS NULL OR true)`;

/** By capability: pairs with it that were shown to the needs' sides in the period. */
const SHOWN_TO_NEEDS = `
  SELECT m.capability_id, count(DISTINCT m.id) AS pairs FROM match_exposure e JOIN match m ON m.id = e.match_id
  WHERE e.side = 'need' AND ${inPeriod('e.shown_at')} GROUP BY m.capability_id`;

const OFFERED = "c.status = 'published' AND c.disclosure <> 'closed'";

const capabilityRows = (condition: string) => `
  SELECT c.id::text AS key, coalesce(c.published_at, c.created_at) AS at, c.title, o.name AS organisation,
         c.capability_no AS detail, 1::numeric AS quantity, '/matches/capability/' || c.id || '?filter=all' AS link,
         NULL::text AS model_version, NULL::int AS bin
  FROM capability c LEFT JOIN organisation o ON o.id = c.organisation_id
  LEFT JOIN (${SHOWN_TO_NEEDS}) x ON x.capability_id = c.id
  WHERE ${OFFERED} AND x.pairs ${condition}`;

const INSTITUTE_ROWS = `
  SELECT o.id::text AS key, o.created_at AS at, o.name AS title, o.name AS organisation, count(*)::text AS detail,
         coalesce(sum(x.pairs), 0)::numeric AS quantity, '/organisations/' || o.id AS link,
         NULL::text AS model_version, NULL::int AS bin
  FROM organisation o JOIN capability c ON c.organisation_id = o.id AND ${OFFERED}
  LEFT JOIN (${SHOWN_TO_NEEDS}) x ON x.capability_id = c.id GROUP BY o.id`;

/** By code, in the order in which they are shown. */
export const qualityMetrics = {
  shown: {
    name: { zh: '已展示', en: 'Shown' },
    rule: {
      zh: '统计期内首次在供需任一方的匹配列表中出现的组合，按模型版本各计 1。',
      en: 'Pairs that first appeared in a list of either side in the period, once per model version.',
    },
    rowsSql: pairRows('true'),
  },
  viewed: {
    name: { zh: '已查看', en: 'Viewed' },
    rule: {
      zh: '其中至少一方打开过详情的组合。',
      en: 'Those that at least one side opened.',
    },
    rowsSql: pairRows('p.viewed_at IS NOT NULL'),
  },
  interested: {
    name: { zh: '有意向', en: 'Interested' },
    rule: {
      zh: '其中至少一方表示有意向的组合；结果归首次答复前最后展示它的模型版本，只计一次。',
      en: 'Those in which at least one side is interested; counted once, for the version that showed the pair last before the first answer.',
    },
    rowsSql: pairRows('p.interested'),
  },
  mutual: {
    name: { zh: '双方有意向', en: 'Mutual' },
    rule: { zh: '其中双方都有意向的组合。', en: 'Those in which both sides are interested.' },
    rowsSql: pairRows('p.mutual'),
  },
  met: {
    name: { zh: '已洽谈', en: 'Met' },
    rule: { zh: '其中举行过一对一洽谈的组合。', en: 'Those whose sides met at a 1:1 meeting that was held.' },
    rowsSql: pairRows('p.met'),
  },
  signed: {
    name: { zh: '已签约', en: 'Signed' },
    rule: {
      zh: '其中签订了合同且未终止的组合。',
      en: 'Those with a signed contract that was not terminated.',
    },
    rowsSql: pairRows('p.signed'),
  },
  'precision-at-5': {
    name: { zh: '前五准确率', en: 'Precision at 5' },
    rule: {
      zh: '展示时排在该需求前五、且有一方表示有意向或暂不考虑的组合中，有意向的占比。',
      en: 'Of the pairs among a need’s first five when shown that somebody accepted or declined, the share with interest.',
    },
    rowsSql: pairRows('p.judged AND p.rank <= 5', IF_INTERESTED),
  },
  calibration: {
    name: { zh: '得分校准', en: 'Calibration' },
    rule: {
      zh: '按展示时的得分分为十档，比较各档已答复组合的平均得分与有意向的占比；两者相近说明得分可信。',
      en: 'Answered pairs in ten bins of the score when shown: the mean score beside the share with interest. Close together, the score can be trusted.',
    },
    rowsSql: pairRows('p.judged', IF_INTERESTED),
  },
  'covered-needs': {
    name: { zh: '有足够匹配的需求', en: 'Needs with enough matches' },
    rule: {
      zh: '现已发布的需求中，得分高于 0.3 的当前匹配不少于 3 条的。',
      en: 'Needs published now that have at least three current matches above 0.3.',
    },
    rowsSql: needRows('>= 3'),
  },
  'uncovered-needs': {
    name: { zh: '匹配不足的需求', en: 'Needs with too few matches' },
    rule: {
      zh: '现已发布的需求中，得分高于 0.3 的当前匹配少于 3 条的。',
      en: 'Needs published now that have fewer than three current matches above 0.3.',
    },
    rowsSql: needRows('< 3'),
  },
  'shown-capabilities': {
    name: { zh: '被展示过的成果', en: 'Capabilities shown' },
    rule: {
      zh: '现已发布的成果中，统计期内至少向需求方展示过一次的。',
      en: 'Capabilities published now that were shown to the side of a need in the period.',
    },
    rowsSql: capabilityRows('IS NOT NULL'),
  },
  'unseen-capabilities': {
    name: { zh: '未被展示的成果', en: 'Capabilities never shown' },
    rule: {
      zh: '现已发布的成果中，统计期内从未向需求方展示过的。',
      en: 'Capabilities published now that were not shown to the side of any need in the period.',
    },
    rowsSql: capabilityRows('IS NULL'),
  },
  institutes: {
    name: { zh: '机构展示次数', en: 'Exposures of institutes' },
    rule: {
      zh: '有已发布成果的每家机构，其成果在统计期内向需求方展示的组合数；一个组合计一次，从未展示的机构计 0。',
      en: 'For each organisation with published capabilities: pairs with them shown to the side of a need in the period, each pair once; organisations never shown count 0.',
    },
    rowsSql: INSTITUTE_ROWS,
  },
} as const satisfies Record<string, QualityMetricRule>;

export type QualityMetricCode = keyof typeof qualityMetrics;
