import type { Actor, PlatformRole } from './actor.js';
import { mayOpenDeal, maySeeDeal, sidesOf } from './deal-access.js';
import { followUpSide, mayRecordOutcome, maySeeMeetingResult } from './meeting-result-access.js';
import { mayAcceptNeed, seesAcceptance } from './need-acceptance-access.js';

const actor = (personId: string, organisations: string[], roles: PlatformRole[] = []): Actor => ({
  personId,
  email: 'a@test.example',
  name: 'a',
  locale: 'zh-CN',
  roles,
  memberships: organisations.map((organisationId) => ({
    organisationId,
    organisationKind: 'enterprise',
    organisationVerified: true,
    role: 'member',
  })),
  sessionId: 's',
});
const meeting = {
  enterpriseId: 'e',
  instituteId: 'i',
  enterprisePersonId: 'buyer',
  institutePersonId: 'researcher',
};
const buyer = actor('buyer', ['e']);
const researcher = actor('researcher', ['i']);
const both = actor('researcher', ['e', 'i']);
const stranger = actor('x', ['z']);
const broker = actor('b', [], ['broker']);
const organizer = actor('o', [], ['organizer']);

test('a deal is for both sides and staff', () => {
  expect(
    [buyer, researcher, stranger, broker, organizer, null].map((who) => maySeeDeal(who, meeting)),
  ).toEqual([true, true, false, true, true, false]);
  expect(sidesOf(both, meeting)).toEqual(['enterprise', 'institute']);
});

test('members open a deal after mutual interest, staff at any time', () => {
  expect(mayOpenDeal(buyer, meeting, true)).toBe('allow');
  expect(mayOpenDeal(buyer, meeting, false)).toBe('not-mutual');
  expect(mayOpenDeal(stranger, meeting, true)).toBe('hidden');
  expect(mayOpenDeal(null, meeting, true)).toBe('hidden');
  expect(mayOpenDeal(broker, meeting, false)).toBe('allow');
});

test('outcomes are recorded by the two who met or staff, and corrected by organizers', () => {
  const who = [buyer, actor('colleague', ['e']), broker, organizer, null];
  expect(who.map((one) => mayRecordOutcome(one, meeting, false))).toEqual([true, false, true, true, false]);
  expect(who.map((one) => mayRecordOutcome(one, meeting, true))).toEqual([false, false, false, true, false]);
  expect(maySeeMeetingResult(actor('buyer', []), meeting)).toBe(true);
  expect(maySeeMeetingResult(stranger, meeting)).toBe(false);
});

test('follow-ups are written for the own side only', () => {
  expect(followUpSide(buyer, meeting)).toBe('enterprise');
  expect(followUpSide(buyer, meeting, 'institute')).toBe(null);
  expect(followUpSide(both, meeting)).toBe('institute');
  expect(followUpSide(both, meeting, 'enterprise')).toBe('enterprise');
  expect(followUpSide(organizer, meeting)).toBe(null);
});

test('no role stands in for the organisation of a need', () => {
  const need = { organisationId: 'e', status: 'contracted', disclosure: 'public' };
  const administrator = actor('a', [], ['administrator']);
  expect([buyer, administrator, organizer, researcher, null].map((who) => mayAcceptNeed(who, need))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(mayAcceptNeed(buyer, { ...need, organisationId: null })).toBe(false);
  expect(seesAcceptance(administrator, need, [])).toBe('everything');
  expect(seesAcceptance(researcher, need, ['i'])).toBe('everything');
  expect(seesAcceptance(null, need, [])).toBe('whether');
  expect(seesAcceptance(null, { ...need, status: 'draft' }, [])).toBe('nothing');
  expect(seesAcceptance(stranger, { ...need, disclosure: 'directed' }, [])).toBe('nothing');
});
