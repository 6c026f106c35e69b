import { toSimplified } from '../matching/normalise-text.js';

/** `qualified`: one name is the other with something added, so that both may or may not mean the same quantity. */
export type NameRelation = 'same' | 'qualified' | 'different';

export interface RelatedNames {
  relation: NameRelation;
  /** Share of common parts, 0..1. */
  similarity: number;
  /** One name speaks of the largest value, the other does not say which. */
  extreme: 'first' | 'second' | null;
}

/** One word for what has several; compared after simplification, in lower case. */
const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/氮氧化物/g, 'nox'],
  [/二氧化硫/g, 'so2'],
  [/二氧化碳/g, 'co2'],
  [/化学需氧量/g, 'cod'],
  [/生化需氧量/g, 'bod'],
  [/检测下限|检测极限|检出限/g, '检测限'],
  [/过氧化氢/g, 'h2o2'],
  [/费用/g, '成本'],
  [/处理规模/g, '处理能力'],
  [/(?<!消)耗(?:用)?量/g, '消耗量'],
  [/准确度(?=率)/g, '准确'],
  [/降低|减少|减小|节约|节省|降幅|减幅|削减|缩短/g, '下降'],
  [/提高|增加|增长|增幅/g, '提升'],
  [/(\d)\s?天/g, '$1d'],
  [/(\d)\s?(?:个?小时|hours?)/g, '$1h'],
];
const FILLER = /的|之|指标|(?:^|(?<=\s))(?:the|of) /g;
const LEADING = /^(?:产品|设备|整机|样机)(?=.{2})/;
const TRAILING = /(?<=.{2})(?:时间|时长|范围|区间|数值|能力|性能|[值量])$/;
const LARGEST = /最大|最高|\bmax(?:imum|\.)?(?![a-z])/;
const SMALLEST = /最小|最低|\bmin(?:imum|\.)?(?![a-z])/;
/** What turns a name into that of another quantity when it is added. */
const NEGATING = /[不非未无误漏失损错拒副反]/;
const CHANGING =
  /降|减少|节约|节省|提升|提高|增加|增幅|变化|偏差|误差|精度|分辨|保持|衰减|波动|均匀|稳定|成本|价|消耗|能耗|电耗|率|寿命|周期|间隔|差|比|error|drift|rate|loss/;

const LEAST_SIMILARITY = 0.4;

interface ReadName {
  atoms: readonly string[];
  /** The same, to be asked quickly. */
  held: ReadonlySet<string>;
  largest: boolean;
  smallest: boolean;
}

/** Han characters one by one, words and numbers in Latin writing as a whole: pm2.5, so2, 3000. */
const ATOM = /\d+(?:\.\d+)?[a-z]*|[a-z]+(?:\d+(?:\.\d+)?[a-z\d]*)?|[α-ω]|\p{L}/gu;

const known = new Map<string, ReadName>();
const CACHE_LIMIT = 20_000;

function readName(name: string): ReadName {
  const cached = known.get(name);
  if (cached) return cached;
  const read = splitName(name);
  if (known.size < CACHE_LIMIT) known.set(name, read);
  return read;
}

function splitName(name: string): ReadName {
  let text = toSimplified(name.normalize('NFKC')).toLowerCase();
  for (const [words, word] of SYNONYMS) text = text.replace(words, word);
  const largest = LARGEST.test(text);
  const smallest = SMALLEST.test(text);
  text = text
    .replace(LARGEST, ' ')
    .replace(SMALLEST, ' ')
    .replace(FILLER, '')
    .trim()
    .replace(LEADING, '')
    .replace(TRAILING, '');
  const atoms = text.match(ATOM) ?? [];
  return { atoms, held: new Set(atoms), largest, smallest };
}

/** Which atoms of each side are not among the longest common ones in order. */
function alignAtoms(a: readonly string[], b: readonly string[]): { a: boolean[]; b: boolean[] } {
  const lengths = Array.from({ length: a.length + 1 }, () => Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i]![j] =
        a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  const left = { a: a.map(() => true), b: b.map(() => true) };
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      left.a[i] = false;
      left.b[j] = false;
      i += 1;
      j += 1;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i += 1;
    else j += 1;
  }
  return left;
}

/** What stands in `atoms` only, in runs; `last` is the run at the very end or ''. */
function addedRuns(atoms: readonly string[], added: readonly boolean[]): { runs: string[]; last: string } {
  const runs: string[] = [];
  for (const [at, atom] of atoms.entries()) {
    if (!added[at]) continue;
    if (at > 0 && added[at - 1]) runs.push((runs.pop() ?? '') + atom);
    else runs.push(atom);
  }
  return { runs, last: added.at(-1) === true ? (runs.at(-1) ?? '') : '' };
}

const LEAST_REORDERED = 4;
const sorted = (atoms: readonly string[]) => [...atoms].sort().join(' ');

function isReordered(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length || a.length < LEAST_REORDERED || a.join(' ') === b.join(' ')) return false;
  return sorted(a) === sorted(b);
}

function relateAtoms(a: readonly string[], b: readonly string[]): Omit<RelatedNames, 'extreme'> {
  if (a.length === 0 || b.length === 0) return { relation: 'different', similarity: 0 };
  const left = alignAtoms(a, b);
  // 一次探伤合格率 and 探伤一次合格率, 适用板厚 and 板厚适用范围: the same words in another order.
  if (isReordered(a, b)) return { relation: 'qualified', similarity: 1 };
  const first = addedRuns(a, left.a);
  const second = addedRuns(b, left.b);
  const common = left.a.filter((is) => !is).length;
  const similarity = (2 * common) / (a.length + b.length);
  if (first.runs.length === 0 && second.runs.length === 0) return { relation: 'same', similarity: 1 };
  // Names that each have something of their own are names of two quantities: 总磷 and 总氮, 最高 and 最低, 纵向 and 横向.
  if (first.runs.length > 0 && second.runs.length > 0) return { relation: 'different', similarity };
  const { runs, last } = first.runs.length > 0 ? first : second;
  const shorter = a.length < b.length ? a : b;
  const tooLittle = shorter.join('').length < 2 || similarity < LEAST_SIMILARITY || runs.length > 2;
  const other = runs.some((run) => NEGATING.test(run)) || CHANGING.test(last);
  return { relation: tooLittle || other ? 'different' : 'qualified', similarity };
}

const UNRELATED: RelatedNames = { relation: 'different', similarity: 0, extreme: null };

/** What can be said without aligning: of one name all has to be in the other. */
function cannotBeRelated(a: ReadName, b: ReadName): boolean {
  const [short, long] = a.atoms.length <= b.atoms.length ? [a, b] : [b, a];
  return !short.atoms.every((atom) => long.held.has(atom));
}

/**
 * Whether two names of indicators mean the same quantity: in simplified characters, compatibility forms folded, without
 * regard to case. Names that differ on both sides are different, a name that only says more than the other may be the
 * same quantity.
 */
export function relateNames(first: string, second: string): RelatedNames {
  const [a, b] = [readName(first), readName(second)];
  if (cannotBeRelated(a, b)) return UNRELATED;
  if ((a.largest && b.smallest) || (a.smallest && b.largest))
    return { relation: 'different', similarity: 0, extreme: null };
  const related = relateAtoms(a.atoms, b.atoms);
  const relation = related.relation === 'same' && a.smallest !== b.smallest ? 'qualified' : related.relation;
  const extreme = a.largest === b.largest ? null : a.largest ? 'first' : 'second';
  return { ...related, relation, extreme };
}
