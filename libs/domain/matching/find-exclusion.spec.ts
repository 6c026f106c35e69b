import fc from 'fast-check';
import { formatExclusion, openExclusion, type Exclusion } from './exclusion.js';
import { findExclusion } from './find-exclusion.js';
import { CapabilityIndex } from './index/capability-index.js';
import { matchNeed } from './match-need.js';
import type { MatchCapability, MatchNeed } from './match-types.js';
import { NO_RULES, NO_SHARED_RULES, type PairRules, type SharedRules } from './pair-rules.js';
import { verifyMatch } from './verify-match.js';
import { verifyPairRules } from './verify-rules.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const OLD = new Date('2026-02-27T16:00:00Z');
const plain = { version: 1, keywords: [], fields: [], regionCode: null, trlScheme: null, indicators: [] };
const NEED: MatchNeed = {
  ...plain,
  id: 'n',
  organisationId: 'o1',
  title: '水下机器人导航',
  body: '',
  targetTrl: null,
  solveModes: [],
  expiresAt: null,
};
const capability = (id: string, part: Partial<MatchCapability> = {}): MatchCapability => ({
  ...plain,
  id,
  organisationId: 'o2',
  title: '水下机器人组合导航',
  text: '',
  trl: null,
  transferModes: [],
  ...part,
});
const rules = (part: Partial<PairRules>, shared: Partial<SharedRules> = {}): PairRules => ({
  ...NO_RULES,
  ...part,
  shared: { ...NO_SHARED_RULES, ...shared },
});
const codeOf = (given: PairRules, need = NEED, subject = capability('c')) =>
  findExclusion(need, subject, NOW, given)?.code ?? null;

describe('codes and data', () => {
  test('what the two records say', () => {
    const owned = (organisationId: string | null) => capability('c', { organisationId });
    expect(codeOf(NO_RULES)).toBeNull();
    expect(findExclusion({ ...NEED, expiresAt: OLD }, capability('c'), NOW)).toEqual({
      code: 'need-expired',
      at: '2026-02-27T16:00:00.000Z',
    });
    expect(codeOf(NO_RULES, NEED, owned('o1'))).toBe('same-organisation');
    expect(codeOf(NO_RULES, { ...NEED, organisationId: null }, owned(null))).toBeNull();
    expect(codeOf(NO_RULES, NEED, capability('c', { published: false }))).toBe('not-published');
    expect(codeOf(NO_RULES, NEED, capability('c', { expiresAt: NOW }))).toBe('capability-expired');
  });

  test('group, blocks of every kind, disclosure and pauses', () => {
    const block = (kind: 'competitor' | 'dispute' | 'other') =>
      findExclusion(
        NEED,
        capability('c'),
        NOW,
        rules({ blocks: new Map([['o2', { kind, statedBy: 'o2' }]]) }),
      );
    expect(codeOf(rules({ groupOrganisations: new Set(['o2']) }))).toBe('same-group');
    expect(block('competitor')).toEqual({ code: 'competitor', statedBy: 'o2' });
    expect(block('other')).toEqual({ code: 'blocked', statedBy: 'o2' });
    expect(block('dispute')).toEqual({ code: 'dispute' });
    expect(codeOf(rules({ needPaused: true }))).toBe('need-paused');
    expect(codeOf(rules({ needClosed: true }))).toBe('need-closed');
    expect(codeOf(rules({}, { pausedCapabilities: new Set(['c']) }))).toBe('capability-paused');
    expect(codeOf(rules({}, { closedCapabilities: new Set(['c']) }))).toBe('capability-closed');
    expect(codeOf(rules({ needDirectedTo: new Set(['o3']) }))).toBe('need-directed');
    expect(codeOf(rules({ needDirectedTo: new Set(['o2']) }))).toBeNull();
    expect(
      codeOf(rules({ needDirectedTo: new Set(['o2']) }), NEED, capability('c', { organisationId: null })),
    ).toBe('need-directed');
    const directedCapabilities = new Set(['c']);
    expect(codeOf(rules({}, { directedCapabilities }))).toBe('capability-directed');
    expect(codeOf(rules({ grantedCapabilities: new Set(['c']) }, { directedCapabilities }))).toBeNull();
  });

  test('a reached limit ends what nobody answered yet, and only that', () => {
    const full = { fullCapabilities: new Map([['c', { limit: 2, open: 2 }]]) };
    expect(findExclusion(NEED, capability('c'), NOW, rules({}, full))).toEqual({
      code: 'quota',
      of: 'capability',
      limit: 2,
      open: 2,
    });
    expect(codeOf(rules({ engagedCapabilities: new Set(['c']) }, full))).toBeNull();
    const owner = { fullOrganisations: new Map([['o2', { limit: 1, open: 3 }]]) };
    expect(findExclusion(NEED, capability('c'), NOW, rules({}, owner))).toEqual({
      code: 'quota',
      of: 'organisation',
      limit: 1,
      open: 3,
    });
    expect(codeOf(rules({ engagedCapabilities: new Set(['c']) }, owner))).toBeNull();
  });
});

