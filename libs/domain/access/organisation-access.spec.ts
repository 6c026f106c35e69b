import type { Actor, PlatformRole } from './actor.js';
import {
  contactReason,
  mayEditOrganisation,
  mayRemoveMember,
  maySeeMembers,
  maySeeOrganisation,
  mayVerifyOrganisation,
  statusAfterEdit,
  type OrganisationFacts,
} from './organisation-access.js';

const actor = (roles: PlatformRole[], membership?: 'owner' | 'member'): Actor => ({
  personId: 'p1',
  email: 'p1@test.example',
  name: 'P',
  locale: 'zh-CN',
  roles,
  memberships:
    membership === undefined
      ? []
      : [
          {
            organisationId: 'o1',
            organisationKind: 'enterprise',
            organisationVerified: false,
            role: membership,
          },
        ],
  sessionId: 's1',
});
const people: Record<string, Actor | null> = {
  visitor: null,
  stranger: actor([]),
  member: actor([], 'member'),
  owner: actor([], 'owner'),
  broker: actor(['broker']),
  organizer: actor(['organizer']),
  administrator: actor(['administrator']),
};
const pending: OrganisationFacts = { id: 'o1', status: 'pending' };
const verified: OrganisationFacts = { id: 'o1', status: 'verified' };
const who = (rule: (actor: Actor | null) => boolean): string[] =>
  Object.keys(people).filter((name) => rule(people[name]!));

describe('organisation access', () => {
  test('a pending organisation is seen by its members and staff, a verified one by everybody', () => {
    const insiders = ['member', 'owner', 'broker', 'organizer', 'administrator'];
    expect(who((a) => maySeeOrganisation(a, pending))).toEqual(insiders);
    expect(who((a) => maySeeOrganisation(a, { id: 'o1', status: 'rejected' }))).toEqual(insiders);
    expect(who((a) => maySeeOrganisation(a, verified))).toEqual(Object.keys(people));
  });

  test('owners and organizers edit, organizers verify, members and staff see members', () => {
    expect(who((a) => mayEditOrganisation(a, verified))).toEqual(['owner', 'organizer', 'administrator']);
    expect(who((a) => mayVerifyOrganisation(a))).toEqual(['organizer', 'administrator']);
    expect(who((a) => maySeeMembers(a, verified))).toEqual([
      'member',
      'owner',
      'broker',
      'organizer',
      'administrator',
    ]);
  });

  test('nothing of one organisation opens another', () => {
    const other: OrganisationFacts = { id: 'o2', status: 'pending' };
    expect(who((a) => maySeeOrganisation(a, other))).toEqual(['broker', 'organizer', 'administrator']);
    expect(who((a) => mayEditOrganisation(a, other))).toEqual(['organizer', 'administrator']);
    expect(contactReason(people['owner']!, other, false)).toBe(null);
  });

  test('a person leaves, an owner removes, a member removes nobody', () => {
    expect(mayRemoveMember(people['member']!, verified, 'p1')).toBe(true);
    expect(mayRemoveMember(people['member']!, verified, 'p2')).toBe(false);
    expect(mayRemoveMember(people['owner']!, verified, 'p2')).toBe(true);
    expect(mayRemoveMember(null, verified, 'p2')).toBe(false);
  });

  test('contact: member before staff before grant; a grant opens nothing to a visitor or of a hidden record', () => {
    const reasons = Object.entries(people).map(([name, a]) => [name, contactReason(a, verified, false)]);
    expect(reasons).toEqual([
      ['visitor', null],
      ['stranger', null],
      ['member', 'member'],
      ['owner', 'member'],
      ['broker', 'staff'],
      ['organizer', 'staff'],
      ['administrator', 'staff'],
    ]);
    expect(contactReason(people['stranger']!, verified, true)).toBe('grant');
    expect(contactReason(people['stranger']!, pending, true)).toBe(null);
    expect(contactReason(null, verified, true)).toBe(null);
  });
});

describe('statusAfterEdit', () => {
  const before = { name: '甲', kind: 'enterprise', uscc: '91350100M000100Y43' };
  test.each([
    ['owner', 'verified', before, 'verified'],
    ['owner', 'verified', { ...before, name: '乙' }, 'pending'],
    ['owner', 'verified', { ...before, kind: 'school' }, 'pending'],
    ['owner', 'verified', { ...before, uscc: null }, 'pending'],
    ['owner', 'rejected', before, 'pending'],
    ['owner', 'pending', { ...before, name: '乙' }, 'pending'],
    ['organizer', 'verified', { ...before, name: '乙' }, 'verified'],
    ['organizer', 'rejected', { ...before, name: '乙' }, 'rejected'],
  ] as const)('by %s, %s: %o → %s', (name, status, after, expected) => {
    expect(statusAfterEdit(people[name]!, status, before, after)).toBe(expected);
  });
});
