import {
  isEventOver,
  isSeatingPossible,
  registrationClosedReason,
  type RegistrationWindow,
} from './registration-window.js';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));
const open: RegistrationWindow & { endsAt: Date } = {
  state: 'published',
  isTemplate: false,
  startsAt: at(12),
  endsAt: at(14),
  registrationOpensAt: at(8),
  registrationClosesAt: at(10),
};

test('the window holds its first instant and not its last', () => {
  expect([7, 8, 9, 10, 11].map((hour) => registrationClosedReason(open, at(hour)))).toEqual([
    'not-open',
    null,
    null,
    'closed',
    'closed',
  ]);
});

test('without a closing time registration ends when the event begins', () => {
  const event = { ...open, registrationOpensAt: null, registrationClosesAt: null };
  expect([1, 11, 12].map((hour) => registrationClosedReason(event, at(hour)))).toEqual([
    null,
    null,
    'closed',
  ]);
});

test.each([
  ['draft', 'not-open', false],
  ['published', null, true],
  ['registration_closed', 'closed', true],
  ['held', 'closed', false],
  ['archived', 'closed', false],
  ['cancelled', 'closed', false],
] as const)('state %s', (state, reason, seating) => {
  expect([
    registrationClosedReason({ ...open, state }, at(9)),
    isSeatingPossible({ ...open, state }, at(9)),
  ]).toEqual([reason, seating]);
});

test('a template takes nobody, and after its end an event seats nobody', () => {
  expect(registrationClosedReason({ ...open, isTemplate: true }, at(9))).toBe('not-open');
  expect([isSeatingPossible({ ...open, isTemplate: true }, at(9)), isSeatingPossible(open, at(14))]).toEqual([
    false,
    false,
  ]);
});

test('an event is over at its end, or when it was held', () => {
  expect([12, 13, 14].map((hour) => isEventOver(open, at(hour)))).toEqual([false, false, true]);
  expect(
    (['draft', 'published', 'registration_closed', 'held', 'archived', 'cancelled'] as const).map((state) =>
      isEventOver({ ...open, state }, at(13)),
    ),
  ).toEqual([false, false, false, true, true, false]);
});
