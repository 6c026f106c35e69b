import fc from 'fast-check';
import { onOneTheme, spreadOrganisations, type Listed } from './spread-organisations.js';
import { verifySpread } from './verify-spread.js';

const entry = (
  id: string,
  organisationId: string | null,
  score: number,
  title = '水下机器人导航',
  fields: string[] = [],
) => ({
  capability: { id, organisationId, title, fields },
  score,
});
const ids = (list: readonly { item: Listed; behind: number }[]) =>
  list.map(({ item, behind }) => `${item.capability.id}${behind > 0 ? `(${behind})` : ''}`);

test('themes: a common field of two levels, or titles that share a fifth of their pieces', () => {
  const theme = (a: [string, string[]], b: [string, string[]]) =>
    onOneTheme(
      { id: 'a', organisationId: null, title: a[0], fields: a[1] },
      { id: 'b', organisationId: null, title: b[0], fields: b[1] },
    );
  expect(theme(['水下机器人导航装备', []], ['水下机器人避障系统', []])).toBe(true);
  expect(theme(['水下机器人导航装备', []], ['石墨烯散热膜装备', []])).toBe(false);
  expect(theme(['甲', ['08.08']], ['乙', ['01.02', '08.08']])).toBe(true);
  expect(theme(['甲', ['08']], ['乙', ['08']])).toBe(false);
  expect(theme(['AUV navigation', []], ['Navigation of AUVs', []])).toBe(true);
});

test('a third and further on one theme of one organisation make room for others, and say behind how many', () => {
  const list = [
    entry('a1', 'a', 0.9),
    entry('a2', 'a', 0.88),
    entry('a3', 'a', 0.86),
    entry('a4', 'a', 0.85),
    entry('a5', 'a', 0.84, '石墨烯散热膜'),
    entry('b1', 'b', 0.75),
    entry('c1', 'c', 0.7),
  ];
  expect(ids(spreadOrganisations(list, 10))).toEqual(['a1', 'a2', 'a5', 'b1', 'a3(2)', 'c1', 'a4(3)']);
  expect(ids(spreadOrganisations(list, 3))).toEqual(['a1', 'a2', 'a5']);
});

test('without an organisation, or where nobody else offers, the order is that of the scores', () => {
  const nobody = [0.9, 0.8, 0.7, 0.6].map((score, at) => entry(`n${at}`, null, score));
  expect(ids(spreadOrganisations(nobody, 10))).toEqual(['n0', 'n1', 'n2', 'n3']);
  const alone = [0.9, 0.89, 0.88, 0.2].map((score, at) => entry(`o${at}`, 'o', score));
  expect(ids(spreadOrganisations(alone, 10))).toEqual(['o0', 'o1', 'o2', 'o3']);
});

const lists = fc
  .array(
    fc.record({
      organisationId: fc.constantFrom('a', 'b', 'c', null),
      score: fc.integer({ min: 1, max: 20 }).map((value) => value / 20),
      title: fc.constantFrom('水下机器人导航', '水下机器人避障', '石墨烯散热膜', '电池热管理'),
    }),
    { maxLength: 25 },
  )
  .map((rows) =>
    rows
      .map(({ organisationId, score, title }, at) =>
        entry(`c${String(at).padStart(2, '0')}`, organisationId, score, title),
      )
      .sort((a, b) => b.score - a.score || (a.capability.id < b.capability.id ? -1 : 1)),
  );

test('whatever the list: a sound order of the same entries, cut anywhere the same', () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: 0, max: 25 }), (list, limit) => {
      const whole = spreadOrganisations(list, list.length);
      const order = whole.map(({ item }) => item);
      expect(verifySpread(order)).toEqual([]);
      expect(new Set(order)).toEqual(new Set(list));
      expect(spreadOrganisations(list, limit).map(({ item }) => item)).toEqual(order.slice(0, limit));
      // Who is not said to come later stands no later than by score.
      const late = whole.filter(({ item, behind }, at) => behind === 0 && at > list.indexOf(item));
      expect(late).toEqual([]);
      for (const { behind } of whole) expect(behind === 0 || behind >= 2).toBe(true);
    }),
  );
});

test('the verifier finds two entries that changed places', () => {
  fc.assert(
    fc.property(lists, fc.nat(), (list, seed) => {
      const order = spreadOrganisations(list, list.length).map(({ item }) => item);
      if (order.length < 2) return;
      const at = seed % (order.length - 1);
      [order[at], order[at + 1]] = [order[at + 1]!, order[at]!];
      expect(verifySpread(order)).not.toEqual([]);
    }),
  );
});
