import type { EntityManager } from 'typeorm';
import type { Event } from '../entities/event.entity.js';
import type { RegistrationStatus } from '../entities/registration.entity.js';
import { endRegistrations } from './end-registrations.js';
import type { LockedEvent } from './lock-event.js';
import { writeEventNews } from './write-event-news.js';

/** Registrations without a seat of their own that may still get one. */
const UNDECIDED: readonly RegistrationStatus[] = ['pending', 'waitlisted', 'offered'];

async function undecidedOf(manager: EntityManager, eventId: string): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    'SELECT id FROM registration WHERE event_id = $1 AND status = ANY($2)',
    [eventId, UNDECIDED],
  );
  return rows.map((row) => row.id);
}

/**
 * Ends what was undecided of a cancelled event, and tells its people why; of an event that is over by then nobody wants
 * to hear. Needs the event's row locked. Returns the ids of notifications to wake.
 */
export async function endUndecidedOfCancelled(
  manager: EntityManager,
  event: LockedEvent,
  cancellation: { readonly actorId: string | null; readonly reason: string },
  now: Date,
): Promise<string[]> {
  const { actorId, reason } = cancellation;
  const ids = await undecidedOf(manager, event.id);
  if (ids.length === 0) return [];
  const ended = await endRegistrations(
    manager,
    event,
    { ids, from: UNDECIDED, to: 'expired', note: reason, actorId, action: 'expire-registration' },
    now,
  );
  if (event.endsAt <= now) return [];
  return writeEventNews(manager, {
    eventId: event.id,
    registrationIds: ended.map((row) => row.id),
    topic: 'registration-event-cancelled',
    occasion: 'cancelled',
    payload: { note: reason },
  });
}

/** Tells those who are undecided another time or place of their event. Returns the ids of notifications to wake. */
export async function tellUndecidedOfMove(
  manager: EntityManager,
  before: Event,
  after: Event,
): Promise<string[]> {
  const [was] = await manager.query<{ place: string }[]>(
    "SELECT concat_ws('，', name, address) AS place FROM venue WHERE id = $1",
    [before.venueId],
  );
  return writeEventNews(manager, {
    eventId: after.id,
    registrationIds: await undecidedOf(manager, after.id),
    topic: 'registration-event-moved',
    // Each version of the event is a change of its own.
    occasion: String(after.updatedAt.getTime()),
    payload: {
      before: {
        startsAt: before.startsAt.toISOString(),
        endsAt: before.endsAt.toISOString(),
        place: was?.place ?? '',
      },
    },
  });
}
