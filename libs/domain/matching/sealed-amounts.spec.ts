import fc from 'fast-check';
import { CapabilityIndex } from './index/capability-index.js';
import { kindExclusion } from './kind-exclusion.js';
import { DEFAULT_MODEL } from './learning/default-model.js';
import { LearnedRanking } from './learning/learned-ranking.js';
import { openLearnedCorpus } from './learning/open-corpus.js';
import { matchNeed } from './match-need.js';
import type { MatchCapability, MatchNeed } from './match-types.js';
import { moneyStep } from './price-fit.js';
import { redactFactors, redactReasons } from './redact-reasons.js';
import { verifyMatch } from './verify-match.js';

const OPTIONS = { now: new Date('2026-11-22T02:00:00Z'), modeMapping: {} };
const PLAIN = { version: 1, keywords: [], fields: [], regionCode: null, trlScheme: null, indicators: [] };
const NEED: MatchNeed = {
  ...PLAIN,
  id: 'n',
  organisationId: 'a',
  title: '碱性电解槽隔膜',
  body: '',
  targetTrl: null,
  solveModes: [],
  expiresAt: null,
  facts: { financingKinds: ['credit-loan'] },
};
const offer = (at: number, part: Partial<MatchCapability>): MatchCapability => ({
  ...PLAIN,
  id: `c${at}`,
  organisationId: `b${at}`,
  title: '碱性电解槽复合隔膜',
  text: '',
  trl: null,
  transferModes: [],
  ...part,
});
const WITHOUT_GRANT = { need: false, capability: false, money: true, amount: true };

/** All that somebody without a grant reads of the pairs of a need: which there are, in which order, with what, and why not. */
function read(need: MatchNeed, offers: readonly MatchCapability[]): string {
  const index = new CapabilityIndex(offers);
  const reader = openLearnedCorpus(index, [need], offers, DEFAULT_MODEL.needCounts);
  const none = { need: () => undefined, capability: () => undefined };
  const learned = new LearnedRanking(DEFAULT_MODEL, reader, none).open(need, OPTIONS);
  const byId = new Map(offers.map((each) => [each.id, each]));
  const found = matchNeed(need, index, (id) => byId.get(id), OPTIONS, learned);
  expect(verifyMatch(need, offers, found, OPTIONS)).toEqual([]);
  return JSON.stringify({
    rows: found.map(({ factors, reasons, ...row }) => ({
      ...row,
      factors: redactFactors(factors, WITHOUT_GRANT),
      reasons: redactReasons(reasons, WITHOUT_GRANT),
    })),
    excluded: offers.map((each) => kindExclusion(need, each, OPTIONS.now)),
  });
}

const amount = fc.oneof(
  fc.double({ min: 0.01, max: 1e5, noNaN: true }),
  fc.constantFrom(1, 2, 5, 10, 20, 50, 100, 199.99, 200, 300, 400, 500, 999, 1000, 2000),
);
const end = fc.option(amount, { nil: null });
const range = fc.tuple(end, end).map(([a, b]) => (a !== null && b !== null && a > b ? [b, a] : [a, b]));
/** An amount and another one of its step. */
const alike = fc
  .tuple(amount, fc.double({ min: 0.41, max: 2.45, noNaN: true }))
  .map(([one, times]) => [one, moneyStep(one * times) === moneyStep(one) ? one * times : one] as const);
/** Two ranges whose ends stand on the same steps; either end may be open in both. */
const ranges = fc
  .tuple(fc.option(alike, { nil: null }), fc.option(alike, { nil: null }))
  .filter(([low, high]) => low === null || high === null || (low[0] <= high[0] && low[1] <= high[1]))
  .map(([low, high]) => [0, 1].map((at) => [low?.[at] ?? null, high?.[at] ?? null] as const));

test('amounts looked for of one step cannot be told apart by any product', () => {
  fc.assert(
    fc.property(ranges, fc.array(range, { minLength: 1, maxLength: 6 }), (asked, lent) => {
      const offers = lent.map(([amountMinWan, amountMaxWan], at) =>
        offer(at, {
          offerKind: 'finance-product',
          facts: { financingKinds: ['credit-loan'], amountMinWan, amountMaxWan },
        }),
      );
      const [one, other] = asked.map(([budgetMin, budgetMax]) =>
        read({ ...NEED, requestKind: 'financing', budgetMin, budgetMax }, offers),
      );
      expect(other).toBe(one);
    }),
    { numRuns: 300 },
  );
});

test('budgets of one step cannot be told apart by any price, nor prices by any budget', () => {
  fc.assert(
    fc.property(ranges, fc.array(range, { minLength: 1, maxLength: 4 }), (sealed, tried) => {
      const offers = tried.map(([priceMin, priceMax], at) => offer(at, { priceMin, priceMax }));
      const needs = sealed.map(([budgetMin, budgetMax]) => read({ ...NEED, budgetMin, budgetMax }, offers));
      expect(needs[1]).toBe(needs[0]);
      const budgets = tried.map(([budgetMin, budgetMax]) => ({ ...NEED, budgetMin, budgetMax }));
      const prices = sealed.map(([priceMin, priceMax]) =>
        budgets.map((need) => read(need, [offer(0, { priceMin, priceMax })])),
      );
      expect(prices[1]).toEqual(prices[0]);
    }),
    { numRuns: 60 },
  );
});

test('who may read the amount is told where a product only comes near to it', () => {
  const product = (amountMinWan: number) =>
    offer(0, { offerKind: 'finance-product', facts: { amountMinWan } });
  const told = (amountMinWan: number) => {
    const need = { ...NEED, requestKind: 'financing' as const, budgetMax: 300 };
    const offers = [product(amountMinWan)];
    const found = matchNeed(need, new CapabilityIndex(offers), () => offers[0], OPTIONS);
    return found.flatMap(({ reasons }) =>
      reasons.flatMap((reason) =>
        reason.kind === 'fact' && reason.factor === 'amount' ? [[reason.fits, reason.nearly]] : [],
      ),
    );
  };
  expect([told(300), told(301), told(500)]).toEqual([[[true, undefined]], [[true, true]], []]);
});
