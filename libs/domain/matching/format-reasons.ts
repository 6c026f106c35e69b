import type { IndicatorComparator } from '#libs/domain/indicators/indicator.js';
import type { MatchReason, StatedBound } from './match-types.js';

export type ReasonLocale = 'zh-CN' | 'en';

/** Labels for codes of fields, modes and regions; a code without a label is shown as it is. */
export type CodeLabel = (list: 'field' | 'mode' | 'region', code: string) => string;

const SIGNS: Readonly<Record<IndicatorComparator, string>> = {
  lt: '<',
  le: '≤',
  eq: '',
  ge: '≥',
  gt: '>',
  between: '',
};

const WORDS = {
  'zh-CN': {
    terms: '共同术语: ',
    indicator: '指标',
    met: '满足',
    not_met: '不满足',
    unknown: '待确认',
    unstated: '未说明',
    maturity: '成熟度',
    field: '技术领域一致: ',
    mode: '合作方式可行: ',
    noMode: '合作方式不一致',
    sameRegion: '同一地区: ',
    nearRegion: '邻近地区: ',
    uncovered: '未覆盖: ',
  },
  en: {
    terms: 'Shared terms: ',
    indicator: 'Indicator',
    met: 'meets',
    not_met: 'does not meet',
    unknown: 'to be confirmed against',
    unstated: 'not stated',
    maturity: 'Maturity',
    field: 'Same technical field: ',
    mode: 'Workable cooperation: ',
    noMode: 'No common way of cooperation',
    sameRegion: 'Same region: ',
    nearRegion: 'Neighbouring region: ',
    uncovered: 'Not covered: ',
  },
} as const;

/** A bound as people write it: ≤0.05m, 5~10 kPa becomes 5~10kPa. */
export function formatBound({ comparator, value, valueHigh, unit }: StatedBound): string {
  const number = comparator === 'between' ? `${value}~${valueHigh ?? value}` : String(value);
  return `${SIGNS[comparator]}${number}${unit ?? ''}`;
}

function formatReason(reason: MatchReason, locale: ReasonLocale, label: CodeLabel): string {
  const words = WORDS[locale];
  const listed = (list: 'field' | 'mode' | 'region', codes: readonly string[]) =>
    codes.map((code) => label(list, code)).join(', ');
  switch (reason.kind) {
    case 'terms':
      return words.terms + reason.terms.map(({ term }) => term).join(', ');
    case 'indicator': {
      const offer = reason.capability ? formatBound(reason.capability) : words.unstated;
      const verdict = reason.capability ? words[reason.outcome] : words.unknown;
      return `${words.indicator} ${reason.name} ${offer} ${verdict} ${formatBound(reason.need)}`;
    }
    case 'maturity':
      return `${words.maturity} ${reason.have} ${reason.met ? '≥' : '<'} ${reason.want}`;
    case 'field':
      return words.field + listed('field', reason.codes);
    case 'mode':
      return reason.compatible ? words.mode + listed('mode', reason.codes) : words.noMode;
    case 'region':
      return (reason.same ? words.sameRegion : words.nearRegion) + label('region', reason.code);
    case 'uncovered':
      return words.uncovered + reason.terms.join(', ');
  }
}

/** One line per reason, in the reasons' order. */
export function formatReasons(
  reasons: readonly MatchReason[],
  locale: ReasonLocale,
  label: CodeLabel = (_list, code) => code,
): string[] {
  return reasons.map((reason) => formatReason(reason, locale, label));
}
