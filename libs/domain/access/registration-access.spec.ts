import type { Actor, PlatformRole } from './actor.js';
import {
  canChangeRegistration,
  canHoldTicket,
  canReadRegistration,
  canRegisterFor,
} from './registration-access.js';

const actor = (personId: string, roles: PlatformRole[] = []): Actor => ({
  personId,
  email: `${personId}@test.example`,
  name: personId,
  locale: 'zh-CN',
  roles,
  memberships: [
    { organisationId: 'o1', organisationKind: 'enterprise', organisationVerified: true, role: 'member' },
  ],
  sessionId: 's',
});

test.each<[string, Actor | null, boolean, boolean, boolean]>([
  ['a visitor', null, false, false, false],
  ['the registered person', actor('p1'), true, true, true],
  ['somebody else', actor('p2'), false, false, false],
  ['a service officer', actor('p2', ['service_officer']), true, false, false],
  ['an organizer', actor('p2', ['organizer']), true, true, false],
  ['an administrator', actor('p2', ['administrator']), true, true, false],
])('%s', (_, who, reads, changes, holds) => {
  const registration = { personId: 'p1' };
  expect([
    canReadRegistration(who, registration),
    canChangeRegistration(who, registration),
    canHoldTicket(who, registration),
  ]).toEqual([reads, changes, holds]);
});

test('people register for themselves and for organisations they belong to', () => {
  expect([canRegisterFor(actor('p1'), null), canRegisterFor(actor('p1'), 'o1')]).toEqual([true, true]);
  expect([canRegisterFor(actor('p1', ['organizer']), 'o2'), canRegisterFor(null, null)]).toEqual([
    false,
    false,
  ]);
});
