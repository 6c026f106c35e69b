import fc from 'fast-check';
import { unitVector } from './closeness.js';
import { meanVector, SignCodes } from './sign-codes.js';

const component = fc.integer({ min: -1000, max: 1000 });
const vectors = fc
  .integer({ min: 1, max: 40 })
  .chain((width) =>
    fc.array(fc.array(component, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 30 }),
  );

test('finds what the definition finds', () => {
  fc.assert(
    fc.property(vectors, fc.integer({ min: 1, max: 10 }), (rows, k) => {
      const [query, ...market] = rows.map((row) => Float32Array.from(row));
      const mean = meanVector(market);
      const codes = new SignCodes(mean);
      for (const [at, vector] of market.entries()) codes.put(`c${String(at).padStart(2, '0')}`, vector);
      const worth = (vector: Float32Array) =>
        vector.reduce((sum, value, at) => sum + (value > mean[at]! ? query![at]! : -query![at]!), 0);
      const expected = market
        .map((vector, at) => ({ id: `c${String(at).padStart(2, '0')}`, score: worth(vector) }))
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
      expect(codes.nearest(query!, k)).toEqual(expected.slice(0, k).map(({ id }) => id));
    }),
  );
});

test('replaces a vector, takes no other width, and grows', () => {
  const codes = new SignCodes(new Float32Array(12));
  for (let at = 0; at < 3000; at += 1) codes.put(`c${at}`, new Float32Array(12).fill(-1));
  codes.put('c7', new Float32Array(12).fill(1));
  expect([codes.size, codes.nearest(new Float32Array(12).fill(1), 1)]).toEqual([3000, ['c7']]);
  codes.put('c7', new Float32Array(12).fill(-1));
  codes.put('c2999', new Float32Array(12).fill(1));
  expect(codes.nearest(new Float32Array(12).fill(1), 1)).toEqual(['c2999']);
  expect(() => codes.put('c1', new Float32Array(11))).toThrow(RangeError);
});

/** Deterministic numbers from −½ to ½ (Lehmer). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
}

test('among the 50 that seem nearest of 2,000 are nine in ten of the 10 that are', () => {
  const next = numbers(7);
  const themes = Array.from({ length: 40 }, () => Float32Array.from({ length: 256 }, next));
  const market = Array.from({ length: 2000 }, (_, at) =>
    unitVector(themes[at % 40]!.map((value) => value + 1.2 * next())),
  );
  const codes = new SignCodes(meanVector(market.slice(0, 256)));
  for (const [at, vector] of market.entries()) codes.put(String(at), vector);
  let found = 0;
  for (let turn = 0; turn < 40; turn += 1) {
    const query = unitVector(themes[turn]!.map((value) => value + 1.2 * next()));
    const near = new Set(codes.nearest(query, 50));
    const dots = market.map((vector, at) => ({
      at,
      dot: vector.reduce((sum, value, k) => sum + value * query[k]!, 0),
    }));
    const best = dots.sort((a, b) => b.dot - a.dot).slice(0, 10);
    found += best.filter(({ at }) => near.has(String(at))).length;
  }
  expect(found).toBeGreaterThanOrEqual(360);
});
