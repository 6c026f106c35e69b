import fc from 'fast-check';
import { TermDictionary } from '../index/term-dictionary.js';
import { termKey } from '../index/term-key.js';
import { GaussianProcess, type LevelChances, type ProcessExample } from './gaussian-process.js';
import { isotonic } from './isotonic.js';
import { fitLogistic, logistic } from './logistic.js';
import { NeedStatistics } from './need-statistics.js';
import { ndcg10, predictedLevel, rankingQuality } from './ranking-quality.js';
import { SemanticSpace } from './semantic-space.js';
import { SymmetricSystem } from './symmetric-system.js';

const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 30 });

test('isotonic regression is the nearest non-decreasing sequence', () => {
  expect([...isotonic([1, 3, 2, 4], [1, 1, 1, 1])].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([
    1, 2.5, 2.5, 4,
  ]);
  fc.assert(
    fc.property(values, values, (data, moves) => {
      const weights = data.map(() => 1);
      const fit = isotonic(data, weights);
      const cost = (guess: ArrayLike<number>) => data.reduce((sum, x, at) => sum + (x - guess[at]!) ** 2, 0);
      for (let at = 1; at < fit.length; at += 1) expect(fit[at]!).toBeGreaterThanOrEqual(fit[at - 1]! - 1e-9);
      const other = data.map((x, at) => x + (moves[at % moves.length] ?? 0)).sort((a, b) => a - b);
      expect(cost(fit)).toBeLessThanOrEqual(cost(other) + 1e-6);
    }),
  );
});

test('a logistic fit meets the share of its outcomes and rises with x', () => {
  const xs = Array.from({ length: 200 }, (_, at) => at / 100);
  const outcomes = xs.map((x, at) => (at * 7919) % 100 < 100 * (x / 2));
  const fit = fitLogistic(xs, outcomes);
  const expected = xs.reduce((sum, x) => sum + logistic(fit, x), 0);
  expect(Math.abs(expected - outcomes.filter(Boolean).length)).toBeLessThan(0.1);
  expect(fit.slope).toBeGreaterThan(0);
  expect(fitLogistic([1, 2], [true, true]).slope).toBe(1);
});

/** A positive definite matrix of whatever is drawn. */
function covarianceOf(rows: readonly (readonly number[])[]): Float32Array {
  const n = rows.length;
  const matrix = new Float32Array(n * n);
  for (let a = 0; a < n; a += 1)
    for (let b = 0; b < n; b += 1)
      matrix[a * n + b] = rows[a]!.reduce((sum, x, k) => sum + x * rows[b]![k]!, a === b ? 1 : 0);
  return matrix;
}

test('a solved system gives back its right side, and its inverse is the inverse', () => {
  const row = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 14 }), (rows) => {
      const n = rows.length;
      const matrix = covarianceOf(rows);
      const system = new SymmetricSystem(matrix.slice(), n);
      const right = rows.map((_, at) => at - 1);
      const x = system.solve(right);
      for (let a = 0; a < n; a += 1) {
        let sum = 0;
        for (let b = 0; b < n; b += 1) sum += matrix[a * n + b]! * x[b]!;
        expect(sum).toBeCloseTo(right[a]!, 3);
      }
      const unit = system.solve(rows.map((_, at) => Number(at === n - 1)));
      expect(system.inverseAt([n - 1])[0]).toBeCloseTo(unit[n - 1]!, 3);
      expect(system.inverseAt([0, n - 1])[1]).toBeCloseTo(unit[0]!, 3);
    }),
  );
  expect(() => new SymmetricSystem(Float32Array.of(1, 0, 2, 1), 2)).toThrow(RangeError);
});

const example = (need: number, capability: number, x: number, level: number): ProcessExample => ({
  need,
  capability,
  level,
  features: Float64Array.of(x, Number.NaN),
});
const EXAMPLES = [
  example(0, 0, 1.5, 4),
  example(0, 1, 0.5, 2),
  example(0, 2, -1, 1),
  example(1, 0, 1, 3),
  example(1, 2, -0.5, 1),
  example(2, 1, 0.75, 2),
];
const likeness = {
  needs: (a: number, b: number) => (a === b ? 1 : 0.1),
  capabilities: (a: number, b: number) => (a === b ? 1 : 0.2),
};

