import { toFen } from './money.js';

export interface FactProblem {
  readonly field: string;
  readonly message:
    'deal.contract-zero' | 'deal.technology-above-contract' | 'deal.signing-day' | 'deal.payment-zero';
}

interface Amounts {
  readonly contractAmount: string;
  readonly technologyAmount: string;
}

/** 技术交易额 is the part of 成交额 that pays for technology, so it cannot be larger; a contract over nothing is none. */
export function amountProblems({ contractAmount, technologyAmount }: Amounts): FactProblem[] {
  const problems: FactProblem[] = [];
  if (toFen(contractAmount) === 0n) problems.push({ field: 'contractAmount', message: 'deal.contract-zero' });
  if (toFen(technologyAmount) > toFen(contractAmount))
    problems.push({ field: 'technologyAmount', message: 'deal.technology-above-contract' });
  return problems;
}

/** Earliest day of signing that is taken for meant; anything before is a slip of the keyboard. */
const EARLIEST = '2000-01-01';

/** `signedOn` and `today` are days in Asia/Shanghai. */
export function signingProblems(
  facts: Amounts & { readonly signedOn: string },
  today: string,
): FactProblem[] {
  const problems = amountProblems(facts);
  if (facts.signedOn > today || facts.signedOn < EARLIEST)
    problems.push({ field: 'signedOn', message: 'deal.signing-day' });
  return problems;
}

export function paymentProblems(paidAmount: string): FactProblem[] {
  if (toFen(paidAmount) > 0n) return [];
  return [{ field: 'paidAmount', message: 'deal.payment-zero' }];
}

/** `D2026-0007` */
export const dealNumber = (year: number, serial: number): string =>
  `D${year}-${String(serial).padStart(4, '0')}`;
