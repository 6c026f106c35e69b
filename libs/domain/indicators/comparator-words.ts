import type { IndicatorComparator } from './indicator.js';
import { betterSide } from './quantity-traits.js';

/** `better`: 优于, whose direction depends on what is measured. */
export type StatedComparator = Exclude<IndicatorComparator, 'between'> | 'better';

const BEFORE: readonly (readonly [StatedComparator, string])[] = [
  [
    'ge',
    '不小于|不低于|不少于|不短于|不得小于|不得低于|不得少于|大于或等于|大于等于|高于等于|至少|达到|≥|>=|=>|at least|not less than|no less than|greater than or equal to|minimum of',
  ],
  [
    'le',
    '不大于|不高于|不超过|不多于|不长于|不得大于|不得高于|不得超过|小于或等于|小于等于|低于等于|至多|最多|控制在|≤|<=|=<|at most|not more than|no more than|not greater than|less than or equal to|up to|maximum of|within',
  ],
  ['gt', '大于|高于|超过|多于|长于|>|greater than|more than|higher than|above|over|exceeding'],
  ['lt', '小于|低于|少于|短于|<|less than|lower than|below|under'],
  ['better', '优于|好于|better than'],
  ['eq', '等于|=|equal to'],
];

const AFTER: readonly (readonly [StatedComparator, string])[] = [
  ['ge', '及以上|或以上|以上|or more|or above|or higher'],
  ['le', '及以下|或以下|以下|以内|之内|or less|or below|or lower'],
];

function wordsOf(rows: readonly (readonly [StatedComparator, string])[]): Map<string, StatedComparator> {
  return new Map(
    rows.flatMap(([comparator, words]) => words.split('|').map((word) => [word, comparator] as const)),
  );
}

const before = wordsOf(BEFORE);
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
