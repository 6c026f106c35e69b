import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { StoredInvitation } from '#libs/domain/notifications/stored-invitation.js';

export interface LockedProposal {
  readonly id: string;
  readonly status: 'open' | 'accepted' | 'declined';
  readonly kind: 'event' | 'meeting';
  readonly eventId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** It is what is planned now. */
  readonly taken: boolean;
}

/** Whether the time of a proposal q, of an invitation c to an event e or its meeting, is the one that is planned now. */
export const IS_PLAN = `(q.starts_at, q.ends_at) = (
  CASE c.kind WHEN 'event' THEN e.starts_at ELSE (c.snapshot->>'start')::timestamptz END,
  CASE c.kind WHEN 'event' THEN e.ends_at ELSE (c.snapshot->>'end')::timestamptz END)`;

export async function lockProposal(manager: EntityManager, id: string): Promise<LockedProposal | null> {
  const rows = await manager.query<LockedProposal[]>(
    `SELECT q.id, q.status, c.kind, c.event_id AS "eventId", q.starts_at AS "startsAt", q.ends_at AS "endsAt",
            ${IS_PLAN} AS taken
     FROM calendar_proposal q JOIN calendar_object c ON c.id = q.calendar_object_id JOIN event e ON e.id = c.event_id
     WHERE q.id = $1 FOR UPDATE OF q`,
    [id],
  );
  return rows[0] ?? null;
}

export async function settleProposal(
  manager: EntityManager,
  id: string,
  settlement: { readonly status: 'accepted' | 'declined'; readonly by: string; readonly now: Date },
): Promise<void> {
  await manager.query(
    'UPDATE calendar_proposal SET status = $2, decided_by = $3, decided_at = $4 WHERE id = $1',
    [id, settlement.status, settlement.by, settlement.now],
  );
}

interface Proposer {
  readonly uid: string;
  readonly objectId: string;
  readonly sequence: number;
  readonly snapshot: StoredInvitation;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly instance: Date | null;
  readonly eventId: string;
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: 'zh-CN' | 'en';
}

/**
 * Tells the proposer that the time stays, in words and as DECLINECOUNTER (RFC 5546 §3.2.8) of the proposed time.
 * Returns the notification's id.
 */
export async function writeDeclinedProposal(
  manager: EntityManager,
  proposalId: string,
  note: string,
  now: Date,
): Promise<string | null> {
  const [to] = await manager.query<Proposer[]>(
    `SELECT c.uid, c.id AS "objectId", c.sequence, c.snapshot, q.starts_at AS "startsAt", q.ends_at AS "endsAt", q.instance,
            c.event_id AS "eventId", p.id AS "personId", p.email, p.name, p.locale
     FROM calendar_proposal q JOIN calendar_object c ON c.id = q.calendar_object_id JOIN person p ON p.id = c.person_id
     WHERE q.id = $1`,
    [proposalId],
  );
  if (to === undefined) return null;
  const { recurrence: _, overrides: __, ...single } = to.snapshot;
  const invitation = {
    ...single,
    method: 'DECLINECOUNTER',
    start: to.startsAt.toISOString(),
    end: to.endsAt.toISOString(),
    sequence: to.sequence,
    stampedAt: now.toISOString(),
    reminders: [],
    ...(to.instance === null ? {} : { recurrenceId: to.instance.toISOString() }),
  };
  const payload = {
    event: single.summary,
    startsAt: single.start,
    endsAt: single.end,
    place: single.location,
    link: `/events/${to.eventId}`,
    proposedStartsAt: to.startsAt.toISOString(),
    proposedEndsAt: to.endsAt.toISOString(),
    note: note === '' ? null : note,
  };
  const rows = await manager.query<{ id: string }[]>(
    `INSERT INTO notification (dedupe_key, stream_key, topic, person_id, to_address, to_name, locale, payload,
       calendar_object_id, method, sequence, invitation, event_id, next_attempt_at, message_id, created_at)
     VALUES ($1, $2, 'proposal-declined', $3, $4, $5, $6, $7, $8, 'DECLINECOUNTER', $9, $10, $11, $12, $13, $12)
     ON CONFLICT (dedupe_key) DO NOTHING RETURNING id`,
    [
      `proposal-declined:${proposalId}`,
      `ical:${to.uid}:${to.personId}`,
      to.personId,
      to.email,
      to.name,
      to.locale,
      JSON.stringify(payload),
      to.objectId,
      to.sequence,
      JSON.stringify(invitation),
      to.eventId,
      now,
      randomUUID(),
    ],
  );
  return rows[0]?.id ?? null;
}
