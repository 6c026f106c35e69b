import { formatBound } from '#libs/domain/indicators/format-bound.js';
import { formatAdvice } from './advise-match.js';
import { formatFact, formatWorks } from './format-facts.js';
import type { MatchReason, StatedBound } from './match-types.js';

export type ReasonLocale = 'zh-CN' | 'en';

/**
 * Labels for codes of fields, modes and regions, and of the code list of a stated fact by its name; a code without a
 * label is shown as it is.
 */
export type CodeLabel = (list: 'field' | 'mode' | 'region' | (string & {}), code: string) => string;

const WORDS = {
  'zh-CN': {
    terms: '共同术语：',
    also: (term: string, other: string) => `${term}（即${other}）`,
    indicator: '指标',
    met: '满足',
    not_met: '不满足',
    unknown: '指标待确认：',
    unclear: {
      stated: '已说明，需确认',
      range: '已说明，需确认：单个数值不能说明整个范围',
      name: '已说明，需确认是否为同一指标',
      unit: '已说明，需确认：单位不同，无法比较',
      direction: '已说明，需确认：数值方向不明',
      overlap: '已说明，需确认：所给界限未达到需求',
      part: '已说明，需确认：所给范围只有一部分符合需求',
      opposite: {
        below: '已说明，需确认：所给的是上限，要求的是下限',
        above: '已说明，需确认：所给的是下限，要求的是上限',
      },
    },
    supposed: { met: '（若是则满足）', not_met: '（若是则不满足）' },
    asked: '，需求为 ',
    comma: '、',
    maturity: '成熟度',
    price: {
      within: '报价在预算之内',
      partly: '报价部分在预算之内',
      above: '报价高于预算',
    },
    field: '技术领域一致：',
    crosswalk: '经对照表：',
    mode: '合作方式可行：',
    noMode: '合作方式不一致',
    sameRegion: '同一地区：',
    nearRegion: '邻近地区：',
    uncovered: '未提及：',
    duplicates: '该机构另有相近成果未重复列出：',
    deferred: '排序靠后，因同一机构同一主题已先列出：',
  },
  en: {
    terms: 'Shared terms: ',
    also: (term: string, other: string) => `${term} (the same as ${other})`,
    indicator: 'Indicator',
    met: 'meets',
    not_met: 'does not meet',
    unknown: 'Indicators to be confirmed: ',
    unclear: {
      stated: 'is stated, to be confirmed',
      range: 'is stated, to be confirmed: one value does not say the whole range',
      name: 'is stated, to be confirmed whether it is the same indicator',
      unit: 'is stated, to be confirmed: the units do not compare',
      direction: 'is stated, to be confirmed: the direction is not clear',
      overlap: 'is stated, to be confirmed: its bound falls short of what is asked',
      part: 'is stated, to be confirmed: only a part of its range meets what is asked',
      opposite: {
        below: 'is stated, to be confirmed: an upper bound, where a lower one is asked',
        above: 'is stated, to be confirmed: a lower bound, where an upper one is asked',
      },
    },
    supposed: { met: ' (if so, it is met)', not_met: ' (if so, it is not met)' },
    asked: '; asked for: ',
    comma: ', ',
    maturity: 'Maturity',
    price: {
      within: 'Priced within the budget',
      partly: 'Priced partly within the budget',
      above: 'Priced above the budget',
    },
    field: 'Same technical field: ',
    crosswalk: 'By a crosswalk: ',
    mode: 'Workable cooperation: ',
    noMode: 'No common way of cooperation',
    sameRegion: 'Same region: ',
    nearRegion: 'Neighbouring region: ',
    uncovered: 'Not mentioned: ',
    duplicates: 'Similar capabilities of the same organisation, not listed again: ',
    deferred: 'Listed later, as so many of the same organisation on the same theme come first: ',
  },
} as const;

type IndicatorReason = Extract<MatchReason, { kind: 'indicator' }>;

const sideOf = (bound: StatedBound | null): 'above' | 'below' | null =>
  bound?.comparator === 'ge' || bound?.comparator === 'gt'
    ? 'above'
    : bound?.comparator === 'le' || bound?.comparator === 'lt'
      ? 'below'
      : null;

