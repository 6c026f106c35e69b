import fc from 'fast-check';
import { clusterPairs } from './cluster-pairs.js';
import { joinCopies, representatives } from './join-copies.js';

const CLUSTERS = clusterPairs([
  ['a', 'b'],
  ['b', 'c'],
  ['x', 'y'],
]);

test('the least present one stands for its cluster', () => {
  expect(representatives(CLUSTERS, ['c', 'b', 'other'])).toEqual(
    new Map([
      ['a', 'b'],
      ['b', 'b'],
      ['c', 'b'],
    ]),
  );
  expect(representatives(CLUSTERS, [])).toEqual(new Map());
});

test('an answer to a copy counts for all, and the last one about a capability holds', () => {
  const answer = (needId: string, capabilityId: string, level: number) => ({ needId, capabilityId, level });
  const answers = [
    answer('c', '1', 4),
    answer('b', '1', 1),
    answer('y', '1', 3),
    answer('n', '1', 2),
    answer('c', '2', 3),
  ];
  expect(joinCopies(answers, representatives(CLUSTERS, ['b', 'c', 'y']))).toEqual([
    answer('b', '1', 1),
    answer('y', '1', 3),
    answer('n', '1', 2),
    answer('b', '2', 3),
  ]);
  expect(joinCopies(answers, new Map())).toEqual(answers);
});

test('whatever the answers: one per pair, each of them the last of its copies', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'x', 'y', 'n');
  const answers = fc.array(
    fc.record({ needId: ids, capabilityId: fc.constantFrom('1', '2'), level: fc.nat(9) }),
  );
  fc.assert(
    fc.property(answers, (given) => {
      const standsFor = representatives(
        CLUSTERS,
        given.map(({ needId }) => needId),
      );
      const joined = joinCopies(given, standsFor);
      const nameOf = (id: string) => standsFor.get(id) ?? id;
      const pairs = joined.map(({ needId, capabilityId }) => `${needId} ${capabilityId}`);
      expect(new Set(pairs).size).toBe(pairs.length);
      for (const { needId, capabilityId, level } of joined) {
        const same = given.filter(
          (each) => nameOf(each.needId) === needId && each.capabilityId === capabilityId,
        );
        expect(same.at(-1)!.level).toBe(level);
      }
      expect(new Set(given.map((each) => `${nameOf(each.needId)} ${each.capabilityId}`))).toEqual(
        new Set(pairs),
      );
    }),
  );
});
