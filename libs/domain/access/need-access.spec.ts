import type { Actor } from './actor.js';
import { capabilityActions, capabilityLevel } from './capability-access.js';
import { needActions, needLevel } from './need-access.js';

const person = (roles: Actor['roles'], organisationId?: string): Actor => ({
  personId: 'p',
  email: 'p@test.example',
  name: 'p',
  locale: 'zh-CN',
  roles,
  sessionId: 's',
  memberships:
    organisationId === undefined
      ? []
      : [{ organisationId, organisationKind: 'enterprise', organisationVerified: true, role: 'member' }],
});
const actors = {
  visitor: null,
  stranger: person([], 'other'),
  own: person([], 'own'),
  broker: person(['broker']),
  officer: person(['service_officer']),
  organizer: person(['organizer']),
  administrator: person(['administrator']),
};
const ties = {
  none: { granted: false, matched: false },
  matched: { granted: false, matched: true },
  granted: { granted: true, matched: false },
  both: { granted: true, matched: true },
};
const OPEN = ['published', 'engaged', 'contracted', 'accepted', 'closed'];
const HIDDEN = ['draft', 'submitted', 'returned', 'withdrawn', 'expired'];
const DISCLOSURES = ['public', 'redacted', 'directed', 'closed'] as const;

test('staff and the own organisation read everything, whatever the state and disclosure', () => {
  for (const who of ['own', 'broker', 'officer', 'organizer', 'administrator'] as const)
    for (const status of [...OPEN, ...HIDDEN])
      for (const disclosure of DISCLOSURES)
        expect(needLevel(actors[who], { organisationId: 'own', status, disclosure }, ties.none)).toBe(
          'sealed-too',
        );
});

test('others see nothing of what is not on the market, even with a grant', () => {
  for (const who of ['visitor', 'stranger'] as const)
    for (const status of HIDDEN)
      for (const disclosure of DISCLOSURES)
        for (const tie of Object.values(ties))
          expect(needLevel(actors[who], { organisationId: 'own', status, disclosure }, tie)).toBe('none');
});

test.each([
  ['public', 'none', 'full', 'full'],
  ['public', 'matched', 'full', 'full'],
  ['public', 'granted', 'full', 'sealed-too'],
  ['public', 'both', 'full', 'sealed-too'],
  ['redacted', 'none', 'redacted', 'redacted'],
  ['redacted', 'matched', 'redacted', 'redacted'],
  ['redacted', 'granted', 'redacted', 'sealed-too'],
  ['redacted', 'both', 'redacted', 'sealed-too'],
  ['directed', 'none', 'none', 'none'],
  ['directed', 'matched', 'none', 'redacted'],
  ['directed', 'granted', 'none', 'sealed-too'],
  ['directed', 'both', 'none', 'sealed-too'],
  ['closed', 'none', 'none', 'none'],
  ['closed', 'matched', 'none', 'none'],
  ['closed', 'granted', 'none', 'none'],
  ['closed', 'both', 'none', 'none'],
] as const)(
  '%s and tie %s: a visitor reads %s, another organisation %s',
  (disclosure, tie, visitor, stranger) => {
    for (const status of OPEN) {
      const need = { organisationId: 'own', status, disclosure };
      expect(needLevel(actors.visitor, need, ties[tie])).toBe(visitor);
      expect(needLevel(actors.stranger, need, ties[tie])).toBe(stranger);
    }
  },
);

test('a need without an organisation belongs to nobody but staff', () => {
  const need = { organisationId: null, status: 'draft', disclosure: 'public' as const };
  expect(needLevel(actors.own, need, ties.none)).toBe('none');
  expect(needLevel(actors.organizer, need, ties.none)).toBe('sealed-too');
});

test('a capability is on the market only while published', () => {
  const levels = ['draft', 'submitted', 'returned', 'published', 'withdrawn', 'expired'].map((status) =>
    capabilityLevel(actors.visitor, { organisationId: 'own', status, disclosure: 'public' }, ties.none),
  );
  expect(levels).toEqual(['none', 'none', 'none', 'full', 'none', 'none']);
});

test('who may do what in which state of a need', () => {
  const table = (who: keyof typeof actors) =>
    [...HIDDEN, ...OPEN].map((status) =>
      [status, ...needActions(actors[who], { organisationId: 'own', status })].join(' '),
    );
  expect(table('own')).toEqual([
    'draft edit submit withdraw',
    'submitted withdraw',
    'returned edit submit withdraw',
    'withdrawn edit submit',
    'expired edit submit extend',
    'published edit withdraw',
    'engaged edit withdraw',
    'contracted',
    'accepted',
    'closed',
  ]);
  expect(table('organizer')).toEqual([
    'draft edit submit withdraw grant',
    'submitted edit withdraw return publish grant',
    'returned edit submit withdraw grant',
    'withdrawn edit submit grant',
    'expired edit submit extend grant',
    'published edit withdraw grant',
    'engaged edit withdraw grant',
    'contracted grant',
    'accepted grant',
    'closed grant',
  ]);
  for (const who of ['visitor', 'stranger', 'broker', 'officer'] as const)
    expect(table(who)).toEqual([...HIDDEN, ...OPEN]);
  expect(capabilityActions(actors.own, { organisationId: 'own', status: 'published' })).toEqual([
    'edit',
    'withdraw',
  ]);
});
