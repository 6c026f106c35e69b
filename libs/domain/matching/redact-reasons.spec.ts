import type { MatchFactor, MatchReason, SharedTerm } from './match-types.js';
import { redactFactors, redactReasons } from './redact-reasons.js';

const term = (word: string, need: 'title' | 'body', capability: 'title' | 'text'): SharedTerm => ({
  term: word,
  share: 0.5,
  fields: [capability],
  needPositions: [{ field: need, item: 0, start: 0, end: word.length }],
  capabilityPositions: [{ field: capability, item: 0, start: 0, end: word.length }],
});

const reasons: MatchReason[] = [
  {
    kind: 'terms',
    terms: [term('导航', 'title', 'text'), term('浑水', 'body', 'title'), term('定位', 'title', 'title')],
  },
  { kind: 'mode', codes: ['joint'], compatible: true },
  { kind: 'region', code: '440115', same: true },
  { kind: 'uncovered', terms: ['防腐'] },
];
const words = (sealed: { need: boolean; capability: boolean }) =>
  redactReasons(reasons, { ...sealed, money: true, amount: true }).flatMap((reason) =>
    reason.kind === 'terms' ? reason.terms.map((t) => t.term) : [reason.kind],
  );

test('nothing is hidden from who may read both texts', () => {
  expect(redactReasons(reasons, { need: false, capability: false, money: false, amount: false })).toEqual(
    reasons,
  );
});

test('words that stand only in a sealed body are left out, with all that tells of it', () => {
  expect(words({ need: true, capability: false })).toEqual(['导航', '定位', 'region']);
  expect(words({ need: false, capability: true })).toEqual(['浑水', '定位', 'region']);
  expect(words({ need: true, capability: true })).toEqual(['定位', 'region']);
});

test('what compares money is left out for who may not read both figures', () => {
  const money: MatchReason[] = [
    { kind: 'price', fit: 'above' },
    { kind: 'advice', side: 'need', gaps: [{ code: 'price' }, { code: 'keywords' }] },
    { kind: 'advice', side: 'capability', gaps: [{ code: 'price' }] },
    { kind: 'maturity', scheme: 'trl-iso', have: 6, want: 7, met: false },
  ];
  expect(redactReasons(money, { need: false, capability: false, money: false, amount: false })).toEqual(
    money,
  );
  const rest = [
    { kind: 'advice', side: 'need', gaps: [{ code: 'keywords' }] },
    { kind: 'maturity', scheme: 'trl-iso', have: 6, want: 7, met: false },
  ];
  expect(redactReasons(money, { need: false, capability: false, money: true, amount: true })).toEqual(rest);
  expect(redactReasons(money, { need: true, capability: false, money: true, amount: true })).toEqual(rest);
});

test('the part of money goes into the words, and the parts still sum to the score', () => {
  const factor = (code: MatchFactor['code'], contribution: number): MatchFactor => ({
    code,
    weight: 1,
    value: 0.5,
    contribution,
  });
  const factors = [factor('base', 0.25), factor('lexical', 0.5), factor('price', -0.125)];
  expect(redactFactors(factors, { need: false, capability: false, money: false, amount: false })).toEqual([
    { code: 'base', contribution: 0.25 },
    { code: 'lexical', contribution: 0.5 },
    { code: 'price', contribution: -0.125 },
  ]);
  expect(redactFactors(factors, { need: false, capability: false, money: true, amount: true })).toEqual([
    { code: 'base', contribution: 0.25 },
    { code: 'lexical', contribution: 0.375 },
  ]);
  expect(
    redactFactors([factor('base', 0.25), factor('price', 0.125)], {
      need: false,
      capability: false,
      money: true,
      amount: true,
    }),
  ).toEqual([{ code: 'base', contribution: 0.375 }]);
  expect(
    redactFactors(factors.slice(0, 2), { need: false, capability: false, money: true, amount: true }),
  ).toEqual([
    { code: 'base', contribution: 0.25 },
    { code: 'lexical', contribution: 0.5 },
  ]);
});

test('what a sealed figure adds to a score is not told apart from its words', () => {
  const factor = (code: MatchFactor['code'], contribution: number): MatchFactor => ({
    code,
    weight: 1,
    value: 1,
    contribution,
  });
  const factors = [
    factor('base', 0.25),
    factor('lexical', 0.5),
    factor('indicators', 0.125),
    factor('mode', -0.0625),
  ];
  const open = { need: false, capability: false, money: false, amount: false };
  expect(redactFactors(factors, open)).toHaveLength(4);
  for (const sealed of [
    { ...open, need: true },
    { ...open, capability: true },
  ])
    expect(redactFactors(factors, sealed)).toEqual([
      { code: 'base', contribution: 0.25 },
      { code: 'lexical', contribution: 0.5625 },
    ]);
});

test('that the amount a financing need looks for fits is told to who may read it', () => {
  const sealed = { need: false, capability: false, money: true };
  const fits: MatchReason = {
    kind: 'fact',
    factor: 'amount',
    fits: true,
    list: null,
    codes: [],
    stated: '≤ 100',
  };
  const parts: MatchFactor[] = [
    { code: 'base', weight: 1, value: 0.25, contribution: 0.25 },
    { code: 'amount', weight: 1, value: 1, contribution: 0.125 },
  ];
  const seen = (amount: boolean) => [
    redactReasons([fits], { ...sealed, amount }),
    redactFactors(parts, { ...sealed, amount }).map(({ code }) => code),
  ];
  expect(seen(false)).toEqual([[fits], ['base', 'amount']]);
  expect(seen(true)).toEqual([[], ['base']]);
});
