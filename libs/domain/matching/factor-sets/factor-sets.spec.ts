import fc from 'fast-check';
import { OFFER_KINDS, REQUEST_KINDS } from '#libs/domain/market/record-kinds.js';
import { CapabilityIndex } from '../index/capability-index.js';
import { kindExclusion } from '../kind-exclusion.js';
import { KIND_READERS } from '../kind-values.js';
import { matchNeed } from '../match-need.js';
import type { MatchCandidate, MatchCapability, MatchNeed } from '../match-types.js';
import { NO_RULES } from '../pair-rules.js';
import { availableDays } from '../offer-facts.js';
import { verifyMatch } from '../verify-match.js';
import { FACTOR_SETS, factorSetOf, offerKindsFor } from './read-factor-sets.js';

const NOW = new Date('2026-11-22T02:00:00Z');
const OPTIONS = { now: NOW, modeMapping: {} };
const EMPTY = {
  version: 1,
  keywords: [],
  fields: [],
  regionCode: null,
  trlScheme: null,
  indicators: [],
};
const need = (part: Partial<MatchNeed>): MatchNeed => ({
  ...EMPTY,
  id: 'n',
  organisationId: 'a',
  title: '',
  body: '',
  targetTrl: null,
  solveModes: [],
  expiresAt: null,
  ...part,
});
const offer = (id: string, part: Partial<MatchCapability>): MatchCapability => ({
  ...EMPTY,
  id,
  organisationId: 'b',
  title: '',
  text: '',
  trl: null,
  transferModes: [],
  ...part,
});

function match(subject: MatchNeed, offers: readonly MatchCapability[]): MatchCandidate[] {
  const byId = new Map(offers.map((each) => [each.id, each]));
  const found = matchNeed(subject, new CapabilityIndex(offers), (id) => byId.get(id), OPTIONS);
  expect(verifyMatch(subject, offers, found, OPTIONS)).toEqual([]);
  return found;
}

test('weights of additive sets sum to 1, those of structure bound to text stay below', () => {
  for (const { text, structure, combine, offerKind } of FACTOR_SETS) {
    const sum = (parts: readonly { weight: number }[]) => parts.reduce((all, { weight }) => all + weight, 0);
    const total = combine === 'additive' ? sum([...text, ...structure]) : sum(structure) + 0.3;
    expect([offerKind, Math.round(total * 1e9) / 1e9]).toEqual([offerKind, 1]);
  }
});

test('every kind of offer serves one kind of request, and nothing else', () => {
  expect(REQUEST_KINDS.map(offerKindsFor)).toEqual([
    ['achievement', 'expert'],
    ['lesson'],
    ['finance-product'],
  ]);
  expect(OFFER_KINDS.map((kind) => factorSetOf('outreach', kind)?.offerKind ?? null)).toEqual([
    null,
    null,
    'lesson',
    null,
  ]);
});

const ROBOT = need({ title: '浑水水下机器人定位', fields: ['08.08'] });

test('a technology need finds achievements and experts in two lists, experts by their best works', () => {
  const works = (titles: string[]) =>
    titles.map((title) => ({ kind: 'paper' as const, title, abstract: null, year: null }));
  const found = match(ROBOT, [
    offer('achievement', { title: '水下机器人定位系统', fields: ['08.08'] }),
    offer('profile', {
      offerKind: 'expert',
      title: '甲',
      text: '海洋装备',
      fields: ['08.08'],
      works: works(['波浪能']),
    }),
    offer('works', {
      offerKind: 'expert',
      title: '乙',
      text: '海洋装备 浑水水下机器人定位',
      fields: ['08.08'],
      works: works(['水下机器人定位', '浑水定位', '水产饲料', '机器人外壳']),
    }),
    offer('lesson', { offerKind: 'lesson', title: '水下机器人定位', fields: ['08.08'] }),
  ]);
  expect(found.map(({ offerKind, capabilityId }) => [offerKind, capabilityId])).toEqual([
    ['achievement', 'achievement'],
    ['expert', 'works'],
  ]);
  const expert = found[1]!;
  expect(expert.reasons.find(({ kind }) => kind === 'works')).toMatchObject({
    works: [{ title: '水下机器人定位', share: 1 }, { title: '浑水定位' }],
  });
  expect(expert.factors.map(({ code }) => code)).toEqual(['base', 'lexical', 'works', 'field']);
});

