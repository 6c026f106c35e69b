import { isKnownUnit } from './convert-unit.js';

const LOOK_ALIKE: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '﹣': '-',
  '〜': '~',
  '∼': '~',
  '≦': '≤',
  '⩽': '≤',
  '≧': '≥',
  '⩾': '≥',
  '﹤': '<',
  '﹥': '>',
  µ: 'μ',
  '\u2126': 'Ω',
  '\u3000': ' ',
};

/** One spelling per sign, one unit for one unit: offsets stay those of the original. */
export function unifySigns(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[−–—﹣〜∼≦⩽≧⩾﹤﹥µ\u2126\u3000]/g, (char) => LOOK_ALIKE[char] ?? char);
}

const DIGITS = '(?:\\d{1,3}(?:,\\d{3})+|\\d{1,15})(?:\\.\\d{1,15})?';
export const TEN_PATTERN = '10(?:\\^\\(?[-+]?\\d{1,3}\\)?|[⁺⁻]?[⁰¹²³⁴-⁹]{1,3}|-\\d{1,2}(?![\\d.~]))';
const POWER = `(?:\\s?[×xX*✕·]\\s?${TEN_PATTERN}|[eE][-+]?\\d{1,3}(?![\\d.]))`;

/** A number: thousands commas, decimals, 1.2×10^-6, 1.2×10⁻⁶, 1×10-4, 1e-6, 10^-6, 万 and 亿. The sign only at a number's front. */
export const NUMBER_PATTERN = `(?:(?<![\\dA-Za-z])[-+])?(?:10(?:\\^\\(?[-+]?\\d{1,3}\\)?|[⁺⁻]?[⁰¹²³⁴-⁹]{1,3})|${DIGITS}${POWER}?)(?:\\s?[万亿])?`;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Value of a text that {@link NUMBER_PATTERN} matched; NaN when it is none. */
export function readNumber(text: string): number {
  const scale = text.endsWith('万') ? 1e4 : text.endsWith('亿') ? 1e8 : 1;
  const plain = text
    .replace(/\s?[万亿]$/, '')
    .replace(
      /[⁺⁻]?[⁰¹²³⁴-⁹]+/g,
      (run) =>
        '^' + [...run].map((c) => (c === '⁻' ? '-' : c === '⁺' ? '+' : SUPERSCRIPTS.indexOf(c))).join(''),
    )
    .replace(/[\s,()]/g, '')
    .replace(/^([-+]?)10\^([-+]?\d+)$/, '$11e$2')
    .replace(/[×xX*✕·]10\^?(?=[-+\d])/, 'e');
  const value = Number(plain) * scale;
  return Number.isFinite(value) ? value : Number.NaN;
}

const UNIT_RUN = /^\s?([A-Za-zμΩ°℃℉%‰′″$·⋅*/.^()²³⁻⁰¹⁴-⁹\d\-\u3371-\u33df\u4e00-\u9fff]{1,16})/;
const UNIT_WORD = '[A-Za-zμΩ]{1,9}(?:[²³]|\\^?[23](?![\\d.]))?';
/** A unit that is none of the table: kgce/m2, NmL/(h·L), with all it is divided by. */
const WORD_UNIT = new RegExp(
  `^\\s?(${UNIT_WORD}(?:[/·]${UNIT_WORD}){0,2}(?:/\\(${UNIT_WORD}(?:·${UNIT_WORD}){1,2}\\))?)(?![A-Za-z])`,
);
/** 次/站·月, mm/100mm: a unit by what is none is another than the unit alone. */
const UNKNOWN_PER = /^\/(?:\d{1,4}(?![.\d]))?[A-Za-zμ\u4e00-\u9fff·]{1,6}/;

/**
 * The unit a text begins with: the longest start that is a known unit and does not break a word; failing that a Latin
 * word that touches the number, or null. `length` counts the space before it.
 */
export function readUnit(text: string, allowUnknown: boolean): { unit: string; length: number } | null {
  const run = UNIT_RUN.exec(text);
  if (!run?.[1]) return null;
  const lead = run[0].length - run[1].length;
  for (let size = run[1].length; size > 0; size -= 1) {
    const unit = run[1].slice(0, size);
    const next = text.charAt(lead + size);
    if (/[A-Za-z°]$/.test(unit) && /[A-Za-z]/.test(next)) continue;
    if (!isKnownUnit(unit)) continue;
    const per = UNKNOWN_PER.exec(text.slice(lead + size))?.[0] ?? '';
    return { unit: unit + per, length: lead + size + per.length };
  }
  const word = allowUnknown && lead === 0 ? WORD_UNIT.exec(text) : null;
  return word?.[1] ? { unit: word[1], length: word[0].length } : null;
}
