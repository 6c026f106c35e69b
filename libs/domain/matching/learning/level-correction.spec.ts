import fc from 'fast-check';
import { answeredOf } from './answered-pairs.js';
import {
  correctAcross,
  correctChances,
  fitCorrection,
  type LevelCorrection,
  type UnseenPair,
} from './level-correction.js';
import { DEFAULT_MODEL } from './default-model.js';
import { FEATURES } from './rank-model.js';
import { rankingQuality } from './ranking-quality.js';
import { trainRankModel } from './train-rank-model.js';
import { verifyCorrection } from './verify-correction.js';

/** Numbers in 0..1 that follow from a seed (Park & Miller 1988). */
function numbers(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/** Graded pairs of which those far from every answer are worse than said. */
function graded(seed: number, count = 700): UnseenPair[] {
  const next = numbers(seed);
  return Array.from({ length: count }, (_, at) => {
    const closest = next();
    const quality = next();
    const level = 1 + Math.floor(4 * Math.min(0.99, Math.max(0, quality * 0.7 + closest * 0.5 - 0.2)));
    const chance = (shift: number) => Math.min(1, Math.max(0, quality + 0.2 * next() + shift));
    return {
      needId: `n${at % 20}`,
      level,
      chances: [chance(0.1), chance(-0.2), chance(-0.4)],
      closest,
      answers: at % 25 === 0 ? 0 : 1 + Math.floor(30 * next()),
    };
  });
}

const PLAIN: LevelCorrection = [
  [0, 1, 0, 0, 0, 0],
  [0, 0, 1, 0, 0, 0],
  [-1, 0, 0, 0, 2, 0],
];

test('a correction is the likeliest one, and the same for the same pairs', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const pairs = graded(seed);
      const correction = fitCorrection(pairs)!;
      expect(verifyCorrection(correction, pairs)).toEqual([]);
      expect(fitCorrection(structuredClone(pairs))).toEqual(correction);
    }),
    { numRuns: 12 },
  );
  const [first, second, third] = fitCorrection(graded(1))!;
  const bent: LevelCorrection = [first.with(1, first[1]! + 0.1), second, third];
  expect(verifyCorrection(bent, graded(1)).length).toBeGreaterThan(0);
});

test('what few pairs say, or pairs of one grade, corrects nothing', () => {
  expect(fitCorrection([])).toBeNull();
  expect(fitCorrection(graded(1, 400))).toBeNull();
  expect(fitCorrection(graded(1).map((pair) => ({ ...pair, answers: 0 })))).toBeNull();
  expect(fitCorrection(graded(1).map((pair) => ({ ...pair, level: Math.min(3, pair.level) })))).toBeNull();
});

test('only needs with answers are corrected', () => {
  const chances = [0.9, 0.4, 0.1] as const;
  expect(correctChances(PLAIN, chances, { answers: 0, closest: 0 })).toBe(chances);
  expect(correctChances(undefined, chances, { answers: 3, closest: 1 })).toBe(chances);
  const odds = (x: number) => 1 / (1 + Math.exp(-x));
  expect(correctChances(PLAIN, chances, { answers: 3, closest: 0.25 })).toEqual([odds(0.9), odds(0.4), 0.5]);
  // Meanings may point apart: a likeness below nothing is none.
  expect(correctChances(PLAIN, chances, { answers: 3, closest: -0.1 })[2]).toBe(odds(-1));
});

test('pairs are corrected by those of other needs alone, and grades are foretold better for it', () => {
  const pairs = graded(7, 1500);
  const corrected = correctAcross(pairs);
  const other = correctAcross(
    pairs.map((pair) => (pair.needId === 'n3' ? { ...pair, level: 5 - pair.level } : pair)),
  );
  const changed = new Set(
    pairs.flatMap(({ needId }, at) => (corrected[at]![0] === other[at]![0] ? [] : [needId])),
  );
  expect(changed.has('n3')).toBe(false);
  expect(changed.size).toBeGreaterThan(10);
  const better = rankingQuality(pairs.map((pair, at) => ({ ...pair, forLevels: corrected[at]! })));
  const plain = rankingQuality(pairs);
  expect(better.score).toBeGreaterThan(plain.score + 0.02);
  expect(better.ndcg10).toBe(plain.ndcg10);
});

test('a pair’s own grades do not count as answers to it', () => {
  const example = (need: number, capability: number) => ({
    need,
    capability,
    level: 2,
    features: new Float64Array(1),
  });
  const examples = [example(0, 0), example(0, 0), example(0, 1), example(0, 2), example(1, 1)];
  const likeness = { needs: () => 1, capabilities: (a: number, b: number) => (a === b ? 1 : (a + b) / 10) };
  expect(answeredOf(examples, likeness)).toEqual([
    { answers: 2, closest: 0.2 },
    { answers: 2, closest: 0.2 },
    { answers: 3, closest: 0.3 },
    { answers: 3, closest: 0.3 },
    { answers: 0, closest: 0 },
  ]);
});

test('a model that learns by itself corrects its levels, one without neighbours or beside a prior does not', () => {
  const next = numbers(5);
  const pairs = Array.from({ length: 520 }, (_, at) => {
    const features = new Float64Array(FEATURES.length).map(next);
    const level = 1 + Math.floor(4 * Math.min(0.99, 0.7 * features[0]! + 0.3 * next()));
    return { needId: `n${at % 10}`, capabilityId: `c${Math.floor(at / 10)}`, level, features };
  });
  const distinct = (ids: readonly string[]) => [...new Set(ids)].sort();
  const texts = {
    needIds: distinct(pairs.map(({ needId }) => needId)),
    capabilityIds: distinct(pairs.map(({ capabilityId }) => capabilityId)),
    likeness: {
      needs: (a: number, b: number) => Number(a === b),
      capabilities: (a: number, b: number) => (a === b ? 1 : 0.3 ** Math.abs(a - b)),
    },
  };
  const told = { version: 'v', keepNeighbours: true, needCounts: DEFAULT_MODEL.needCounts };
  const trained = trainRankModel(pairs, texts, told);
  expect(trained.forLevels!.correction.map((weights) => weights.map(Number.isFinite))).toEqual(
    Array(3).fill(Array(6).fill(true)),
  );
  const bare = trainRankModel(pairs, texts, { ...told, keepNeighbours: false });
  expect(bare.forLevels).toBeUndefined();
  expect(bare.quality.warm.ndcg10).toBe(trained.quality.warm.ndcg10);
  expect(bare.quality.cold.ndcg10).toBe(trained.quality.cold.ndcg10);
  // Levels are read from effects that may fall; what orders pairs may only rise.
  expect(trained.forLevels!.shapes).not.toEqual(trained.shapes);
  expect(trained.shapes).toEqual(bare.shapes);
  expect(trained.neighbours.every(({ forLevels }) => forLevels?.length === 3)).toBe(true);
  expect(trainRankModel(pairs, texts, { ...told, prior: DEFAULT_MODEL }).forLevels).toBeUndefined();
});
