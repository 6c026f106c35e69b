import type { Actor } from './actor.js';
import { canSeeEvent, canSeeOnlineRoom, lockedFields } from './event-access.js';

const person = (roles: Actor['roles']): Actor => ({
  personId: 'p',
  email: 'p@test.example',
  name: 'P',
  locale: 'en',
  roles,
  memberships: [],
  sessionId: 's',
});
const organizer = person(['organizer']);
const states = ['draft', 'published', 'registration_closed', 'held', 'archived', 'cancelled'];

test('everybody sees what was published, organizers see everything', () => {
  for (const actor of [null, person([]), person(['broker'])]) {
    const seen = (publishedAt: Date | null, isTemplate = false) =>
      states.filter((state) => canSeeEvent(actor, { state, isTemplate, publishedAt }));
    expect(seen(new Date())).toEqual(states.slice(1));
    // A draft that was called off is still nobody else's business.
    expect(seen(null)).toEqual(states.slice(1, -1));
    expect(seen(new Date(), true)).toEqual([]);
  }
  expect(
    states.every((state) => canSeeEvent(organizer, { state, isTemplate: true, publishedAt: null })),
  ).toBe(true);
});

test('the online room is for confirmed people and organizers', () => {
  expect(
    ['confirmed', 'offered', 'waitlisted', null].map((status) => canSeeOnlineRoom(null, status)),
  ).toEqual([true, false, false, false]);
  expect(canSeeOnlineRoom(organizer, null)).toBe(true);
});

test('what is locked in which state', () => {
  const locked = Object.fromEntries(
    states.map((state) => [
      state,
      lockedFields({ state, isTemplate: false }, ['title', 'capacity', 'agenda']),
    ]),
  );
  expect(locked).toEqual({
    draft: [],
    published: [],
    registration_closed: [],
    held: ['capacity', 'agenda'],
    archived: ['title', 'capacity', 'agenda'],
    cancelled: ['title', 'capacity', 'agenda'],
  });
});
