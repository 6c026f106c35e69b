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

/**
 * Pairs first shown in the period, one row per model version. What became of a pair belongs to the version that showed
 * it last before the first answer, so that it counts once however many versions showed the pair.
 */
export const SHOWN_PAIRS = `
  SELECT f.*, least(9, floor(f.score * 10))::int AS bin, o.mine AND o.interested AS interested,
         o.mine AND o.judged AS judged, o.mine AND m.mutual_at IS NOT NULL AS mutual,
         o.mine AND EXISTS (SELECT 1 FROM meeting t WHERE t.match_id = m.id AND t.status = 'held') AS met,
         o.mine AND EXISTS (SELECT 1 FROM deal d WHERE d.match_id = m.id AND d.signed_on IS NOT NULL
                            AND d.stage <> 'terminated') AS signed,
         m.need_id, m.capability_id
  FROM (${FIRST_SHOWN}) f JOIN match m ON m.id = f.match_id
  CROSS JOIN LATERAL (SELECT
    'interested' IN (m.need_answer, m.capability_answer) AS interested,
    m.need_answer IN ('interested', 'declined') OR m.capability_answer IN ('interested', 'declined') AS judged,
    f.model_version = (
      SELECT e.model_version FROM match_exposure e WHERE e.match_id = m.id
        AND e.shown_at <= least(CASE WHEN m.need_answer IN ('interested', 'declined') THEN m.need_answered_at END,
                                CASE WHEN m.capability_answer IN ('interested', 'declined') THEN m.capability_answered_at END)
      ORDER BY e.shown_at DESC, e.model_version DESC LIMIT 1) IS TRUE AS mine) o
  WHERE ${inPeriod('f.shown_at')}`;

const pairRows = (condition: string, quantity = '1') => `
  SELECT p.match_id || ' ' || p.model_version AS key, p.shown_at AS at, n.title || ' × ' || c.title AS title,
         nullif(concat_ws(' × ', no.name, co.name), '') AS organisation,
         concat_ws(' · ', p.model_version, '#' || p.rank, round(p.score::numeric, 3)::text) AS detail,
         ${quantity}::numeric AS quantity, '/matches/need/' || n.id || '?filter=all' AS link, p.model_version, p.bin
  FROM (${SHOWN_PAIRS}) p JOIN need n ON n.id = p.need_id LEFT JOIN organisation no ON no.id = n.organisation_id
  JOIN capability c ON c.id = p.capability_id LEFT JOIN organisation co ON co.id = c.organisation_id
  WHERE ${condition}`;

const IF_INTERESTED = 'CASE WHEN p.interested THEN 1 ELSE 0 END';

const COVERED = `(SELECT count(*) FROM match m WHERE m.need_id = n.id AND m.state = 'current' AND m.score > 0.3
  AND m.override IS DISTINCT FROM 'hidden') >= 3`;

const needRows = (condition: string) => `
  SELECT n.id::text AS key, coalesce(n.published_at, n.created_at) AS at, n.title, o.name AS organisation,
         n.need_no AS detail, 1::numeric AS quantity, '/matches/need/' || n.id || '?filter=all' AS link,
         NULL::text AS model_version, NULL::int AS bin
  FROM need n LEFT JOIN organisation o ON o.id = n.organisation_id
  WHERE n.status IN ('published', 'engaged') AND n.disclosure <> 'closed' AND ${condition}
    AND ($1::timestamptz IS NULL OR true) AND ($2::timestamptz IS NULL OR true)`;

const shownToNeeds = (capability: string) => `
  SELECT DISTINCT e.match_id FROM match_exposure e JOIN match m ON m.id = e.match_id
  WHERE m.capability_id = ${capability} AND e.side = 'need' AND ${inPeriod('e.shown_at')}`;

const capabilityRows = (condition: string) => `
  SELECT c.id::text AS key, coalesce(c.published_at, c.created_at) AS at, c.title, o.name AS organisation,
         c.capability_no AS detail, 1::numeric AS quantity, '/matches/capability/' || c.id || '?filter=all' AS link,
         NULL::text AS model_version, NULL::int AS bin
  FROM capability c LEFT JOIN organisation o ON o.id = c.organisation_id
  WHERE c.status = 'published' AND c.disclosure <> 'closed' AND ${condition} (${shownToNeeds('c.id')})`;

const INSTITUTE_ROWS = `
  SELECT o.id::text AS key, o.created_at AS at, o.name AS title, o.name AS organisation,
         count(DISTINCT c.id)::text AS detail, count(DISTINCT x.match_id)::numeric AS quantity,
         '/organisations/' || o.id AS link, NULL::text AS model_version, NULL::int AS bin
  FROM organisation o
  JOIN capability c ON c.organisation_id = o.id AND c.status = 'published' AND c.disclosure <> 'closed'
  LEFT JOIN LATERAL (${shownToNeeds('c.id')}) x ON true GROUP BY o.id`;

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
    rowsSql: needRows(COVERED),
  },
  'uncovered-needs': {
    name: { zh: '匹配不足的需求', en: 'Needs with too few matches' },
    rule: {
      zh: '现已发布的需求中，得分高于 0.3 的当前匹配少于 3 条的。',
      en: 'Needs published now that have fewer than three current matches above 0.3.',
    },
    rowsSql: needRows(`NOT ${COVERED}`),
  },
  'shown-capabilities': {
    name: { zh: '被展示过的成果', en: 'Capabilities shown' },
    rule: {
      zh: '现已发布的成果中，统计期内至少向需求方展示过一次的。',
      en: 'Capabilities published now that were shown to the side of a need in the period.',
    },
    rowsSql: capabilityRows('EXISTS'),
  },
  'unseen-capabilities': {
    name: { zh: '未被展示的成果', en: 'Capabilities never shown' },
    rule: {
      zh: '现已发布的成果中，统计期内从未向需求方展示过的。',
      en: 'Capabilities published now that were not shown to the side of any need in the period.',
    },
    rowsSql: capabilityRows('NOT EXISTS'),
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
