import type { FactorCode, MatchReason } from './match-types.js';

type Fact = Extract<MatchReason, { kind: 'fact' }>;
type Works = Extract<MatchReason, { kind: 'works' }>;
type Locale = 'zh-CN' | 'en';
type Words = readonly [fits: string, differs: string, nearly?: string];

/** What comes before the codes or figures of a fact: when it fits, when it does not, and when it nearly does. */
const FACTS: Readonly<Record<Locale, Partial<Record<FactorCode, Words>>>> = {
  'zh-CN': {
    title: ['职称：', '职称：'],
    availability: ['可投入时间：', '可投入时间较少：'],
    load: ['在谈数/上限：', '在谈较多：'],
    recency: ['最近成果：', '最近成果较早：'],
    grade: ['适合学段：', '学段不同：'],
    subject: ['对应学科：', '学科不同：'],
    venue: ['开展方式：', '开展方式不同：'],
    group: ['可容纳人数：', '人数范围不同：'],
    dates: ['可安排日期：', '日期不合：'],
    amount: ['额度覆盖（万元）：', '额度不合（万元）：', '额度相近（万元）：'],
    financing: ['融资方式一致：', '融资方式不同：'],
    security: ['增信方式可行：', '增信方式不同：'],
    stage: ['适用企业阶段：', '适用企业阶段不同：'],
    qualification: ['符合资质条件：', '要求资质：'],
    revenue: ['适用营收规模：', '适用营收规模不同：'],
    term: ['期限覆盖（月）：', '期限不合（月）：'],
  },
  en: {
    title: ['Title: ', 'Title: '],
    availability: ['Available: ', 'Little time left: '],
    load: ['Open talks of those possible: ', 'Many talks under way: '],
    recency: ['Latest work: ', 'Latest work some years ago: '],
    grade: ['For grades: ', 'Other grades: '],
    subject: ['School subject: ', 'Other subjects: '],
    venue: ['Place: ', 'Another place: '],
    group: ['Group size: ', 'Another group size: '],
    dates: ['To be had: ', 'Other days: '],
    amount: [
      'Lends (10,000 CNY): ',
      'Another amount (10,000 CNY): ',
      'Lends nearly the amount (10,000 CNY): ',
    ],
    financing: ['Kind of financing: ', 'Another kind of financing: '],
    security: ['Security accepted: ', 'Asks for another security: '],
    stage: ['For enterprises in stage: ', 'For another stage: '],
    qualification: ['Meets the condition: ', 'Asks for: '],
    revenue: ['For a revenue of: ', 'For another revenue: '],
    term: ['Term (months): ', 'Another term (months): '],
  },
};

const KINDS = {
  'zh-CN': { paper: '论文', project: '项目', patent: '专利', standard: '标准' },
  en: { paper: 'paper', project: 'project', patent: 'patent', standard: 'standard' },
} as const;

/** 适合学段：小学3–4年级、小学5–6年级 */
export function formatFact(
  { factor, fits, nearly, list, codes, stated }: Fact,
  locale: Locale,
  listed: (list: string, codes: readonly string[]) => string,
): string {
  const words = FACTS[locale][factor];
  const said = list === null ? (stated ?? '') : listed(list, codes);
  if (words === undefined) return said;
  const [yes, no, roughly = yes] = words;
  return (nearly ? roughly : fits ? yes : no) + said;
}

/** 代表作相关：《…》（论文，2023） */
export function formatWorks({ works }: Works, locale: Locale): string {
  const chinese = locale === 'zh-CN';
  const each = works.map(({ title, workKind, year }) => {
    const kind = KINDS[locale][workKind];
    const about = year === null ? kind : chinese ? `${kind}，${year}` : `${kind}, ${year}`;
    return chinese ? `《${title}》（${about}）` : `“${title}” (${about})`;
  });
  return chinese ? `相关代表作：${each.join('、')}` : `Works close to this: ${each.join(', ')}`;
}
