import {
  allowedActions,
  canTransition,
  isFinal,
  machineProblems,
  nextStates,
  stateMachine,
  statesAfter,
} from './state-machine.js';
import {
  capabilityMachine,
  dealMachine,
  eventMachine,
  meetingMachine,
  needMachine,
  notificationMachine,
  registrationMachine,
} from './state-machines.js';

const arrows = (machine: Parameters<typeof machineProblems>[0]) =>
  machine.states.map(
    (from) =>
      `${from}: ${nextStates(machine, from)
        .map((next) => next.to)
        .join(',')}`,
  );

test('an event goes forward, may reopen its registration, and can be cancelled until it is held', () => {
  expect(arrows(eventMachine)).toEqual([
    'draft: published,cancelled',
    'published: registration_closed,cancelled',
    'registration_closed: published,held,cancelled',
    'held: archived',
    'archived: ',
    'cancelled: ',
  ]);
  expect(canTransition(eventMachine, 'held', 'cancelled')).toBe(false);
  expect(canTransition(eventMachine, 'registration_closed', 'published')).toBe(true);
});

test('a need is accepted only after a contract', () => {
  expect(needMachine.states.filter((state) => canTransition(needMachine, state, 'accepted'))).toEqual([
    'contracted',
  ]);
  expect(allowedActions(needMachine, 'submitted')).toEqual(['return', 'publish', 'withdraw']);
});

test('a stalled deal resumes where it was or ends', () => {
  expect(statesAfter(dealMachine, 'stalled', 'resume')).toEqual(['lead', 'intent', 'negotiation', 'signed']);
  expect(allowedActions(dealMachine, 'stalled')).toEqual(['resume', 'terminate']);
  expect(canTransition(dealMachine, 'lead', 'paid')).toBe(false);
});

test('an offer is accepted, declined or lapses', () => {
  expect(nextStates(registrationMachine, 'offered')).toEqual([
    { action: 'accept_offer', to: 'confirmed' },
    { action: 'decline_offer', to: 'cancelled' },
    { action: 'expire', to: 'expired' },
  ]);
});

test('final states', () => {
  const finals = [
    eventMachine,
    needMachine,
    capabilityMachine,
    registrationMachine,
    dealMachine,
    meetingMachine,
    notificationMachine,
  ].map((machine) =>
    machine.states.filter((state) => isFinal(machine as typeof eventMachine, state as 'draft')),
  );
  expect(finals).toEqual([
    ['archived', 'cancelled'],
    ['closed'],
    [],
    ['rejected', 'cancelled', 'expired'],
    ['paid', 'terminated'],
    [],
    ['sent', 'cancelled'],
  ]);
});

test('an action that is not allowed leads nowhere', () => {
  expect(statesAfter(meetingMachine, 'held', 'cancel')).toEqual([]);
});

test('a broken table does not load', () => {
  const broken = {
    name: 'broken',
    states: ['a', 'b', 'c'],
    initial: ['a'],
    transitions: [
      { action: 'go', from: ['a'], to: 'b' },
      { action: 'run', from: ['a'], to: 'b' },
      { action: 'fly', from: ['b'], to: 'x' },
      { action: 'stay', from: ['b'], to: 'b' },
    ],
  };
  expect(machineProblems(broken)).toEqual([
    'a → b is listed twice',
    'fly: unknown state x',
    'stay: b → b goes nowhere',
    'c cannot be reached',
  ]);
  expect(() => stateMachine(broken)).toThrow('State machine broken: a → b is listed twice');
});
