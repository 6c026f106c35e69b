import { toBaseUnit } from './convert-unit.js';
import { formatBound } from './format-bound.js';
import type { Indicator, IndicatorComparator } from './indicator.js';
import { parseIndicators } from './parse-indicators.js';

/**
 * Counted up whenever the same words are read otherwise than before: what an earlier reader made of words is read again.
 * 0 stands for the readers before versions were kept.
 */
export const READER_VERSION = 2;

const ROUNDING = 1e-9;

/** `readerVersion`: the reader that made it of its words; null where its author set it. */
export interface SettledIndicator extends Indicator {
  readonly readerVersion: number | null;
}

/** What the words say, when they say one thing. */
function readWords(raw: string): Indicator | null {
  const [read, ...others] = parseIndicators(raw);
  if (!read || others.length > 0) return null;
  const { name, comparator, value, valueHigh, unit } = read;
  return { name, comparator, value, valueHigh, unit, raw };
}

const sameNumbers = (a: Indicator, b: Indicator) =>
  a.value === b.value && (a.valueHigh ?? null) === (b.valueHigh ?? null);

const saysTheSame = (a: Indicator, b: Indicator) =>
  a.name === b.name &&
  a.comparator === b.comparator &&
  (a.unit ?? '') === (b.unit ?? '') &&
  sameNumbers(a, b);

/** 3 cm in the words and 0.03 m in the fields. */
function saysTheSameInAnotherUnit(a: Indicator, b: Indicator): boolean {
  if (a.name !== b.name || a.comparator !== b.comparator) return false;
  const same = (first: number, second: number) => {
    const [one, other] = [toBaseUnit(first, a.unit ?? ''), toBaseUnit(second, b.unit ?? '')];
    if (one === null || other?.dimension !== one.dimension) return false;
    return Math.abs(one.value - other.value) <= ROUNDING * Math.abs(one.value);
  };
  return same(a.value, b.value) && same(a.valueHigh ?? a.value, b.valueHigh ?? b.value);
}

/** Words that say what the fields say, in place of words that say something else. */
function inOwnWords(indicator: Indicator, read: Indicator | null): SettledIndicator {
  const raw =
    read && saysTheSameInAnotherUnit(read, indicator)
      ? indicator.raw
      : indicator.name + formatBound(indicator);
  return { ...indicator, raw, readerVersion: null };
}

/** An indicator as it is to be stored: where its author has changed what was read, its words are made to say that. */
export function settleIndicator(given: Indicator): SettledIndicator {
  const read = readWords(given.raw);
  return read && saysTheSame(read, given)
    ? { ...given, readerVersion: READER_VERSION }
    : inOwnWords(given, read);
}

const sideOf = (comparator: IndicatorComparator) =>
  comparator === 'ge' || comparator === 'gt'
    ? 'above'
    : comparator === 'le' || comparator === 'lt'
      ? 'below'
      : comparator;

/**
 * Whether a reading differs from what is stored as a better reader's differs from a worse one's: the same numbers and, but
 * for words that do not belong to it, the same name; on another side only where the words name one.
 */
function isCorrection(read: Indicator, stored: Indicator): boolean {
  const sameName = stored.name.startsWith(read.name) || read.name.endsWith(stored.name);
  const sameUnit = stored.unit === null || stored.unit === read.unit;
  const sides = [sideOf(read.comparator), sideOf(stored.comparator)];
  const sameSide = sides[0] === sides[1] || ['above', 'below'].includes(sides[0]!);
  return sameNumbers(read, stored) && sameName && sameUnit && sameSide;
}

/**
 * A stored indicator as today's reader understands its words. What its author set stays; of those stored before versions
 * were kept it is not known who set them, so only what can be nothing but a better reading is taken over.
 */
export function rereadIndicator(stored: SettledIndicator): SettledIndicator {
  const { readerVersion, ...own } = stored;
  if (readerVersion === null || readerVersion >= READER_VERSION) return stored;
  const read = readWords(own.raw);
  const current = { ...own, readerVersion: READER_VERSION };
  if (readerVersion > 0) return read === null ? current : { ...current, ...read };
  if (read === null) return own.raw.trim() === '' ? inOwnWords(own, read) : { ...own, readerVersion: null };
  if (saysTheSame(read, own)) return current;
  return isCorrection(read, own) ? { ...current, ...read } : inOwnWords(own, read);
}
