import { registrationDoor } from './registration-door.js';

const at = (time: string) => new Date(`2026-06-01T${time}:00Z`);
const event = {
  state: 'published' as const,
  isTemplate: false,
  startsAt: at('12:00'),
  registrationOpensAt: at('08:00'),
  registrationClosesAt: at('10:00'),
  capacity: 2,
  seatsTaken: 1,
};

test.each([
  ['07:59', 'not_open'],
  ['08:00', 'open'],
  ['09:59', 'open'],
  ['10:00', 'closed'],
] as const)('at %s the door is %s', (time, door) => {
  expect(registrationDoor(event, at(time))).toBe(door);
});

test('a full event has a waiting list while registration is open', () => {
  const full = { ...event, seatsTaken: 2 };
  expect(['07:00', '09:00', '11:00'].map((time) => registrationDoor(full, at(time)))).toEqual([
    'not_open',
    'waiting_list',
    'closed',
  ]);
});

test('only published events let people in', () => {
  const states = ['draft', 'registration_closed', 'held', 'archived', 'cancelled'] as const;
  expect(states.map((state) => registrationDoor({ ...event, state }, at('09:00')))).toEqual([
    'not_open',
    'closed',
    'closed',
    'closed',
    'closed',
  ]);
});
