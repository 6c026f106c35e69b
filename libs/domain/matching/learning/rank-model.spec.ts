import { DEFAULT_MODEL } from './default-model.js';
import { effectAt, FEATURES, fitsFeatures, type RankModel, withNewFeatures } from './rank-model.js';

const last = FEATURES.length - 1;
const NEIGHBOUR = {
  needId: 'n1',
  capabilityId: 'c1',
  features: FEATURES.map((_, k) => (k % 2 === 0 ? 0.5 : null)),
  coefficients: [0.1, 0.2, 0.3],
} as const;

/** A row as it was stored before prices were read. */
const BEFORE: RankModel = {
  ...DEFAULT_MODEL,
  features: FEATURES.slice(0, last),
  means: DEFAULT_MODEL.means.slice(0, last),
  deviations: DEFAULT_MODEL.deviations.slice(0, last),
  shapes: DEFAULT_MODEL.shapes.map((shapes) => shapes.slice(0, last)),
  neighbours: [{ ...NEIGHBOUR, features: NEIGHBOUR.features.slice(0, last) }],
};

test('a model from before prices were read says of everything else what it said, and of prices nothing', () => {
  expect(FEATURES[last]).toBe('price');
  expect(fitsFeatures(BEFORE)).toBe(false);
  const read = withNewFeatures(structuredClone(BEFORE))!;
  expect(fitsFeatures(read)).toBe(true);
  expect(read.means.slice(0, last)).toEqual(BEFORE.means);
  expect(read.deviations).toEqual([...BEFORE.deviations, 0]);
  for (const [threshold, shapes] of read.shapes.entries()) {
    expect(shapes.slice(0, last)).toEqual(BEFORE.shapes[threshold]);
    expect([-3, 0, 0.3, 4].map((value) => effectAt(shapes[last]!, value))).toEqual([0, 0, 0, 0]);
  }
  expect(read.neighbours).toEqual([{ ...NEIGHBOUR, features: [...BEFORE.neighbours[0]!.features, null] }]);
});

test('a model from before the best were compared with says what it said of all that stands behind', () => {
  const place = FEATURES.indexOf('best-meaning');
  const without = <T>(values: readonly T[]) => values.toSpliced(place, 1);
  const before: RankModel = {
    ...DEFAULT_MODEL,
    features: without(FEATURES),
    means: without(DEFAULT_MODEL.means),
    deviations: without(DEFAULT_MODEL.deviations),
    shapes: DEFAULT_MODEL.shapes.map(without),
    neighbours: [{ ...NEIGHBOUR, features: without(NEIGHBOUR.features) }],
  };
  const read = withNewFeatures(before)!;
  expect(fitsFeatures(read)).toBe(true);
  expect(without(read.means)).toEqual(before.means);
  expect(read.deviations[place]).toBe(0);
  for (const [threshold, shapes] of read.shapes.entries()) {
    expect(without(shapes)).toEqual(before.shapes[threshold]);
    expect(new Set(shapes[place])).toEqual(new Set([0]));
  }
  expect(read.neighbours[0]!.features).toEqual(NEIGHBOUR.features.with(place, null));
});

test('a model of today stays as it is, and one of other features is not read', () => {
  expect(withNewFeatures(DEFAULT_MODEL)).toBe(DEFAULT_MODEL);
  expect(withNewFeatures({ ...BEFORE, features: BEFORE.features.slice(0, -1) })).toBeNull();
  expect(withNewFeatures({ ...DEFAULT_MODEL, features: [...FEATURES, 'more'] })).toBeNull();
  expect(withNewFeatures({ ...BEFORE, features: ['other', ...BEFORE.features.slice(1)] })).toBeNull();
});

test('in the shipped model a price above the budget speaks against a pair and one within it for it', () => {
  const { means, deviations, shapes } = DEFAULT_MODEL;
  const effect = (value: number) => {
    const standard = (value - means[last]!) / deviations[last]!;
    return shapes.reduce((total, each) => total + effectAt(each[last]!, standard), 0);
  };
  expect(effect(0)).toBeLessThan(0);
  expect(effect(1)).toBeGreaterThan(0);
});
