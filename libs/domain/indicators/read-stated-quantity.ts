import {
  AFTER_PATTERN,
  BEFORE_PATTERN,
  comparatorAfter,
  comparatorBefore,
  type StatedComparator,
} from './comparator-words.js';
import { NUMBER_PATTERN, readNumber, readUnit, TEN_PATTERN } from './read-quantity.js';

export const QUANTITY = new RegExp(
  `(?:(?<op>${BEFORE_PATTERN})\\s?(?:了|到)?)?\\s?(?:约为?|大约)?\\s?(?<tolerance>±|\\+/-)?\\s?(?<number>${NUMBER_PATTERN})`,
  'gi',
);
const SECOND = new RegExp(`^\\s?(?<sign>~|-|至|到|±|\\+/-|to )\\s?[φΦØø]?(?<number>${NUMBER_PATTERN})`, 'i');
const SUFFIX = new RegExp(`^\\s?(${AFTER_PATTERN})`, 'i');
const UNIT_LENGTH = 24;

/** What stands at a number: values, unit and bounds, and where it ends; `value` is NaN where it cannot be read. */
export interface Quantity {
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

interface WithUnits {
  second: Quantity['second'];
  /** The unit behind the first number, and that behind all. */
  first: string | null;
  unit: string | null;
  end: number;
  /** (4.8~5.2)×10-6: the power of ten of all that stands in the bracket. */
  power?: number;
}

const POWER_OF_ALL = new RegExp(`^\\s?[×xX*✕·]\\s?(${TEN_PATTERN})`);

function readUnits(text: string, at: number, allowUnknown: boolean): WithUnits {
  const unitAt = (place: number, unknown: boolean) =>
    readUnit(text.slice(place, place + UNIT_LENGTH), unknown);
  const first = unitAt(at, false);
  const further = readSecond(text, at + (first?.length ?? 0));
  if (!further) {
    const unit = first ?? unitAt(at, allowUnknown);
    return { second: null, first: null, unit: unit?.unit ?? null, end: at + (unit?.length ?? 0) };
  }
  const last = unitAt(further.end, false);
  return {
    second: further.second,
    first: first?.unit ?? null,
    unit: last?.unit ?? null,
    end: further.end + (last?.length ?? 0),
  };
}

/** (20±2)℃, (4.8~5.2)×10-6/K: the power and the unit behind the bracket that the number began in. */
function readBehindBracket(text: string, start: number, read: WithUnits): WithUnits | null {
  if (text.charAt(read.end) !== ')' || !/\(\s?$/.test(text.slice(0, start)) || read.second === null)
    return null;
  const power = POWER_OF_ALL.exec(text.slice(read.end + 1, read.end + 20));
  const end = read.end + 1 + (power?.[0].length ?? 0);
  const unit = readUnit(text.slice(end, end + UNIT_LENGTH), false);
  if (!unit && !power) return read;
  const behind = unit ? { first: unit.unit, unit: read.unit ?? unit.unit, end: end + unit.length } : { end };
  return { ...read, ...behind, power: Math.round(Math.log10(readNumber(`1×${power?.[1] ?? '10^0'}`))) };
}

const timesTen = (value: number, power: number) => (power === 0 ? value : Number(`${value}e${power}`));

const POWER_BEHIND = /^\)?\s?[×xX*✕·]\s?\d/;
/** 变形<1/1000: a fraction is not read. */
const FRACTION_BEHIND = /^\s?\/\s?\d/;
const FULL_SCALE = /^\s?F[.·]?S\.?(?![A-Za-z])/i;

/** 220V±10%: a share of the value, not of its unit. */
function withShare(value: number, { second, first, unit }: WithUnits): Pick<Quantity, 'second' | 'unit'> {
  if (second?.tolerance && unit === '%' && first !== null && first !== '%')
    return { second: { ...second, value: (Math.abs(value) * second.value) / 100 }, unit: first };
  return { second, unit: unit ?? first };
}

/** 10-4 may be a power that lost its form, or a range from the greater to the less: neither is read. */
const isDoubtful = (value: number, second: Quantity['second']) =>
  second !== null && second.loose && value > second.value;

export function readStatedQuantity(text: string, match: RegExpExecArray): Quantity {
  const op = comparatorBefore(match.groups?.['op'] ?? '');
  const value = readNumber(match.groups?.['number'] ?? '');
  const at = match.index + match[0].length;
  const units = readUnits(text, at, op !== null);
  const read = readBehindBracket(text, match.index, units) ?? units;
  const power = read.power ?? 0;
  const { second: further, unit } = withShare(value, read);
  const second = further && { ...further, value: timesTen(further.value, power) };
  let { end } = read;
  const scale = unit === '%' ? FULL_SCALE.exec(text.slice(end, end + 6)) : null;
  if (scale) end += scale[0].length;
  const suffix = second ? null : SUFFIX.exec(text.slice(end, end + 12));
  if (suffix) end += suffix[0].length;
  const behind = text.slice(end, end + 6);
  const isUnread =
    isDoubtful(value, further) ||
    POWER_BEHIND.test(behind) ||
    (unit === null && FRACTION_BEHIND.test(behind));
  return {
    op: comparatorAfter(suffix?.[1] ?? '') ?? op,
    tolerance: match.groups?.['tolerance'] !== undefined,
    value: isUnread ? Number.NaN : timesTen(value, power),
    second,
    unit: scale ? '%FS' : unit,
    end,
  };
}

const FROM_WORD = /(?:由|从|自)(?:现有|目前|原来|原有|当前|现在)?的?\s?约?$/;
const TO_WORD =
  /^\s?(?:左右|以上|以下)?\s?(?:(?<up>提升|提高|增加|增|上升|升高|升|延长|扩大)|(?<down>降低|下降|减少|减小|缩短|缩小|降|减))?(?:至|到|为)\s?(?=[-+\d约±]|不|大|小|高|低|优|≥|≤|>|<)/;

/** 由90%提升至98%: the value that was before, with the turn it takes and where the value after it begins. */
export function readFormerValue(
  text: string,
  match: RegExpExecArray,
  from: number,
): { nameEnd: number; turn: StatedComparator | null; end: number } | null {
  const word = match.groups?.['op'] === undefined ? FROM_WORD.exec(text.slice(from, match.index)) : null;
  if (!word) return null;
  const at = match.index + match[0].length;
  const unit = readUnit(text.slice(at, at + UNIT_LENGTH), false)?.length ?? 0;
  const to = TO_WORD.exec(text.slice(at + unit, at + unit + 20));
  if (!to) return null;
  const turn = to.groups?.['up'] ? 'ge' : to.groups?.['down'] ? 'le' : null;
  return { nameEnd: from + word.index, turn, end: at + unit + to[0].length };
}
