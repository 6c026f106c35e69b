import { BEFORE_PATTERN, settleBetter, type StatedComparator } from './comparator-words.js';
import { toBaseUnit } from './convert-unit.js';
import type { Indicator, IndicatorComparator, ParsedIndicator } from './indicator.js';
import { isSymmetricRange } from './quantity-traits.js';
import { readIndicatorName } from './read-indicator-name.js';
import { unifySigns } from './read-quantity.js';
import { QUANTITY, readFormerValue, readStatedQuantity, type Quantity } from './read-stated-quantity.js';
import { skippedSpans, type Span } from './skipped-spans.js';

/** Quantities that are plain numbers: 饵料系数1.06. */
const PLAIN = /(?:系数|折射率|功率因数)$/;

/** Whether the number says something about a quantity at all: not a standard's number, a count in passing. */
function isStatement(quantity: Quantity, name: string): boolean {
  const { op, second, unit, value } = quantity;
  if (Number.isNaN(value) || name === '') return false;
  const isRange = second !== null && (!second.loose || /pH值?$/i.test(name));
  return op !== null || quantity.tolerance || unit !== null || isRange || PLAIN.test(name);
}

/** 硬度HRC48-52: the scale of a hardness stands before its number as often as behind it. */
const HARDNESS = /[\s(]*(HRC|HRA|HRB|HBW|HB|HV)\s?$/;
/** HV10≥800: the number says the load. */
const LOAD_BEHIND = /^\s?(?:[≥≤><=]|[不大小高低])/;

function withHardness<Read extends { name: string; quantity: Quantity }>(read: Read): Read {
  const scale = read.quantity.unit === null ? HARDNESS.exec(read.name) : null;
  if (!scale) return read;
  const name = read.name.slice(0, scale.index) || '硬度';
  return { ...read, name, quantity: { ...read.quantity, unit: scale[1]! } };
}

/** 小目标(3m)发现距离≥1.5km: what stands in brackets amid a clause says under which condition, not what is wanted. */
const CONDITION_END = /^\s?\)(?![和与及或、,，;；。])\s*[\p{L}\d(]/u;
/** 循环3000次容量保持率≥85%: so long or so often, and then what is kept, belongs to the name of the value that follows. */
const LEADS_ON =
  /^(?:[时下内]|[^，。；;,、\d()]{0,16}(?:后|保持|存活|残留|衰减|损失|泄漏|变化|活菌|活性|失重|增重|回弹|降解|脱落|强度|硬度|[粘黏]度|模量|电导率|导热))[^，。；;,、\d()]{0,12}\d/;
const CONDITIONAL = new Set(['count', 'time', 'temperature']);

/** 透过率(8-12μm)≥97%, 重量(32L空箱)≤6.5kg: the value of the name stands behind the bracket. */
const IN_BRACKET = /\([^()，。；;,、]{0,10}$/;
const VALUE_BEHIND = new RegExp(`^[^()，。；;,、]{0,10}\\)\\s?(?:${BEFORE_PATTERN})\\s?±?\\d`, 'i');

function isCondition(quantity: Quantity, signs: string, at: number): boolean {
  const { op, second, tolerance, unit, end } = quantity;
  if (op !== null || tolerance) return false;
  if (IN_BRACKET.test(signs.slice(0, at)) && VALUE_BEHIND.test(signs.slice(end, end + 30))) return true;
  if (second !== null) return false;
  if (/\(\s?$/.test(signs.slice(0, at)) && CONDITION_END.test(signs.slice(end, end + 4))) return true;
  const dimension = unit === null ? undefined : toBaseUnit(1, unit)?.dimension;
  return dimension !== undefined && CONDITIONAL.has(dimension) && LEADS_ON.test(signs.slice(end, end + 40));
}

/** 0.5%FS(-40~150℃), 5km@RCS0.01: under which condition the value holds. */
const CONDITION_AFTER = /^\s?(?:@[^，。；;,、\s]{1,30}|\((?=\s?[-+±~≤≥<>@\d])[^()\n]{1,40}\))/;

/** 1.2 + 0.1 is 1.3. */
const asWritten = (value: number) => Number(value.toPrecision(12));

function boundsOf(
  quantity: Quantity,
  name: string,
): { comparator: IndicatorComparator; value: number; valueHigh: number | null } {
  const { value, second, op, unit } = quantity;
  if (second) {
    const low = second.tolerance ? asWritten(value - second.value) : Math.min(value, second.value);
    const high = second.tolerance ? asWritten(value + second.value) : Math.max(value, second.value);
    return { comparator: 'between', value: low, valueHigh: high };
  }
  if (quantity.tolerance && op === null && isSymmetricRange(name, unit))
    return { comparator: 'between', value: -Math.abs(value), valueHigh: Math.abs(value) };
  if (quantity.tolerance && (op === null || op === 'better' || op === 'eq'))
    return { comparator: 'le', value, valueHigh: null };
  return { comparator: settleBetter(op ?? 'eq', name, value, unit), value, valueHigh: null };
}

/** 由90%提升至98%: the name and the direction of the value that follows at `at`. */
interface Rise {
  name: string;
  start: number;
  turn: StatedComparator | null;
  at: number;
}

class Reader {
  private readonly signs: string;
  private readonly spans: Span[];
  private readonly found: ParsedIndicator[] = [];
  /** Where the next name may begin. */
  private from = 0;
  private rise: Rise | null = null;

  constructor(private readonly text: string) {
    this.signs = unifySigns(text);
    this.spans = skippedSpans(this.signs);
  }

  read(): ParsedIndicator[] {
    const quantities = new RegExp(QUANTITY.source, QUANTITY.flags);
    for (let match = quantities.exec(this.signs); match; match = quantities.exec(this.signs)) {
      const end = this.skip(match) ?? this.readRise(match) ?? this.readStatement(match);
      if (end !== null) quantities.lastIndex = end;
    }
    return this.found;
  }

  private wordEnd(at: number): number {
    return at + (/^[^，。；;,、\s]*/.exec(this.signs.slice(at))?.[0].length ?? 0);
  }

  private skip(match: RegExpExecArray): number | null {
    const at = match.index + match[0].length - (match.groups?.['number']?.length ?? 0);
    const span = this.spans.find(({ start, end }) => start <= at && at < end);
    if (!span) return null;
    this.from = Math.max(this.from, span.end);
    return span.end;
  }

  private readRise(match: RegExpExecArray): number | null {
    const former = readFormerValue(this.signs, match, this.from);
    if (!former) return null;
    const { name, start } = readIndicatorName(this.signs.slice(this.from, former.nameEnd), this.from);
    this.rise = { name, start, turn: former.turn, at: former.end };
    return former.end;
  }

  private readStatement(match: RegExpExecArray): number | null {
    const before = this.signs.charAt(match.index - 1);
    const isWord = match.groups?.['op'] === undefined && /^[\dA-Za-z.]/.test(match[0]);
    // The greater end of a range whose other end stands in a word: Rz40-75.
    const isEnd = isWord && /\d\s?[-~]\s?$/.test(this.signs.slice(Math.max(0, match.index - 4), match.index));
    const isGraded =
      HARDNESS.test(this.signs.slice(this.from, match.index)) &&
      !LOAD_BEHIND.test(this.signs.slice(match.index + match[0].length));
    if (before === '@' || isEnd || (isWord && !isGraded && /[A-Za-z\d./^]/.test(before))) return null;
    const rise = this.rise?.at === match.index ? this.rise : null;
    const named = rise ?? readIndicatorName(this.signs.slice(this.from, match.index), this.from);
    const read = readStatedQuantity(this.signs, match);
    const stated = rise ? { ...read, op: read.op ?? rise.turn } : read;
    const { name, quantity } = withHardness({ name: named.name, quantity: stated });
    if (Number.isNaN(quantity.value)) return (this.from = this.wordEnd(quantity.end));
    if (!isStatement(quantity, name)) return null;
    if (isCondition(quantity, this.signs, match.index)) return null;
    const after = CONDITION_AFTER.exec(this.signs.slice(quantity.end))?.[0] ?? '';
    const end = quantity.end + after.length;
    const indicator: Indicator = {
      name: name + (/^\s?\(/.test(after) ? after.trim() : ''),
      ...boundsOf(quantity, name),
      unit: quantity.unit,
      raw: this.text.slice(named.start, end),
    };
    this.found.push({ ...indicator, start: named.start, end });
    this.from = end;
    return end;
  }
}

/**
 * Technical indicators in free Chinese or English text, in order, without overlaps. `name` is what stands before the
 * number in its clause, with a condition in brackets behind it; ± without another number is a bound on the absolute value
 * (`le`), of a range (量程±300) the range, `a±b` a range. A number without unit, comparator and range, or without a name,
 * says nothing, nor do dates, sizes (100×200mm) and ratios. Never throws.
 */
export function parseIndicators(text: string): ParsedIndicator[] {
  return new Reader(text).read();
}
