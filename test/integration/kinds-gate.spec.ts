import { fitCalibration } from '#libs/domain/matching/factor-sets/fit-calibration.js';
import { FACTOR_SETS } from '#libs/domain/matching/factor-sets/read-factor-sets.js';
import { logistic } from '#libs/domain/matching/learning/logistic.js';
import { ndcg10 } from '#libs/domain/matching/learning/ranking-quality.js';
import { scoreGradedKinds, type GradedKindPair } from '../support/graded-kinds.js';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const graded = (pairs: readonly GradedKindPair[]) =>
  pairs.map(({ sum, level }) => ({ sum, positive: level >= 3 }));

let pairs: GradedKindPair[];
beforeAll(async () => {
  pairs = await scoreGradedKinds();
});

const ADDITIVE = FACTOR_SETS.filter(({ combine }) => combine === 'additive').map((set) => ({
  kind: set.offerKind,
  set,
}));

test.each(ADDITIVE)('the calibration of $kind is the one that fits its graded pairs', ({ set }) => {
  const own = pairs.filter((pair) => pair.set === set);
  expect(set.calibration).toEqual(fitCalibration(graded(own)));
});

/** Pairs by request. */
function byNeed(own: readonly GradedKindPair[]): GradedKindPair[][] {
  return [...new Set(own.map(({ need }) => need))].map((need) => own.filter((pair) => pair.need === need));
}

/** Mean squared error of the chance of level ≥ 3, each request by a calibration that has not seen it. */
function leftOutBrier(own: readonly GradedKindPair[]): number {
  const errors = byNeed(own).flatMap((group) => {
    const fitted = fitCalibration(graded(own.filter((pair) => !group.includes(pair))));
    return group.map(({ sum, level }) => (logistic(fitted, sum) - Number(level >= 3)) ** 2);
  });
  return mean(errors);
}

function figures(own: readonly GradedKindPair[]) {
  const scores = (levels: readonly number[]) =>
    mean(own.filter(({ level }) => levels.includes(level)).map(({ score }) => score));
  const ranked = byNeed(own).map((group) =>
    group.toSorted((a, b) => b.score - a.score).map(({ level }) => level),
  );
  return {
    unrelated: scores([1]),
    strong: scores([4]),
    brier: leftOutBrier(own),
    ndcg: mean(ranked.map((levels) => ndcg10(levels)!)),
    first: mean(ranked.map(([level]) => Number(level! >= 3))),
  };
}
// Measured: unrelated .139, .101, .066; strong .773, .897, .721; Brier left out .113, .058, .059; nDCG@10 .974, 1, .986.
test.each([
  { kind: 'expert', unrelated: 0.16, strong: 0.72, brier: 0.13, ndcg: 0.95 },
  { kind: 'lesson', unrelated: 0.12, strong: 0.85, brier: 0.075, ndcg: 0.97 },
  { kind: 'finance-product', unrelated: 0.09, strong: 0.68, brier: 0.075, ndcg: 0.96 },
])('$kind: unrelated pairs score low, strong ones high, and the first is worth a conversation', (gate) => {
  const own = pairs.filter(({ set }) => set.offerKind === gate.kind);
  const found = figures(own);
  expect(found.unrelated).toBeLessThanOrEqual(gate.unrelated);
  expect(found.strong).toBeGreaterThanOrEqual(gate.strong);
  expect(found.brier).toBeLessThanOrEqual(gate.brier);
  expect(found.ndcg).toBeGreaterThanOrEqual(gate.ndcg);
  expect(found.first).toBe(1);
  expect(own.filter(({ level, score, set }) => level >= 3 && score < set.minScore)).toEqual([]);
  expect(own.filter(({ level, evident }) => level >= 3 && !evident)).toEqual([]);
});

test('there are enough graded pairs, of all kinds', () => {
  expect(pairs.length).toBeGreaterThanOrEqual(60);
  expect(ADDITIVE.map(({ set }) => pairs.filter((pair) => pair.set === set).length >= 20)).toEqual([
    true,
    true,
    true,
  ]);
});

test('an expert of something else is not proposed for being near and free', () => {
  const unrelated = pairs.filter(({ set, level }) => set.offerKind === 'expert' && level === 1);
  expect(unrelated.filter(({ evident }) => evident).length / unrelated.length).toBeLessThanOrEqual(0.2);
});