/** How far a bound meets what is asked for that neither lies within it nor outside. */
function overlapWords({ need, capability }: IndicatorReason, locale: ReasonLocale): string {
  const { unclear: words } = WORDS[locale];
  if (capability?.comparator === 'between') return words.part;
  const [asked, offered] = [sideOf(need), sideOf(capability)];
  return asked !== null && offered !== null && asked !== offered ? words.opposite[offered] : words.overlap;
}

function unclearWords(reason: IndicatorReason, locale: ReasonLocale): string {
  const { unclear, supposed } = reason;
  const { unclear: words, supposed: ifSame } = WORDS[locale];
  if (unclear === 'overlap') return overlapWords(reason, locale);
  if (unclear === 'name') return words.name + (supposed ? ifSame[supposed] : '');
  if (unclear === 'range' || unclear === 'direction') return words[unclear];
  return unclear === 'unit' || unclear === 'dimension' ? words.unit : words.stated;
}

/** 指标 抗拉强度 960MPa 满足 ≥500MPa, by the capability's own name where it has another; null when it states none. */
function formatIndicator(reason: IndicatorReason, locale: ReasonLocale): string | null {
  const words = WORDS[locale];
  if (reason.capability === null) return null;
  const own = reason.capabilityName ?? reason.name;
  const stated = `${words.indicator} ${own} ${formatBound(reason.capability)}`;
  const asked = own === reason.name ? formatBound(reason.need) : `${reason.name} ${formatBound(reason.need)}`;
  if (reason.outcome !== 'unknown') return `${stated} ${words[reason.outcome]} ${asked}`;
  return `${stated} ${unclearWords(reason, locale)}${words.asked}${asked}`;
}

/** Null for an indicator that the capability does not state. */
function formatReason(reason: MatchReason, locale: ReasonLocale, label: CodeLabel): string | null {
  const words = WORDS[locale];
  const listed = (list: string, codes: readonly string[]) =>
    codes.map((code) => label(list, code)).join(words.comma);
  switch (reason.kind) {
    case 'terms':
      return (
        words.terms +
        reason.terms.map(({ term, also }) => (also ? words.also(term, also) : term)).join(words.comma)
      );
    case 'indicator':
      return formatIndicator(reason, locale);
    case 'maturity':
      return `${words.maturity} ${reason.have} ${reason.met ? '≥' : '<'} ${reason.want}`;
    case 'price':
      return words.price[reason.fit];
    case 'field':
      return words.field + listed('field', reason.codes);
    case 'crosswalk':
      return `${words.crosswalk}${label(reason.list, reason.from)} → ${listed('field', reason.codes)}`;
    case 'mode':
      return reason.compatible ? words.mode + listed('mode', reason.codes) : words.noMode;
    case 'region':
      return (reason.same ? words.sameRegion : words.nearRegion) + label('region', reason.code);
    case 'fact':
      return formatFact(reason, locale, listed);
    case 'works':
      return formatWorks(reason, locale);
    case 'uncovered':
      return words.uncovered + reason.terms.join(words.comma);
    case 'duplicates':
      return words.duplicates + String(reason.capabilityIds.length);
    case 'deferred':
      return words.deferred + String(reason.behind);
    case 'advice':
      return formatAdvice(reason, locale);
  }
}

/** Indicators of the need that the capability does not state: "工作深度 ≥300m". */
function openIndicators(reasons: readonly MatchReason[]): string[] {
  return reasons.flatMap((reason) =>
    reason.kind === 'indicator' && reason.capability === null
      ? [`${reason.name} ${formatBound(reason.need)}`]
      : [],
  );
}

/** One line per reason, in the reasons' order; indicators that the capability does not state share one line. */
export function formatReasons(
  reasons: readonly MatchReason[],
  locale: ReasonLocale,
  label: CodeLabel = (_list, code) => code,
): string[] {
  const { unknown, comma } = WORDS[locale];
  const open = unknown + openIndicators(reasons).join(comma);
  return [...new Set(reasons.map((reason) => formatReason(reason, locale, label) ?? open))];
}
