/** Amounts are decimal strings of yuan with at most two decimals, as PostgreSQL numeric(n,2) gives them. */
export type AmountYuan = string;
export type AmountLocale = 'zh-CN' | 'en';

export class InvalidAmountError extends Error {
  override readonly name = 'InvalidAmountError';
  constructor(readonly amount: string) {
    super(`Not an amount in yuan with at most two decimals: ${amount.slice(0, 40)}`);
  }
}

/** "36.2" → 3620n. @throws InvalidAmountError */
export function toFen(amount: AmountYuan): bigint {
  const match = /^(-?)(\d{1,20})(?:\.(\d{1,2}))?$/.exec(amount);
  if (!match?.[2]) throw new InvalidAmountError(amount);
  const fen = BigInt(match[2]) * 100n + BigInt((match[3] ?? '').padEnd(2, '0'));
  return match[1] ? -fen : fen;
}

/** 3620n → "36.20" */
export function fromFen(fen: bigint): AmountYuan {
  return scaled(fen, 1n);
}

/** The exact sum with two decimals; "0.00" of nothing. @throws InvalidAmountError */
export function sumAmounts(amounts: readonly AmountYuan[]): AmountYuan {
  return fromFen(amounts.reduce((sum, amount) => sum + toFen(amount), 0n));
}

interface Scale {
  yuan: bigint;
  suffix: string;
}

const SCALES_ZH: readonly Scale[] = [
  { yuan: 100_000_000n, suffix: ' 亿元' },
  { yuan: 10_000n, suffix: ' 万元' },
  { yuan: 1n, suffix: ' 元' },
];
const SCALES_EN: readonly Scale[] = [
  { yuan: 1_000_000_000n, suffix: ' billion' },
  { yuan: 1_000_000n, suffix: ' million' },
  { yuan: 1n, suffix: '' },
];

/**
 * For people, two decimals, rounded half away from zero: "36.20 亿元", "850.00 万元", "99.50 元", or
 * "CNY 3.62 billion", "CNY 8.50 million", "CNY 9,950.00". @throws InvalidAmountError
 */
export function formatAmount(amount: AmountYuan, locale: AmountLocale): string {
  const fen = toFen(amount);
  const size = fen < 0n ? -fen : fen;
  const scales = locale === 'zh-CN' ? SCALES_ZH : SCALES_EN;
  // The smallest unit whose rounded figure stays below the next larger one: 99,999,999.99 is 1.00 亿元.
  const fits = scales.findLastIndex(({ yuan }, i) => {
    const larger = scales[i - 1];
    return !larger || divideRounded(size, yuan) * yuan < larger.yuan * 100n;
  });
  const scale = scales[fits] ?? { yuan: 1n, suffix: '' };
  const text = `${scaled(fen, scale.yuan)}${scale.suffix}`;
  return locale === 'zh-CN' ? text : `CNY ${text.replace(/\B(?=(?:\d{3})+\.)/g, ',')}`;
}

function divideRounded(size: bigint, by: bigint): bigint {
  return (size * 2n + by) / (by * 2n);
}

function scaled(fen: bigint, by: bigint): string {
  const hundredths = divideRounded(fen < 0n ? -fen : fen, by);
  const sign = fen < 0n && hundredths > 0n ? '-' : '';
  return `${sign}${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}
