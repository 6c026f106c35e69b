import fc from 'fast-check';
import { Converter } from 'opencc-js/cn2t';
import { clusterPairs } from './cluster-pairs.js';
import { foldDuplicates } from './fold-duplicates.js';
import { bandsOf, findNearDuplicates, gramsOf, jaccard } from './near-duplicates.js';
import { verifyNearDuplicates } from './verify-near-duplicates.js';

const TEXT =
  '面向深水养殖网箱的水下机器人导航与定位技术：浑水环境中视觉失效，需要声学与惯性融合的定位方案，精度优于0.05m，工作深度300m';
const records = (...texts: string[]) => texts.map((text, at) => ({ id: `r${at}`, text }));

describe('grams and similarity', () => {
  test('letters and digits only, in one spelling', () => {
    expect([...gramsOf('ＡＢ-c，d')]).toEqual(['abc', 'bcd']);
    expect([...gramsOf('深水')]).toEqual(['深水']);
    expect(gramsOf(' ，。').size).toBe(0);
    expect(jaccard(new Set(['a', 'b']), new Set(['b', 'c']))).toBe(1 / 3);
    expect(jaccard(new Set(), new Set())).toBe(0);
  });

  test('an empty text has no bands, equal sets have equal ones', () => {
    expect(bandsOf(new Set())).toEqual([]);
    const [a, b] = [bandsOf(gramsOf(TEXT)), bandsOf(new Set([...gramsOf(TEXT)].reverse()))];
    expect(a).toEqual(b);
    expect(a.length).toBe(30);
    expect(a.every((band) => Number.isInteger(band) && Math.abs(band) <= 2 ** 31)).toBe(true);
  });
});

describe('pairs', () => {
  test('a changed figure and another script are nearly the same; another subject is not', () => {
    const traditional = Converter({ from: 'cn', to: 't' })(TEXT);
    const found = findNearDuplicates(
      records(TEXT, TEXT.replace('300m', '500m'), traditional, '蔬菜大棚温湿度监测与自动通风控制'),
    );
    expect(found.map(({ lowerId, higherId }) => [lowerId, higherId])).toEqual([
      ['r0', 'r1'],
      ['r0', 'r2'],
    ]);
    expect(found[1]!.similarity).toBe(1);
  });

  test('a crowd of equal texts is a star, not all its pairs', () => {
    const crowd = Array.from({ length: 500 }, (_, at) => ({
      id: `r${String(at).padStart(3, '0')}`,
      text: TEXT,
    }));
    const found = findNearDuplicates(crowd);
    expect(found.length).toBe(499);
    expect(new Set(found.map(({ lowerId }) => lowerId))).toEqual(new Set(['r000']));
  });
});

const characters = [...new Set(TEXT)].filter((char) => /\p{L}/u.test(char));
const passage = fc
  .array(fc.constantFrom(...characters), { minLength: 40, maxLength: 90 })
  .map((chars) => chars.join(''));
/** The text with some characters replaced: near the threshold on both sides of it. */
const variants = fc
  .tuple(passage, fc.array(fc.array(fc.nat({ max: 89 }), { maxLength: 4 }), { minLength: 1, maxLength: 5 }))
  .map(([text, edits]) => [
    text,
    ...edits.map((places) => [...text].map((char, at) => (places.includes(at) ? '异' : char)).join('')),
  ]);

describe('properties', () => {
  test('pairs and clusters equal those of the complete comparison, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(variants, { minLength: 1, maxLength: 4 }), fc.nat(), (groups, turn) => {
        const all = records(...groups.flat());
        const found = findNearDuplicates(all);
        expect(verifyNearDuplicates(all, found)).toEqual([]);
        const cut = turn % all.length;
        expect(findNearDuplicates([...all.slice(cut), ...all.slice(0, cut)])).toEqual(found);
      }),
      { numRuns: 25 },
    );
  });

  test('clusters do not depend on the order of pairs, and are named by their least id', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    fc.assert(
      fc.property(fc.array(fc.tuple(id, id), { maxLength: 12 }), (pairs) => {
        const clusters = clusterPairs(pairs);
        for (const [a, b] of pairs) expect(clusters.get(a)).toBe(clusters.get(b));
        for (const [member, name] of clusters)
          expect(name <= member && clusters.get(name) === name).toBe(true);
        const byId = (map: Map<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
        expect(byId(clusterPairs([...pairs].reverse()))).toEqual(byId(clusters));
      }),
    );
  });

  test('folding keeps the first of each cluster and organisation and loses nobody', () => {
    const item = fc.record({
      organisationId: fc.constantFrom(null, 'o1', 'o2'),
      cluster: fc.constantFrom(null, 'x', 'y'),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 10 }), (items) => {
        const ranked = items.map(({ organisationId }, at) => ({
          capability: { id: `c${at}`, organisationId },
        }));
        const clusters = new Map(
          items.flatMap(({ cluster }, at): [string, string][] =>
            cluster === null ? [] : [[`c${at}`, cluster]],
          ),
        );
        const kept = foldDuplicates(ranked, clusters);
        const names = kept.flatMap((entry) => [entry.item.capability.id, ...entry.folded]);
        expect(names.sort()).toEqual(ranked.map(({ capability }) => capability.id).sort());
        const keys = kept.map(({ item: { capability } }) => {
          const cluster = clusters.get(capability.id);
          return cluster === undefined || capability.organisationId === null
            ? capability.id
            : `${capability.organisationId} ${cluster}`;
        });
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
