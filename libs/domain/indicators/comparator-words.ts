import type { IndicatorComparator } from './indicator.js';
import { betterSide } from './quantity-traits.js';

/** `better`: 优于, whose direction depends on what is measured. */
export type StatedComparator = Exclude<IndicatorComparator, 'between'> | 'better';

const BEFORE: readonly (readonly [StatedComparator, string])[] = [
  ['ge', '大于或等于|大于等于|高于等于|至少|达到|≥|>=|=>|at least|greater than or equal to|minimum of'],
  [
    'le',
    '小于或等于|小于等于|低于等于|至多|最多|控制在|≤|<=|=<|at most|less than or equal to|up to|maximum of|within',
  ],
  ['gt', '大于|高于|超过|超出|多于|长于|>|greater than|more than|higher than|above|over|exceeding'],
  ['lt', '小于|低于|少于|短于|不足|不到|<|less than|lower than|below|under'],
  ['better', '优于|好于|better than'],
  ['eq', '等于|=|equal to'],
];

const AFTER: readonly (readonly [StatedComparator, string])[] = [
  ['ge', '及以上|或以上|以上|or more|or above|or higher'],
  ['le', '及以下|或以下|以下|以内|之内|or less|or below|or lower'],
];

/** 不能超过, 最好别高于, must not exceed: said against a bound on the one side, it sets one on the other. */
const REFUSED: Readonly<Record<'ge' | 'le', readonly string[]>> = {
  le: refusals(
    '大于|高于|超过|超出|超|多于|长于',
    'more|greater|higher|larger|longer',
    'above|over|exceed|exceeding',
  ),
  ge: refusals('小于|低于|少于|短于|不足', 'less|lower|fewer|smaller|shorter', 'below|under'),
};

function refusals(chinese: string, than: string, english: string): string[] {
  const said =
    '不能够|不能|不应该|不应当|不应|不宜|不可以|不可|不得|不要|不许|不准|不允许|不会|不|未|别|勿|禁止|严禁';
  const join = (first: string, second: string, space: string) =>
    first.split('|').flatMap((one) => second.split('|').map((other) => one + space + other));
  const compared = [...join(than, 'than', ' '), ...english.split('|')];
  return [...join(said, chinese, ''), ...join('not be|not|no|never be|never', compared.join('|'), ' ')];
}

function wordsOf(rows: readonly (readonly [StatedComparator, string])[]): Map<string, StatedComparator> {
  return new Map(
    rows.flatMap(([comparator, words]) => words.split('|').map((word) => [word, comparator] as const)),
  );
}

const before = new Map([
  ...wordsOf(BEFORE),
  ...REFUSED.le.map((word) => [word, 'le'] as const),
  ...REFUSED.ge.map((word) => [word, 'ge'] as const),
]);
const after = wordsOf(AFTER);

/** Alternatives of a pattern, longest first, so that 不大于 is not read as 大于. */
function alternatives(words: Iterable<string>): string {
  return [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|');
}

export const BEFORE_PATTERN = alternatives(before.keys());
export const AFTER_PATTERN = alternatives(after.keys());

export function comparatorBefore(word: string): StatedComparator | null {
  return before.get(word.toLowerCase()) ?? null;
}

export function comparatorAfter(word: string): StatedComparator | null {
  return after.get(word.toLowerCase()) ?? null;
}

/** 优于 5 m of an accuracy asks for less, 优于 95 % of a yield for more; `eq` where the name does not tell which. */
export function settleBetter(
  comparator: StatedComparator,
  name: string,
  value: number,
  unit: string | null,
): IndicatorComparator {
  if (comparator !== 'better') return comparator;
  return betterSide(name, value, unit) ?? 'eq';
}
