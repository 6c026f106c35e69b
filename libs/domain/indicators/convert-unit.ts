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
    .replace(/[⁰¹²³⁴-⁹]/g, (char) => String(SUPERSCRIPTS.indexOf(char)))
    .replace(/[⁻−]/g, '-')
    .replace(/[⋅•∙・×*]/g, '·')
    .replaceAll('每', '/')
    .replace(/\s+/g, '');
}

function lookUp(symbol: string): UnitDefinition | null {
  const plain = UNITS.get(symbol);
  if (plain) return plain;
  const prefix = PREFIXES.get(symbol.charAt(0));
  const rest = UNITS.get(symbol.slice(1));
  if (prefix === undefined || !rest?.prefixable) return null;
  return { ...rest, factor: rest.factor * prefix };
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
  const name = normaliseUnit(unit);
  let found = resolved.get(name);
  if (found === undefined) {
    found = name === '' ? null : resolveUnit(name);
    if (resolved.size < CACHE_LIMIT) resolved.set(name, found);
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