test('an example left out is predicted from the others, and from nothing when all are left out', () => {
  const often = [2 / 3, 1 / 3, 1 / 6] as const;
  const assumed = EXAMPLES.map(() => often);
  const process = new GaussianProcess(EXAMPLES, likeness, assumed);
  const own = [process.coefficients];
  const [none] = process.leaveOut(() => 'all', own);
  for (const chances of none!) for (let k = 0; k < 3; k += 1) expect(chances[k]!).toBeCloseTo(often[k]!, 4);
  const [single] = process.leaveOut(String, own);
  const needOf = (row: number) => String(EXAMPLES[row]!.need);
  // The same once with what was said of each beforehand, whoever said it.
  const said = [0, 1, 2].map((k) => Float64Array.from(EXAMPLES, (_, row) => (row - k) / 10));
  const beyond = assumed.map((chances, row) => chances.map((chance, k) => chance + said[k]![row]!));
  const other = new GaussianProcess(EXAMPLES, likeness, beyond as unknown as typeof assumed);
  const [byNeed, byNeedBeyond] = process.leaveOut(needOf, [
    process.coefficients,
    process.coefficientsBeyond(said),
  ]) as [LevelChances[], LevelChances[]];
  const digits = (chances: readonly LevelChances[]) => chances.flat().map((chance) => chance.toFixed(9));
  expect(digits(byNeedBeyond)).toEqual(digits(other.leaveOut(needOf, [other.coefficients])[0]!));
  expect(byNeedBeyond).not.toEqual(byNeed);
  expect(byNeed[5]![0]).toBeCloseTo(single![5]![0], 6);
  // The capability that need 1 found worth a meeting is expected to be worth one for need 0 too.
  expect(byNeed[0]![1]).toBeGreaterThan(byNeed[2]![1]);
  expect(() => new GaussianProcess(EXAMPLES.slice(0, 1), likeness, assumed)).toThrow(RangeError);
});

test('what another model expects is where learning begins', () => {
  const expected = EXAMPLES.map(
    ({ level }) => [level >= 2 ? 1 : 0, level >= 3 ? 1 : 0, level >= 4 ? 1 : 0] as const,
  );
  const process = new GaussianProcess(EXAMPLES, likeness, expected);
  expect(process.coefficients.flatMap((row) => [...row]).every((value) => Math.abs(value) < 1e-9)).toBe(true);
});

test('quality is that of the definitions', () => {
  expect(ndcg10([4, 1, 1])).toBe(1);
  expect(ndcg10([1, 4])).toBeCloseTo(1 / Math.log2(3), 9);
  expect(ndcg10([1, 1])).toBeNull();
  expect([predictedLevel([0.9, 0.6, 0.1]), predictedLevel([0.1, 0, 0])]).toEqual([3, 1]);
  const judged = [
    { needId: 'a', level: 4, chances: [1, 1, 0.4] as const },
    { needId: 'a', level: 1, chances: [0, 0, 0] as const },
  ];
  expect(rankingQuality(judged)).toEqual({ score: 1 / 1.5, ndcg10: 1 });
});

test('a term that all needs hold weighs less than one that none holds, and counts can be kept', () => {
  const needs = ['研发水下导航', '研发高温涂料', '研发净水药剂'].map((title) => ({ title, body: '' }));
  const statistics = new NeedStatistics(needs);
  expect(statistics.weight('研发')).toBeLessThan(statistics.weight('导航'));
  expect(statistics.weight('没有')).toBe(1);
  const kept = new NeedStatistics([], statistics.counts(1));
  expect(kept.weight('导航')).toBe(statistics.weight('导航'));
  expect(new NeedStatistics([]).weight('研发')).toBe(1);
});

test('texts whose words stand beside the same others are near, and a space survives its bytes', () => {
  const dictionary = new TermDictionary();
  const text = (words: string) => {
    const terms = Int32Array.from(words.split(' '), (word) => dictionary.add(termKey(word)));
    return { terms, weights: new Float32Array(terms.length).fill(1) };
  };
  const corpus = [
    '滑翔机 海洋 观测',
    '航行器 海洋 观测',
    '滑翔机 航行器 海洋',
    '药剂 净水 絮凝',
    '絮凝 净水 污泥',
    '药剂 污泥 净水',
  ];
  const options = { dimensions: 2, leastDocuments: 2, mostTerms: 100 };
  const space = SemanticSpace.build(corpus.map(text), dictionary, options);
  const near = (a: string, b: string, of = space) => {
    const vectorOf = (words: string) => {
      const { terms, weights } = text(words);
      return of.vectorOf(terms, weights, dictionary);
    };
    const [x, y] = [vectorOf(a), vectorOf(b)];
    return x.reduce((sum, value, k) => sum + value * y[k]!, 0);
  };
  expect(near('滑翔机', '航行器')).toBeGreaterThan(near('滑翔机', '药剂') + 0.5);
  const decoded = SemanticSpace.decode(space.encode());
  expect(near('滑翔机', '观测', decoded)).toBe(near('滑翔机', '观测'));
  expect(SemanticSpace.build(corpus.map(text), dictionary, options).encode().equals(space.encode())).toBe(
    true,
  );
  expect(() => SemanticSpace.decode(space.encode().subarray(0, -4))).toThrow(RangeError);
  expect(near('不认识', '不认识')).toBe(0);
});