test('the last work speaks for an expert who is at it still, and against one who left it long ago', () => {
  const value = (years: (number | null)[]) =>
    KIND_READERS.recency!(
      ROBOT,
      offer('x', {
        works: years.map((year) => ({ kind: 'paper' as const, title: '文', abstract: null, year })),
      }),
      NOW,
    );
  expect([[2026], [2021, 2010], [2016], [1999, null]].map((years) => value(years)!.value)).toEqual([
    1, 0.5, 0, 0,
  ]);
  expect(value([2021, 2010])!.stated).toBe('2021');
  expect([value([]), value([null])]).toEqual([null, null]);
});

test('open talks of an expert count against what they can hold, and are told', () => {
  const person = (id: string) =>
    offer(id, { offerKind: 'expert', title: '甲', text: '水下机器人定位', fields: ['08.08'] });
  const experts = [person('busy'), person('free'), person('silent')];
  const talks = (open: number) => ({ limit: 4, open });
  const openTalks = new Map([
    ['busy', talks(3)],
    ['free', talks(0)],
  ]);
  const rules = { ...NO_RULES, shared: { ...NO_RULES.shared, openTalks } };
  const found = matchNeed(
    ROBOT,
    new CapabilityIndex(experts),
    (id) => experts.find((each) => each.id === id),
    {
      ...OPTIONS,
      rules,
    },
  );
  expect(found.map(({ capabilityId }) => capabilityId)).toEqual(['free', 'silent', 'busy']);
  const told = found.map(({ reasons }) =>
    reasons.flatMap((reason) =>
      reason.kind === 'fact' && reason.factor === 'load' ? [[reason.stated, reason.fits]] : [],
    ),
  );
  expect(told).toEqual([[['0/4', true]], [], [['3/4', false]]]);
});

const CLASS = need({
  requestKind: 'outreach',
  title: '水下机器人动手课',
  fields: ['08.08'],
  facts: { grades: ['grade-7-9'], venues: ['at-school'], pupils: 40 },
  periodStart: '2026-12-01',
  periodEnd: '2026-12-10',
});
const lesson = (id: string, facts: MatchCapability['facts']) =>
  offer(id, { offerKind: 'lesson', title: '水下机器人怎样看路', fields: ['08.08'], facts: { ...facts } });

test('lessons for other classes, places and days are excluded with a reason', () => {
  const exclusion = (facts: MatchCapability['facts']) => kindExclusion(CLASS, lesson('l', facts), NOW);
  expect(exclusion({ grades: ['grade-1-2'] })).toBe('no-common-grade');
  expect(exclusion({ venues: ['at-base', 'online'] })).toBe('no-common-venue');
  expect(exclusion({ availableFrom: '2026-12-11' })).toBe('not-available');
  expect(exclusion({ availableTo: '2026-11-30' })).toBe('not-available');
  expect(exclusion({ availableFrom: '2026-12-10', grades: [], venues: ['at-school'] })).toBe(null);
  expect(kindExclusion(CLASS, offer('e', { offerKind: 'expert' }), NOW)).toBe('other-kind');
});

test('a lesson that fits the class comes before one that hardly does', () => {
  const found = match(CLASS, [
    lesson('small', { grades: ['grade-7-9'], venues: ['at-school'], pupilsMax: 30 }),
    lesson('fits', { grades: ['grade-7-9'], venues: ['at-school'], pupilsMin: 20, pupilsMax: 45 }),
    lesson('young', { grades: ['grade-1-2'] }),
    // What else is in the corpus makes the words that lesson and wish share worth something.
    ...['石墨烯', '聚丙烯', '激光', '番茄', '陈皮', '对虾'].map((title) => offer(title, { title })),
  ]);
  expect(found.map(({ capabilityId }) => capabilityId)).toEqual(['fits', 'small']);
  expect(found[0]!.reasons.filter((reason) => reason.kind === 'fact')).toEqual([
    { kind: 'fact', factor: 'grade', fits: true, list: 'school-stage', codes: ['grade-7-9'], stated: null },
    { kind: 'fact', factor: 'venue', fits: true, list: 'lesson-venue', codes: ['at-school'], stated: null },
    { kind: 'fact', factor: 'group', fits: true, list: null, codes: [], stated: '20–45' },
  ]);
});

