import type { EntityManager } from 'typeorm';
import type { Event } from '../entities/event.entity.js';

export type LockedEvent = Pick<
  Event,
  | 'id'
  | 'title'
  | 'state'
  | 'isTemplate'
  | 'startsAt'
  | 'endsAt'
  | 'capacity'
  | 'seatsTaken'
  | 'registrationOpensAt'
  | 'registrationClosesAt'
  | 'approvalRequired'
  | 'groupMax'
  | 'offerHours'
  | 'questions'
>;

/**
 * Reads an event and locks its row until the transaction ends; null when there is none. Whoever changes registrations
 * takes this lock before any other, so that seats are given one after the other and nobody waits in a circle.
 */
export async function lockEvent(manager: EntityManager, eventId: string): Promise<LockedEvent | null> {
  const rows: LockedEvent[] = await manager.query(
    `SELECT id, title, state, is_template AS "isTemplate", starts_at AS "startsAt", ends_at AS "endsAt", capacity,
            seats_taken AS "seatsTaken", registration_opens_at AS "registrationOpensAt",
            registration_closes_at AS "registrationClosesAt", approval_required AS "approvalRequired",
            group_max AS "groupMax", offer_hours AS "offerHours", questions
     FROM event WHERE id = $1 FOR NO KEY UPDATE`,
    [eventId],
  );
  return rows[0] ?? null;
}

/** Moves the event's seat count by `change`; the check constraint refuses what would oversell. Needs the lock. */
export async function changeSeats(manager: EntityManager, event: LockedEvent, change: number): Promise<void> {
  if (change === 0) return;
  await manager.query('UPDATE event SET seats_taken = seats_taken + $2 WHERE id = $1', [event.id, change]);
  event.seatsTaken += change;
}
