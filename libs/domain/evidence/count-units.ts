import { type AmountLocale, type AmountYuan, fromFen, toFen } from './money.js';

interface CountUnit {
  zh: string;
  one: string;
  many: string;
}

/** Units that a bureau counts in, by the codes of list count-unit. */
export const countUnits = {
  session: { zh: '场', one: 'session', many: 'sessions' },
  organisation: { zh: '家', one: 'organisation', many: 'organisations' },
  'organisation-time': { zh: '家次', one: 'organisation visit', many: 'organisation visits' },
  person: { zh: '人', one: 'person', many: 'people' },
  'person-time': { zh: '人次', one: 'attendance', many: 'attendances' },
  item: { zh: '项', one: 'item', many: 'items' },
} as const satisfies Record<string, CountUnit>;

export type CountUnitCode = keyof typeof countUnits;

/** "1,234 人次" or "1,234 attendances". `count` is an integer from 0. */
export function formatCount(count: number, unit: CountUnitCode, locale: AmountLocale): string {
  const digits = String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const names = countUnits[unit];
  if (locale === 'zh-CN') return `${digits} ${names.zh}`;
  return `${digits} ${count === 1 ? names.one : names.many}`;
}

const FEN_PER_HUNDRED_MILLION = 10_000_000_000n;

/** A total always in 亿元, for columns that compare: "0.85" of "85000000.00"; rounded half up. */
export function inHundredMillions(amount: AmountYuan): string {
  const fen = toFen(amount);
  const size = fen < 0n ? -fen : fen;
  const hundredths = (size * 200n + FEN_PER_HUNDRED_MILLION) / (2n * FEN_PER_HUNDRED_MILLION);
  return fromFen(fen < 0n ? -hundredths : hundredths);
}