test('money is matched by amount, kind and security, with hardly a word in common', () => {
  const asked = need({
    requestKind: 'financing',
    title: '研发周转',
    budgetMin: 300,
    budgetMax: 600,
    facts: { financingKinds: ['credit-loan'], enterpriseStage: 'growth', termMonths: 18 },
  });
  const product = (id: string, facts: MatchCapability['facts']) =>
    offer(id, { offerKind: 'finance-product', title: '科企贷', facts: { ...facts } });
  const found = match(asked, [
    product('fits', {
      financingKinds: ['credit-loan'],
      amountMinWan: 50,
      amountMaxWan: 1000,
      stages: ['growth'],
      termMaxMonths: 24,
      securities: ['credit'],
    }),
    product('partly', { financingKinds: ['credit-loan'], amountMaxWan: 450, stages: ['growth'] }),
    product('too-little', { financingKinds: ['credit-loan'], amountMaxWan: 200 }),
    product('too-much', { financingKinds: ['credit-loan'], amountMinWan: 5000 }),
  ]);
  expect(found.map(({ capabilityId }) => capabilityId)).toEqual(['fits', 'partly']);
});

test('of an amount the score tells no more than its steps', () => {
  const kinds = { financingKinds: ['credit-loan'] };
  const product = offer('c', {
    offerKind: 'finance-product',
    title: '科企贷',
    facts: { ...kinds, amountMinWan: 10, amountMaxWan: 150 },
  });
  const scored = (budgetMin: number, budgetMax: number) => {
    const asked = need({ requestKind: 'financing', title: '研发周转', budgetMin, budgetMax, facts: kinds });
    return match(asked, [product])[0]!.score;
  };
  expect(scored(60, 210)).toBe(scored(90, 480));
  expect(scored(60, 210)).toBeLessThan(scored(60, 140));
});

test('days in common are counted from today on', () => {
  const share = (facts: MatchCapability['facts'], part: Partial<MatchNeed>) =>
    availableDays(need(part), lesson('l', facts), '2026-11-22')?.share ?? null;
  const period = { periodStart: '2026-11-21', periodEnd: '2026-11-25' };
  expect(share({}, period)).toBe(null);
  expect(share({ availableFrom: '2026-11-25' }, period)).toBe(0.25);
  expect(share({ availableFrom: '2026-11-01', availableTo: '2026-12-01' }, period)).toBe(1);
  expect(share({ availableTo: '2026-11-21' }, {})).toBe(0);
  expect(share({ availableFrom: '2027-01-01' }, {})).toBe(1);
  expect(share({ availableTo: '2026-12-01' }, { periodEnd: '2026-11-01' })).toBe(null);
});

const codes = (...all: string[]) => fc.option(fc.subarray(all), { nil: undefined });
const number = fc.option(fc.integer({ min: 1, max: 60 }), { nil: null });
const dayOf = fc.option(fc.constantFrom('2026-11-01', '2026-11-30', '2026-12-05', '2027-02-01'), {
  nil: null,
});
const facts = fc
  .record({
    grades: codes('a', 'b'),
    venues: codes('x', 'y'),
    subjects: codes('p', 'q'),
    securities: codes('credit', 's'),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

test('whatever is stated, contributions sum to a score in 0..1 and no excluded pair is listed', () => {
  const request = fc
    .tuple(fc.constantFrom('outreach' as const, 'financing' as const), facts, number, number, dayOf, dayOf)
    .map(([requestKind, stated, pupils, amount, periodStart, periodEnd]) =>
      need({
        requestKind,
        title: '机器人',
        facts: { ...stated, pupils },
        budgetMin: amount,
        periodStart,
        periodEnd,
      }),
    );
  const offers = fc
    .array(
      fc.tuple(fc.constantFrom('lesson' as const, 'finance-product' as const), facts, number, dayOf, dayOf),
      {
        maxLength: 8,
      },
    )
    .map((all) =>
      all.map(([offerKind, stated, limit, availableFrom, availableTo], at) =>
        offer(`c${at}`, {
          offerKind,
          title: '机器人',
          facts: { ...stated, pupilsMax: limit, amountMaxWan: limit, availableFrom, availableTo },
        }),
      ),
    );
  fc.assert(
    fc.property(request, offers, (subject, all) => {
      const found = match(subject, all);
      expect(found.filter(({ score }) => score < 0 || score > 1)).toEqual([]);
    }),
  );
});
