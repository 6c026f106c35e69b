import { CapabilityIndex } from '../index/capability-index.js';
import type { MatchCapability, MatchNeed } from '../match-types.js';
import { predictUnseen, reasonAgainst } from './compare-models.js';
import { DEFAULT_MODEL } from './default-model.js';
import { learnFromGrades } from './learn-from-grades.js';
import { openLearnedCorpus } from './open-corpus.js';
import type { ModelQuality } from './rank-model.js';

const measured = (cold: [number, number], warm: [number, number]) => ({
  cold: { score: cold[0], ndcg10: cold[1] },
  warm: { score: warm[0], ndcg10: warm[1] },
});
const rival = (
  pairs: number,
  own: ReturnType<typeof measured>,
): Pick<ModelQuality, 'rival' | 'pairs' | 'positive'> => ({
  pairs: 40,
  positive: 20,
  rival: { version: 'v', pairs, own, theirs: measured([0.7, 0.8], [0.75, 0.85]) },
});

test('a model that is nowhere worse may take the place of the one in use', () => {
  expect(reasonAgainst(rival(10, measured([0.7, 0.8], [0.75, 0.85])))).toBe(null);
  expect(reasonAgainst(rival(40, measured([0.9, 0.9], [0.9, 0.9])))).toBe(null);
});

test('a model that is behind in one measure may not, and it is said in which', () => {
  expect(reasonAgainst(rival(40, measured([0.9, 0.79], [0.9, 0.9])))).toBe('worse:coldNdcg10=0.790/0.800');
  expect(reasonAgainst(rival(40, measured([0.69, 0.79], [0.74, 0.84])))).toBe(
    'worse:coldNdcg10=0.790/0.800,coldScore=0.690/0.700,ndcg10=0.840/0.850,score=0.740/0.750',
  );
});

test('who was only told yes, or no, is not put to use however good it looks', () => {
  const best = rival(40, measured([0.9, 0.9], [0.9, 0.9]));
  const counts = [
    [40, 40],
    [40, 36],
    [40, 35],
    [40, 5],
    [40, 4],
  ];
  expect(
    counts.map(([pairs, positive]) => reasonAgainst({ ...best, pairs: pairs!, positive: positive! })),
  ).toEqual(['one-sided', 'one-sided', null, null, 'one-sided']);
});

test('without enough pairs that neither has seen nothing is changed', () => {
  expect(reasonAgainst({ pairs: 40, positive: 20 })).toBe('unmeasured');
  expect(reasonAgainst(rival(9, measured([0.9, 0.9], [0.9, 0.9])))).toBe('unmeasured');
});

const NOW = new Date('2026-03-01T00:00:00Z');
const options = { now: NOW, modeMapping: {} };
const SUBJECTS = ['水下机器人导航', '高温合金涂层', '净水絮凝药剂', '无人机避障', '海藻多糖提取'];
const stated = {
  version: 1,
  organisationId: null,
  keywords: [],
  fields: [],
  regionCode: null,
  trlScheme: null,
  indicators: [],
};
const needs = SUBJECTS.map((subject, n): MatchNeed => ({
  ...stated,
  id: `n${n}`,
  title: `${subject}难题`,
  body: `希望解决${subject}的稳定性`,
  targetTrl: null,
  solveModes: [],
  expiresAt: null,
}));
const capabilities = SUBJECTS.map((subject, n): MatchCapability => ({
  ...stated,
  id: `c${n}`,
  title: `${subject}技术`,
  text: `${subject}，已示范`,
  trl: null,
  transferModes: [],
}));
const records = {
  needs: new Map(needs.map((need) => [need.id, need])),
  capabilities: new Map(capabilities.map((capability) => [capability.id, capability])),
};
const grade = (n: number, c: number) => ({ needId: `n${n}`, capabilityId: `c${c}`, level: n === c ? 4 : 1 });

test('a model is asked only about pairs that it has not learned from, and cold without their need', () => {
  const reader = openLearnedCorpus(
    new CapabilityIndex(capabilities),
    needs,
    capabilities,
    DEFAULT_MODEL.needCounts,
  );
  const learned = [0, 1, 2].flatMap((n) => [0, 1, 2, 3].map((c) => grade(n, c)));
  const training = {
    ...options,
    version: 'before',
    prior: DEFAULT_MODEL,
    keepNeighbours: true,
    needCounts: DEFAULT_MODEL.needCounts,
  };
  const before = learnFromGrades(reader, records, learned, training);
  const fresh = [grade(0, 4), grade(4, 4), grade(4, 0)];
  const said = predictUnseen(before, reader, records, [...learned, ...fresh], options);
  expect(said.slice(0, learned.length)).toEqual(learned.map(() => null));
  const [known, unknown] = said.slice(learned.length);
  expect(known!.warm).not.toEqual(known!.cold);
  expect(unknown!.warm).toEqual(unknown!.cold);

  const after = learnFromGrades(reader, records, [...learned, ...fresh], {
    ...training,
    version: 'after',
    inUse: before,
  });
  expect([after.quality.rival!.version, after.quality.rival!.pairs]).toEqual(['before', 3]);
  const shipped = learnFromGrades(reader, records, learned, { ...training, inUse: DEFAULT_MODEL });
  expect(shipped.quality.rival!.theirs.cold).toEqual(shipped.quality.before);
  expect(shipped.quality.rival!.own.cold).toEqual(shipped.quality.cold);
});
