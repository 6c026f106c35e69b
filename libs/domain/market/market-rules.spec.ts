import fc from 'fast-check';
import { findClassifiedMark } from './find-classified-mark.js';
import { FIELDS_BY_LEVEL, sealedFields } from './market-fields.js';
import { missingCapabilityFields, missingNeedFields } from './missing-fields.js';
import { reduceRecord } from './reduce-record.js';

const emptyNeed = {
  title: ' ',
  keywords: [],
  fields: [],
  regionCode: null,
  disclosure: 'public',
  publicSummary: null,
  problem: '',
  keyTech: null,
  expectedGoal: null,
  needKind: null,
  activityType: null,
  solveModes: [],
  contactName: null,
  contactPhone: null,
  contactEmail: null,
};

test('an empty need lacks every required field', () => {
  expect(missingNeedFields(emptyNeed)).toEqual([
    'title',
    'needKind',
    'fields',
    'keywords',
    'regionCode',
    'activityType',
    'problem',
    'keyTech',
    'expectedGoal',
    'solveModes',
    'contactName',
    'contactPhone',
  ]);
});

test('a redacted record needs a summary, and one way to reach the contact is enough', () => {
  const capability = {
    title: 't',
    keywords: ['k'],
    fields: ['01'],
    regionCode: '44',
    disclosure: 'redacted',
    publicSummary: null,
    abstract: 'a',
    keyTech: 'k',
    kind: 'applied-technology',
    stage: 'lab',
    transferModes: ['service'],
    contactName: 'n',
    contactPhone: null,
    contactEmail: 'e',
  };
  expect(missingCapabilityFields(capability)).toEqual(['publicSummary']);
  expect(missingCapabilityFields({ ...capability, disclosure: 'public' })).toEqual([]);
});

test('marks of state secrets are found wherever they stand', () => {
  expect(findClassifiedMark({ a: ['x', { b: '文件（机密 ★ 10年）' }] })).toBe('机密★');
  expect(findClassifiedMark('绝密★30年')).toBe('绝密★');
  expect(findClassifiedMark(['秘密★'])).toBe('秘密★');
  expect(findClassifiedMark({ title: '商业秘密保护与机密计算', n: 1, no: null })).toBe(null);
});

test('every field has one level', () => {
  for (const { open, full, sealed } of Object.values(FIELDS_BY_LEVEL)) {
    const all = [...open, ...full, ...sealed];
    expect(all.length).toBe(new Set(all).size);
  }
});

test('no hidden value is left in a reduced record, and everything readable is', () => {
  const kinds = fc.constantFrom('need' as const, 'capability' as const);
  const levels = fc.constantFrom('redacted' as const, 'full' as const, 'sealed-too' as const);
  fc.assert(
    fc.property(kinds, levels, (kind, level) => {
      const { open, full, sealed } = FIELDS_BY_LEVEL[kind];
      const names = [...open, ...full, ...sealed, 'unknownColumn'];
      const row = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      const reduced = reduceRecord(kind, row, level)!;
      const shown = names.filter((name) => JSON.stringify(reduced).includes(`<${name}>`));
      const expected = {
        redacted: [...open],
        full: [...open, ...full],
        'sealed-too': names,
      }[level];
      expect(shown).toEqual(expected);
      expect(reduced.sealed).toEqual(sealedFields(kind, level));
    }),
  );
  expect(reduceRecord('need', { title: 'x' }, 'none')).toBe(null);
});