describe('what readers learn of it', () => {
  const competitor: Exclusion = { code: 'competitor', statedBy: 'o1' };
  const read = (exclusion: Exclusion, organisationId: string, staff = false) =>
    openExclusion(exclusion, { staff, organisationIds: [organisationId] });

  test('a block is told to who stated it and to staff; the other side reads a neutral sentence', () => {
    expect(read(competitor, 'o1')).toEqual(competitor);
    expect(read(competitor, 'o2')).toEqual({ code: 'conflict' });
    expect(read(competitor, 'o2', true)).toEqual(competitor);
    expect(read({ code: 'dispute' }, 'o1')).toEqual({ code: 'conflict' });
    expect(read({ code: 'same-group' }, 'o2')).toEqual({ code: 'same-group' });
  });

  test('sentences with numbers and last days', () => {
    const quota = { code: 'quota', of: 'organisation', limit: 1, open: 3 } as const;
    expect(formatExclusion(quota, 'zh-CN')).toBe('该机构名额已满（同时洽谈 3/1）');
    expect(formatExclusion({ code: 'need-expired', at: OLD.toISOString() }, 'zh-CN')).toBe(
      '需求已于 2026-02-27 到期',
    );
    expect(formatExclusion({ code: 'conflict' }, 'en')).toBe(
      'The two organisations are not matched with each other',
    );
  });
});

const organisations = ['o1', 'o2', 'o3', 'o4'];
const capabilityIds = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
const someOf = (values: readonly string[]) => fc.subarray([...values]).map((list) => new Set(list));
const limitsOf = (values: readonly string[]) =>
  fc.subarray([...values]).map((list) => new Map(list.map((id) => [id, { limit: 1, open: 1 }])));
const someRules: fc.Arbitrary<PairRules> = fc.record({
  needPaused: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
  needClosed: fc.constant(false),
  needDirectedTo: fc.option(someOf(organisations)),
  groupOrganisations: someOf(organisations.slice(2)),
  blocks: fc
    .subarray(organisations.slice(1))
    .map((list) => new Map(list.map((id) => [id, { kind: 'competitor' as const, statedBy: id }]))),
  grantedCapabilities: someOf(capabilityIds),
  engagedCapabilities: someOf(capabilityIds),
  shared: fc.record({
    pausedCapabilities: someOf(capabilityIds),
    closedCapabilities: someOf(capabilityIds),
    directedCapabilities: someOf(capabilityIds),
    fullCapabilities: limitsOf(capabilityIds),
    fullOrganisations: limitsOf(organisations),
    capabilityClusters: fc.subarray(capabilityIds).map((list) => new Map(list.map((id) => [id, 'twin']))),
  }),
});
const someCapabilities = fc
  .array(
    fc.record({
      organisationId: fc.constantFrom(null, ...organisations),
      published: fc.boolean(),
      expiresAt: fc.constantFrom(null, OLD, new Date('2027-01-01')),
    }),
    { minLength: 6, maxLength: 6 },
  )
  .map((parts) => parts.map((part, at) => capability(`c${at}`, part)));

describe('properties', () => {
  test('no excluded pair is ever returned, and every other one is, but for its twins', () => {
    fc.assert(
      fc.property(someRules, someCapabilities, (given, capabilities) => {
        const options = { now: NOW, modeMapping: {}, rules: given };
        const byId = new Map(capabilities.map((item) => [item.id, item]));
        const found = matchNeed(NEED, new CapabilityIndex(capabilities), (id) => byId.get(id), options);
        expect(verifyMatch(NEED, capabilities, found, options)).toEqual([]);
        const named = found.flatMap(({ capabilityId, reasons }) => [
          capabilityId,
          ...reasons.flatMap((reason) => (reason.kind === 'duplicates' ? reason.capabilityIds : [])),
        ]);
        const open = capabilities.filter((item) => findExclusion(NEED, item, NOW, given) === null);
        expect(named.sort()).toEqual(open.map(({ id }) => id).sort());
      }),
      { numRuns: 300 },
    );
  });

  test('the rules and their check agree on every pair', () => {
    fc.assert(
      fc.property(someRules, someCapabilities, (given, capabilities) => {
        for (const item of capabilities)
          expect(findExclusion(NEED, item, NOW, given) === null).toBe(
            verifyPairRules(NEED, item, NOW, given).length === 0,
          );
      }),
      { numRuns: 300 },
    );
  });
});
