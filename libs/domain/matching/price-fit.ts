import type { MatchCapability, MatchNeed } from './match-types.js';

/** How a price lies to a budget: wholly within it, begins within it, begins above it. */
export type PriceFit = 'within' | 'partly' | 'above';

export interface PriceReading {
  readonly fit: PriceFit;
  /** 1 within, above ½ where part of the price range is affordable, then a sixth less for each step of the gap. */
  readonly value: number;
}

type Money = Pick<MatchNeed, 'budgetMin' | 'budgetMax'>;
type Price = Pick<MatchCapability, 'priceMin' | 'priceMax'>;

const NEUTRAL = 0.5;
/** A factor of ten is three steps: what costs ten times the budget is out of the question. */
const STEPS_OUT = 3;
/** Amounts below are one step: 1 CNY in units of 10,000. */
const LEAST = 1e-4;
/** Figures that went through single precision still stand on their step. */
const ROUNDING = 1 + 1e-6;

/**
 * Number of the step of 1, 2, 5, 10, 20, 50 … that an amount stands on. Both amounts are sealed, and the score is not: by
 * steps, whoever changes a price of their own and looks at the score learns of the budget no more than its step.
 */
export function moneyStep(amount: number): number {
  const held = Math.max(LEAST, amount) * ROUNDING;
  const decade = Math.floor(Math.log10(held));
  const lead = held / 10 ** decade;
  return 3 * decade + (lead >= 5 ? 2 : lead >= 2 ? 1 : 0);
}

const known = (amount: number | null | undefined): amount is number => typeof amount === 'number';

/** Whether a need states what it can spend; a budget of nothing is a field somebody had to fill. */
export const statesBudget = ({ budgetMin, budgetMax }: Money): boolean => (budgetMax ?? budgetMin ?? 0) > 0;

export const statesPrice = ({ priceMin, priceMax }: Price): boolean => known(priceMin) || known(priceMax);

/**
 * The price asked for against the budget, by steps of the amounts; null where either is unknown, or where only an open
 * end reaches beyond what is known: "from 50" says nothing against 80, "up to 100" nothing against 60.
 */
export function readPrice(need: Money, capability: Price): PriceReading | null {
  if (!statesBudget(need) || !statesPrice(capability)) return null;
  const budget = moneyStep(need.budgetMax ?? need.budgetMin ?? 0);
  const { priceMin, priceMax } = capability;
  const low = moneyStep(priceMin ?? priceMax ?? 0);
  const high = moneyStep(priceMax ?? priceMin ?? 0);
  if (high <= budget) return { fit: 'within', value: 1 };
  if (!known(priceMin) || !known(need.budgetMax)) return null;
  if (low <= budget) {
    const share = (budget - low + 1) / (high - low + 1);
    return { fit: 'partly', value: NEUTRAL + NEUTRAL * share };
  }
  const value = Math.max(0, NEUTRAL - (NEUTRAL * (low - budget)) / STEPS_OUT);
  return { fit: 'above', value };
}
