import type { MatchReason, SharedTerm } from './match-types.js';
import { redactReasons } from './redact-reasons.js';

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
  redactReasons(reasons, sealed).flatMap((reason) =>
    reason.kind === 'terms' ? reason.terms.map((t) => t.term) : [reason.kind],
  );

test('nothing is hidden from who may read both texts', () => {
  expect(redactReasons(reasons, { need: false, capability: false })).toEqual(reasons);
});

test('words that stand only in a sealed body are left out, with all that tells of it', () => {
  expect(words({ need: true, capability: false })).toEqual(['导航', '定位', 'region']);
  expect(words({ need: false, capability: true })).toEqual(['浑水', '定位', 'region']);
  expect(words({ need: true, capability: true })).toEqual(['定位', 'region']);
});
