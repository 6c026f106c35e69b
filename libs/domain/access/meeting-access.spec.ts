import type { Actor, PlatformRole } from './actor.js';
import {
  canDecideMeeting,
  canReadContacts,
  canReadMeeting,
  canSetAbsences,
  sideOf,
  type MeetingFacts,
} from './meeting-access.js';

const actor = (personId: string, organisations: string[] = [], roles: PlatformRole[] = []): Actor => ({
  personId,
  email: `${personId}@test.example`,
  name: personId,
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

const meeting: MeetingFacts = {
  enterpriseId: 'firm',
  instituteId: 'lab',
  enterprisePersonId: 'wang',
  institutePersonId: 'li',
  mutual: true,
};

const people: [string, Actor | null][] = [
  ['visitor', null],
  ['stranger', actor('zhao', ['other'])],
  ['enterprise person', actor('wang', ['firm'])],
  ['institute person who left the organisation', actor('li')],
  ['colleague', actor('sun', ['lab'])],
  ['broker', actor('qian', [], ['broker'])],
  ['organizer', actor('zhou', [], ['organizer'])],
];
const decide = (rule: (who: Actor | null, of: MeetingFacts) => unknown, of = meeting) =>
  people.map(([, who]) => rule(who, of));

test('each person is on one side or none', () => {
  expect(decide(sideOf)).toEqual([null, null, 'enterprise', 'institute', 'institute', null, null]);
});

test('sides, their colleagues and staff read a meeting', () => {
  expect(decide(canReadMeeting)).toEqual([false, false, true, true, true, true, true]);
});

test('contacts open with mutual interest, and to organizers', () => {
  expect(decide(canReadContacts)).toEqual([false, false, true, true, true, false, true]);
  expect(decide(canReadContacts, { ...meeting, mutual: false })).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
    true,
  ]);
});

test('only the two and organizers cancel', () => {
  expect(decide(canDecideMeeting)).toEqual([false, false, true, true, false, false, true]);
});

test('absences are one’s own or set by an organizer', () => {
  expect(people.map(([, who]) => canSetAbsences(who, 'wang'))).toEqual([
    false,
    false,
    true,
    false,
    false,
    false,
    true,
  ]);
});
