import { DIMENSIONS, PREFIXES, UNITS, type UnitDefinition } from './unit-table.js';

export interface BaseQuantity {
  value: number;
  /** A dimension's name (`length`), or its exponent signature (`kg1 s-3`) when it has none. */
  dimension: string;
  baseUnit: string;
}

interface ResolvedUnit {
  factor: number;
  offset: number;
  signature: string;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const FACTOR = /^(平方|立方)?(.+?)(?:\^?(-?\d))?$/;

/** One spelling for signs that look alike: full-width, micro sign, ohm sign, superscripts, multiplication dots. */
function normaliseUnit(unit: string): string {
  return unit
    .trim()
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll('µ', 'μ')
    .replaceAll('\u2126', 'Ω')
    .replace(/[\u3371-\u33df]/g, (char) => char.normalize('NFKC'))
    .replaceAll('∕', '/')
    .replace(/[⁰¹²³⁴-⁹]/g, (char) => String(SUPERSCRIPTS.indexOf(char)))
    .replace(/[⁻−]/g, '-')
    .replace(/[⋅•∙・×*]/g, '·')
    .replace(/(?<=[A-Za-zμΩ])\.(?=[A-Za-zμΩ])(?!S\.?$)/g, '·')
    .replaceAll('每', '/')
    .replace(/(?<=W\/\(?)mK(?=\)?$)/, 'm·K')
    .replace(/\s+/g, '');
}

function lookUp(symbol: string): UnitDefinition | null {
  const plain = UNITS.get(symbol);
  if (plain) return plain;
  return withPrefix(symbol.charAt(0), symbol.slice(1)) ?? lookUpAnyCase(symbol);
}

function withPrefix(letter: string, rest: string): UnitDefinition | null {
  const prefix = PREFIXES.get(letter);
  const unit = UNITS.get(rest);
  return prefix !== undefined && unit?.prefixable ? { ...unit, factor: unit.factor * prefix } : null;
}

/** Units whose letters say which they are in whatever case. */
const ANY_CASE = byLowerCase(
  'Ah Wh VA Pa Hz eV bar mol dB rpm ppm ppb min cc psi mmHg atm kg mm cm km lx rad',
);
/** Those that people write with a large prefix only in whatever case. */
const AFTER_KILO = byLowerCase('W V N J');
/** Of two readings of m, milli and mega, the one that people mean. */
const MEANT: readonly (readonly [RegExp, string])[] = [
  [/^mah$/i, 'mAh'],
  [/^mhz$/i, 'MHz'],
  [/^Mpa$/i, 'MPa'],
];

function byLowerCase(symbols: string): ReadonlyMap<string, string> {
  return new Map(symbols.split(' ').map((symbol) => [symbol.toLowerCase(), symbol]));
}

/** KHZ, Kpa, mah, Mpa: the unit where its letters in another case can only be one; never mW for MW. */
function lookUpAnyCase(symbol: string): UnitDefinition | null {
  if (symbol.length < 2 || symbol === 'mpa') return null;
  const lower = symbol.toLowerCase();
  const whole = MEANT.find(([pattern]) => pattern.test(symbol))?.[1] ?? ANY_CASE.get(lower);
  if (whole !== undefined) return UNITS.get(whole) ?? withPrefix(whole.charAt(0), whole.slice(1));
  const rest = lower.slice(1);
  if (lower.startsWith('k')) return withPrefix('k', ANY_CASE.get(rest) ?? AFTER_KILO.get(rest) ?? '');
  return lower.startsWith('g') ? withPrefix('G', ANY_CASE.get(rest) ?? '') : null;
}

/** A single unit with an optional exponent: `m3`, `s-2`, `平方米`, `℃`. */
function readFactor(text: string): { unit: UnitDefinition; power: number } | null {
  const whole = lookUp(text);
  if (whole) return { unit: whole, power: 1 };
  const match = FACTOR.exec(text);
  const unit = match?.[2] ? lookUp(match[2]) : null;
  if (!match || !unit) return null;
  const worded = match[1] === '平方' ? 2 : match[1] === '立方' ? 3 : 1;
  const power = match[3] === undefined ? worded : Number(match[3]);
  return power === 0 ? null : { unit, power };
}

function signatureOf(powers: ReadonlyMap<string, number>): string {
  return [...powers]
    .filter(([, power]) => power !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, power]) => `${symbol}${power}`)
    .join(' ');
}

/** Products (·) and quotients (/); everything behind the first slash divides, brackets only group that part. */
function resolveUnit(unit: string): ResolvedUnit | null {
  const parts = unit.split('/');
  if (parts.length > 3) return null;
  const powers = new Map<string, number>();
  let factor = 1;
  let offset = 0;
  for (const [index, part] of parts.entries()) {
    // ≥5000/h: so many an hour.
    if (part === '' && index === 0 && parts.length === 2) continue;
    for (const word of part.replace(/^\((.*)\)$/, '$1').split('·')) {
      const read = readFactor(word);
      if (!read) return null;
      const power = index === 0 ? read.power : -read.power;
      factor *= read.unit.factor ** power;
      offset = unit === word ? read.unit.offset : 0;
      for (const [symbol, own] of Object.entries(read.unit.powers))
        powers.set(symbol, (powers.get(symbol) ?? 0) + own * power);
    }
  }
  return { factor, offset, signature: signatureOf(powers) };
}

const resolved = new Map<string, ResolvedUnit | null>();
const CACHE_LIMIT = 5000;

function resolveCached(unit: string): ResolvedUnit | null {
  let found = resolved.get(unit);
  if (found === undefined) {
    const name = normaliseUnit(unit);
    found = name === '' ? null : resolveUnit(name);
    if (resolved.size < CACHE_LIMIT) resolved.set(unit, found);
  }
  return found;
}

/**
 * Converts to the coherent SI unit of the dimension (temperature to kelvin, percent to a fraction, angle to radian,
 * data to bit, Chinese counting words to a count). Null when the unit is not known.
 */
export function toBaseUnit(value: number, unit: string): BaseQuantity | null {
  const found = resolveCached(unit);
  if (!found) return null;
  const named = DIMENSIONS.get(found.signature);
  return {
    value: value * found.factor + found.offset,
    dimension: named?.dimension ?? found.signature,
    baseUnit: named?.baseUnit ?? found.signature,
  };
}

/** Whether a text is a unit this module can convert. */
export function isKnownUnit(unit: string): boolean {
  return resolveCached(unit) !== null;
}
