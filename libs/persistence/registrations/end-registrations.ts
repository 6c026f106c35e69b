import type { EntityManager } from 'typeorm';
import type { RegistrationStatus } from '../entities/registration.entity.js';
import { changeSeats, type LockedEvent } from './lock-event.js';

export interface Ending {
  readonly ids: readonly string[];
  /** Only registrations in one of these states end. */
  readonly from: readonly RegistrationStatus[];
  readonly to: 'cancelled' | 'rejected' | 'expired';
  readonly note: string | null;
  /** Person who ends them; null = the platform itself. */
  readonly actorId: string | null;
  readonly action: string;
}

export interface EndedRegistration {
  readonly id: string;
  readonly personId: string;
  readonly before: RegistrationStatus;
}

/**
 * Ends registrations of a locked event and gives their seats back; who was checked in stays. Whoever calls it promotes
 * the waiting list next.
 */
export async function endRegistrations(
  manager: EntityManager,
  event: LockedEvent,
  ending: Ending,
  now: Date,
): Promise<EndedRegistration[]> {
  // The rows first, in a statement of their own: a check-in that commits while this waits must be seen below.
  await manager.query('SELECT id FROM registration WHERE id = ANY($1) ORDER BY id FOR UPDATE', [ending.ids]);
  const rows: (EndedRegistration & { freed: number })[] = await manager.query(
    `WITH ended AS (
       UPDATE registration SET status = $4, seats_held = 0, note = coalesce($5, note), updated_at = $6,
         cancelled_at = CASE WHEN $4 = 'cancelled' THEN $6::timestamptz ELSE cancelled_at END
       WHERE event_id = $1 AND id = ANY($2) AND status = ANY($3)
         AND NOT EXISTS (SELECT FROM check_in c WHERE c.registration_id = registration.id)
       RETURNING id, person_id, old.status AS before, old.seats_held AS freed),
     audited AS (
       INSERT INTO audit_entry (actor_id, action, subject_kind, subject_id, detail)
       SELECT $7, $8, 'registration', id, jsonb_build_object('from', before, 'to', $4, 'note', $5::text) FROM ended)
     SELECT id, person_id AS "personId", before, freed FROM ended ORDER BY id`,
    [event.id, ending.ids, ending.from, ending.to, ending.note, now, ending.actorId, ending.action],
  );
  await changeSeats(manager, event, -rows.reduce((sum, row) => sum + row.freed, 0));
  return rows.map(({ id, personId, before }) => ({ id, personId, before }));
}
