import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { changeSeats, type LockedEvent } from './lock-event.js';
import { writeRegistrationMails } from './write-registration-mails.js';

const HOUR = 3_600_000;

/** What is stored of the token in an offer's links. */
export const hashOfferToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** When an offer made now ends: after the event's hours for offers, at the latest when the event begins (or ends). */
export function offerEnd(event: Pick<LockedEvent, 'offerHours' | 'startsAt' | 'endsAt'>, now: Date): Date {
  const last = now < event.startsAt ? event.startsAt : event.endsAt;
  return new Date(Math.min(now.getTime() + event.offerHours * HOUR, last.getTime()));
}

/**
 * Holds seats for waiting registrations and asks them by mail; needs the event's lock and ids that fit the free seats.
 * Returns ids of notifications to wake.
 */
export async function offerSeats(
  manager: EntityManager,
  event: LockedEvent,
  ids: readonly string[],
  now: Date,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const expiresAt = offerEnd(event, now);
  const offers = ids.map((id) => ({ id, token: randomBytes(24).toString('base64url') }));
  const rows: { seats: number }[] = await manager.query(
    `WITH offered AS (
       UPDATE registration r SET status = 'offered', seats_held = r.group_size, offered_at = $3, offer_expires_at = $4,
         offer_token_hash = o.hash, updated_at = $3
       FROM jsonb_to_recordset($1) AS o(id uuid, hash text)
       WHERE r.id = o.id AND r.event_id = $2 AND r.status = 'waitlisted' RETURNING r.id, r.group_size),
     audited AS (
       INSERT INTO audit_entry (action, subject_kind, subject_id, detail)
       SELECT 'offer-seats', 'registration', id, jsonb_build_object('seats', group_size, 'expiresAt', $4::timestamptz)
       FROM offered)
     SELECT coalesce(sum(group_size), 0)::int AS seats FROM offered`,
    [
      JSON.stringify(offers.map(({ id, token }) => ({ id, hash: hashOfferToken(token) }))),
      event.id,
      now,
      expiresAt,
    ],
  );
  await changeSeats(manager, event, rows[0]!.seats);
  return writeRegistrationMails(
    manager,
    offers.map(({ id, token }) => ({
      registrationId: id,
      topic: 'registration-offer',
      occasion: String(now.getTime()),
      payload: {
        acceptLink: `/offer/${id}?s=${token}`,
        declineLink: `/offer/${id}?s=${token}&answer=decline`,
        expiresAt: expiresAt.toISOString(),
      },
    })),
  );
}

/** Counts one more pass for waiting registrations. */
export async function countPasses(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await manager.query('UPDATE registration SET times_passed = times_passed + 1 WHERE id = ANY($1)', [ids]);
}
