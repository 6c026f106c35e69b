/** Stretches of a text whose numbers say nothing of a quantity, from `start` to before `end`. */
export interface Span {
  start: number;
  end: number;
}

const SIDE = '\\d[\\d.,]*\\s?(?:[A-Za-zμ]{1,3}|[毫厘分微纳]?米)?';
/** A power of ten is a number, not a side of something. */
const NO_POWER = '(?!10(?:\\^|[⁺⁻]?[⁰¹²³⁴-⁹]|-\\d))';

const SKIPPED: readonly RegExp[] = [
  // Days and years: 2027年6月前, 2027-06-30, 6月30日, 6月底.
  /(?<!\d)(?:(?:19|20)\d{2}\s?年?\s?[-~至到]\s?)?(?:19|20)\d{2}\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?)?(?:之?[前后内底初末]|以前|以后)?/g,
  /(?<![\d.])(?:19|20)\d{2}([-./])\d{1,2}\1\d{1,2}(?!\d)/g,
  /(?<![\d.])\d{1,2}\s?月\s?\d{1,2}\s?[日号](?:之?前|以前)?/g,
  /(?<![\d.])\d{1,2}月(?:之?[前底初末份]|[上中下]旬|以前)/g,
  // Sizes and ratios: 100×200×300mm, 1280×720, 1:3.
  new RegExp(`(?<![\\d.])${SIDE}(?:\\s?[×xX*✕:∶]\\s?${NO_POWER}${SIDE})+`, 'g'),
];

/** In order of their start. */
export function skippedSpans(text: string): Span[] {
  return SKIPPED.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ start: index, end: index + length })),
  ).sort((a, b) => a.start - b.start);
}
