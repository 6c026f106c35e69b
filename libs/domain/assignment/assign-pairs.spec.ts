import fc from 'fast-check';
import { assignByFlow } from './assign-by-flow.js';
import { assignBySat } from './assign-by-sat.js';
import { assignPairs } from './assign-pairs.js';
import { InvalidAssignmentInputError, type AssignmentInput, type AssignmentPair } from './assignment.js';
import { explainPairs } from './explain-pairs.js';
import { nestQuotas } from './quota-nests.js';
import { verifyAssignment } from './verify-assignment.js';

const pair = (id: string, leftId: string, rightId: string, score: number): AssignmentPair => ({
  id,
  leftId,
  rightId,
  score,
  interest: 'none',
});
const market = (change: Partial<AssignmentInput>): AssignmentInput => ({
  lefts: [
    { id: 'e1', most: 1 },
    { id: 'e2', most: 1 },
  ],
  rights: [
    { id: 'i1', most: 1 },
    { id: 'i2', most: 1 },
  ],
  pairs: [pair('11', 'e1', 'i1', 0.9), pair('12', 'e1', 'i2', 0.8), pair('21', 'e2', 'i1', 0.7)],
  seed: 1,
  ...change,
});

test('the best pair gives way when two others are worth more, and is told so', async () => {
  expect(await assignPairs(market({}))).toEqual({
    chosen: ['12', '21'],
    why: [
      { pairId: '11', reason: 'left-full', worth: 901, insteadOf: ['12'] },
      { pairId: '12', reason: 'chosen', worth: 801, insteadOf: [] },
      { pairId: '21', reason: 'chosen', worth: 701, insteadOf: [] },
    ],
    objective: { missedMust: 0, shortfall: 0, worth: 1502 },
    status: 'optimal',
  });
});

test('what must be comes before what is worth more', async () => {
  const { pairs } = market({});
  const [first, ...rest] = pairs;
  const { chosen } = await assignPairs(market({ pairs: [{ ...first!, wish: 'must' }, ...rest] }));
  expect(chosen).toEqual(['11']);
});

test('a conflict of interest is never chosen', async () => {
  const { chosen, why } = await assignPairs(market({ blocks: [['e1', 'i2']] }));
  expect([chosen, why[1]]).toEqual([['11'], { pairId: '12', reason: 'blocked', worth: 801, insteadOf: [] }]);
});

test('two sides with one id are refused', async () => {
  await expect(
    assignPairs(
      market({
        lefts: [
          { id: 'e1', most: 1 },
          { id: 'e1', most: 1 },
        ],
      }),
    ),
  ).rejects.toThrow(InvalidAssignmentInputError);
});

const quota = fc.option(
  fc.record({ min: fc.nat({ max: 3 }), max: fc.option(fc.nat({ max: 4 })) }).map(({ min, max }) => ({
    min: max === null ? min : Math.min(min, max),
    max,
  })),
);

/** Questions whose sides are in the groups that `groupsOf` says, each of which may have a quota. */
const asked = (
  groups: readonly string[],
  groupsOf: (id: string) => string[],
): fc.Arbitrary<AssignmentInput> =>
  fc
    .record({
      pairs: fc.uniqueArray(
        fc.record({
          left: fc.nat({ max: 2 }),
          right: fc.nat({ max: 2 }),
          score: fc.nat({ max: 4 }),
          interest: fc.constantFrom('none' as const, 'none' as const, 'left' as const, 'both' as const),
          wish: fc.constantFrom(
            'like' as const,
            'like' as const,
            'like' as const,
            'must' as const,
            'no-thanks' as const,
          ),
        }),
        { selector: ({ left, right }) => 3 * left + right, maxLength: 8 },
      ),
      most: fc.array(fc.nat({ max: 3 }), { minLength: 6, maxLength: 6 }),
      least: fc.array(fc.nat({ max: 2 }), { minLength: 6, maxLength: 6 }),
      quotas: fc.tuple(...groups.map(() => quota)),
      capacity: fc.option(fc.nat({ max: 6 })),
      block: fc.option(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }))),
    })
    .map(({ pairs, most, least, quotas, capacity, block }) => {
      const side = (kind: string, from: number) =>
        [0, 1, 2].map((i) => ({
          id: `${kind}${i}`,
          most: most[from + i] ?? 0,
          least: least[from + i] ?? 0,
          groups: groupsOf(`${kind}${i}`),
        }));
      return {
        lefts: side('e', 0),
        rights: side('i', 3),
        pairs: pairs.map(({ left, right, score, interest, wish }) => ({
          ...pair(`${left}${right}`, `e${left}`, `i${right}`, score / 4),
          interest,
          wish,
        })),
        blocks: block ? [[`e${block[0]}`, `i${block[1]}`] as const] : [],
        quotas: groups.flatMap((group, i) => (quotas[i] ? [{ group, ...quotas[i] }] : [])),
        capacity,
        minScore: 0.3,
        seed: 1,
      };
    });

/** A group on both sides, two that cross on one, and one of everybody. */
const small = asked(['g', 'h', 'k', 'all'], (id) => [
  ...(['e0', 'i0'].includes(id) ? ['g'] : []),
  ...(['e0', 'e1'].includes(id) ? ['h'] : []),
  ...(['e1', 'e2'].includes(id) ? ['k'] : []),
  'all',
]);

