import {
  AFTER_PATTERN,
  BEFORE_PATTERN,
  comparatorAfter,
  comparatorBefore,
  settleBetter,
  type StatedComparator,
} from './comparator-words.js';
import type { Indicator, IndicatorComparator, ParsedIndicator } from './indicator.js';
import { isSymmetricRange } from './quantity-traits.js';
import { readIndicatorName } from './read-indicator-name.js';
import { NUMBER_PATTERN, readNumber, readUnit, unifySigns } from './read-quantity.js';

const QUANTITY = new RegExp(
  `(?:(?<op>${BEFORE_PATTERN})\\s?(?:了|到)?)?\\s?(?:约为?|大约)?\\s?(?<tolerance>±|\\+/-)?\\s?(?<number>${NUMBER_PATTERN})`,
  'gi',
);
const SECOND = new RegExp(`^\\s?(?<sign>~|-|至|到|±|\\+/-|to )\\s?(?<number>${NUMBER_PATTERN})`, 'i');
const SUFFIX = new RegExp(`^\\s?(${AFTER_PATTERN})`, 'i');

/** What stands at a number: values, unit and bounds, and where it ends. */
interface Quantity {
  op: StatedComparator | null;
  tolerance: boolean;
  value: number;
  second: { value: number; tolerance: boolean; loose: boolean } | null;
  unit: string | null;
  end: number;
}

function readSecond(
  text: string,
  at: number,
): { second: NonNullable<Quantity['second']>; end: number } | null {
  const match = SECOND.exec(text.slice(at, at + 60));
  const value = readNumber(match?.groups?.['number'] ?? '');
  if (!match || match.groups?.['number'] === undefined || Number.isNaN(value)) return null;
  const sign = match.groups['sign'] ?? '';
  return {
    second: { value, tolerance: sign === '±' || sign === '+/-', loose: sign === '-' },
    end: at + match[0].length,
  };
}

function readQuantity(text: string, match: RegExpExecArray): Quantity {
  const op = comparatorBefore(match.groups?.['op'] ?? '');
  let end = match.index + match[0].length;
  const firstUnit = readUnit(text.slice(end, end + 24), false);
  const further = readSecond(text, end + (firstUnit?.length ?? 0));
  const second = further?.second ?? null;
  let unit = firstUnit;
  if (further) {
    end = further.end;
    unit = readUnit(text.slice(end, end + 24), false);
    end += unit?.length ?? 0;
    unit ??= firstUnit;
  } else {
    unit ??= readUnit(text.slice(end, end + 24), op !== null);
    end += unit?.length ?? 0;
  }
  const suffix = second ? null : SUFFIX.exec(text.slice(end, end + 12));
  if (suffix) end += suffix[0].length;
  return {
    op: comparatorAfter(suffix?.[1] ?? '') ?? op,
    tolerance: match.groups?.['tolerance'] !== undefined,
    value: readNumber(match.groups?.['number'] ?? ''),
    second,
    unit: unit?.unit ?? null,
    end,
  };
}

/** Whether the number says something about a quantity at all: not a year, a standard's number, a count in passing. */
function isStatement(quantity: Quantity, name: string): boolean {
  const { op, second, unit, value } = quantity;
  if (Number.isNaN(value) || name === '') return false;
  if (unit === '年' && op === null && value >= 1900 && value < 2100) return false;
  return op !== null || quantity.tolerance || unit !== null || (second !== null && !second.loose);
}

/** 小目标(3m)发现距离≥1.5km: what stands in brackets amid a clause says under which condition, not what is wanted. */
const CONDITION_END = /^\s?\)(?![和与及或、,，;；。])\s*[\p{L}\d(]/u;

function isCondition(quantity: Quantity, signs: string, at: number): boolean {
  return (
    quantity.op === null &&
    quantity.second === null &&
    !quantity.tolerance &&
    /\(\s?$/.test(signs.slice(0, at)) &&
    CONDITION_END.test(signs.slice(quantity.end, quantity.end + 4))
  );
}

function boundsOf(
  quantity: Quantity,
  name: string,
): { comparator: IndicatorComparator; value: number; valueHigh: number | null } {
  const { value, second, op, unit } = quantity;
  if (second) {
    const low = second.tolerance ? value - second.value : Math.min(value, second.value);
    const high = second.tolerance ? value + second.value : Math.max(value, second.value);
    return { comparator: 'between', value: low, valueHigh: high };
  }
  if (quantity.tolerance && op === null && isSymmetricRange(name, unit))
    return { comparator: 'between', value: -Math.abs(value), valueHigh: Math.abs(value) };
  if (quantity.tolerance && (op === null || op === 'better' || op === 'eq'))
    return { comparator: 'le', value, valueHigh: null };
  return { comparator: settleBetter(op ?? 'eq', name, value, unit), value, valueHigh: null };
}

function readStatement(
  text: string,
  signs: string,
  match: RegExpExecArray,
  from: number,
): ParsedIndicator | null {
  const number = match.groups?.['number'] ?? '';
  const before = signs.charAt(match.index - 1);
  if (match.groups?.['op'] === undefined && /^[\dA-Za-z.]/.test(match[0]) && /[A-Za-z\d./^]/.test(before))
    return null;
  const named = readIndicatorName(signs.slice(from, match.index), from);
  const quantity = readQuantity(signs, match);
  if (number === '' || !isStatement(quantity, named.name)) return null;
  if (isCondition(quantity, signs, match.index)) return null;
  const raw = text.slice(named.start, quantity.end);
  const indicator: Indicator = {
    name: named.name,
    ...boundsOf(quantity, named.name),
    unit: quantity.unit,
    raw,
  };
  return { ...indicator, start: named.start, end: quantity.end };
}

/**
 * Technical indicators in free Chinese or English text, in order, without overlaps. `name` is what stands before the
 * number in its clause; ± without another number is a bound on the absolute value (`le`), `a±b` a range. A number
 * without unit, comparator and range, or without a name, says nothing. Never throws.
 */
export function parseIndicators(text: string): ParsedIndicator[] {
  const signs = unifySigns(text);
  const found: ParsedIndicator[] = [];
  const quantities = new RegExp(QUANTITY.source, QUANTITY.flags);
  let from = 0;
  for (let match = quantities.exec(signs); match; match = quantities.exec(signs)) {
    const indicator = readStatement(text, signs, match, from);
    if (!indicator) continue;
    found.push(indicator);
    from = indicator.end;
    quantities.lastIndex = indicator.end;
  }
  return found;
}