/** Organisations within their kinds, one of each side with two people. */
const nested = asked(['firm', 'lab', 'kind:e', 'kind:i'], (id) => [
  ...(['e0', 'e1'].includes(id) ? ['firm'] : []),
  ...(['i1', 'i2'].includes(id) ? ['lab'] : []),
  `kind:${id[0] ?? ''}`,
]);

/** All sets of pairs that keep the limits; the best by musts, floors and worth. */
function bestByTrying(input: AssignmentInput): number[] {
  let best = [Infinity, Infinity, Infinity];
  for (let set = 0; set < 2 ** input.pairs.length; set++) {
    const ids = input.pairs.flatMap(({ id }, i) => ((set >> i) & 1 ? [id] : []));
    const assignment = explainPairs(input, ids, 'optimal');
    const broken = verifyAssignment(input, assignment).some(
      ({ rule }) => rule !== 'addable' && rule !== 'why',
    );
    const { missedMust, shortfall, worth } = assignment.objective;
    const costs = [missedMust, shortfall, -worth];
    const at = costs.findIndex((cost, i) => cost !== best[i]);
    if (!broken && at >= 0 && (costs[at] ?? 0) < (best[at] ?? 0)) best = costs;
  }
  return best;
}

test.each([
  ['whatever the groups', small],
  ['with organisations within kinds', nested],
])('as good as trying all sets, with true reasons, in any order of the input, %s', async (_, inputs) => {
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const assignment = await assignPairs(input);
      expect(verifyAssignment(input, assignment)).toEqual([]);
      const { missedMust, shortfall, worth } = assignment.objective;
      expect([missedMust, shortfall, -worth]).toEqual(bestByTrying(input));
      const turned = await assignPairs({ ...input, pairs: [...input.pairs].reverse(), seed: 2 });
      expect([...turned.chosen].sort()).toEqual([...assignment.chosen].sort());
    }),
    { numRuns: 300 },
  );
});

test('the flow and the solver choose the same pairs, ties included, also within groups of groups', async () => {
  await fc.assert(
    fc.asyncProperty(nested, async (input) => {
      const nests = nestQuotas(input);
      expect(nests.others).toEqual([]);
      expect(assignByFlow(input, nests)).toEqual((await assignBySat(input)).chosen);
    }),
    { numRuns: 300 },
  );
});

test('quotas are nested by their members; those of both sides and those that cross larger ones are not', () => {
  const groupsOf: Record<string, string[]> = { e1: ['o', 'kind', 'x'], e2: ['kind'], i1: ['p', 'x'], i2: [] };
  const { lefts, rights } = market({});
  const side = (one: { id: string; most: number }) => ({ ...one, groups: groupsOf[one.id] ?? [] });
  const nests = nestQuotas(
    market({
      lefts: lefts.map(side),
      rights: rights.map(side),
      quotas: ['o', 'x', 'kind', 'p', 'nobody'].map((group) => ({ group, max: 1 })),
    }),
  );
  const named = (list: typeof nests.lefts) =>
    list.map(({ quota: { group }, within }) => [group, within?.quota.group ?? null]);
  expect(named(nests.lefts)).toEqual([
    ['kind', null],
    ['o', 'kind'],
    ['nobody', null],
  ]);
  expect(named(nests.rights)).toEqual([['p', null]]);
  expect(nests.others).toEqual([{ group: 'x', max: 1 }]);
});

test('whoever is left out because of the organisation is told so', async () => {
  const { lefts, rights } = market({});
  const input = market({
    lefts: lefts.map((one) => ({ ...one, most: 2, groups: ['firm', 'kind'] })),
    rights: rights.map((one) => ({ ...one, most: 2 })),
    quotas: [
      { group: 'firm', max: 1 },
      { group: 'kind', max: 1 },
    ],
  });
  const { why, status } = await assignPairs(input);
  expect(status).toBe('optimal');
  expect(why.map(({ reason, group, insteadOf }) => [reason, group, insteadOf])).toEqual([
    ['chosen', undefined, []],
    ['group-full', 'firm', ['11']],
    ['group-full', 'firm', ['11']],
  ]);
});

test('without time to prove anything the quotas are kept all the same', async () => {
  await fc.assert(
    fc.asyncProperty(small, async (input) => {
      const { status, ...assignment } = await assignPairs(input, { cancelled: () => true });
      const broken = verifyAssignment(input, { status, ...assignment }).map(({ rule }) => rule);
      expect(broken.filter((rule) => rule !== 'addable')).toEqual([]);
      if (status === 'optimal') expect(broken).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('weights say what makes a pair worth meeting', async () => {
  const pairs = [pair('1', 'e1', 'i1', 0.9), { ...pair('2', 'e1', 'i2', 0.5), interest: 'left' as const }];
  const weights = { score: 100, oneSided: 0, mutual: 0 };
  expect((await assignPairs(market({ pairs }))).chosen).toEqual(['2']);
  expect((await assignPairs(market({ pairs, weights }))).chosen).toEqual(['1']);
});
