import type { EntityManager } from 'typeorm';
import type { Answer, InvitedAttendee } from '#libs/domain/calendar/inbound/decide-statement.js';
import { readRecurrence, type StoredInvitation } from '#libs/domain/notifications/stored-invitation.js';

/** An attendee's invitation with what is needed to decide about a statement. */
export interface InvitedRow extends InvitedAttendee {
  readonly id: string;
  readonly eventId: string;
  readonly personId: string;
  /** Lower case: where the invitation went, and the person's address now. */
  readonly addresses: readonly string[];
  readonly replyKey: string;
  readonly refreshedAt: Date | null;
}

interface Row {
  id: string;
  eventId: string;
  personId: string;
  email: string;
  state: 'active' | 'cancelled';
  sequence: number;
  replyKey: string;
  refreshedAt: Date | null;
  snapshot: StoredInvitation;
}

/** Statements that count, one per occurrence: the highest SEQUENCE, then the latest (RFC 5546 §2.1.5). */
export const CURRENT_ANSWERS = `
  SELECT DISTINCT ON (a.calendar_object_id, a.instance) a.calendar_object_id, a.instance, a.answer, a.comment, a.channel,
    a.sequence, a.stated_at
  FROM calendar_answer a JOIN calendar_object asked ON asked.id = a.calendar_object_id
  WHERE a.sequence >= asked.asked_sequence
  ORDER BY a.calendar_object_id, a.instance, a.sequence DESC, a.stated_at DESC, a.id DESC`;

export async function isKnownUid(manager: EntityManager, uid: string): Promise<boolean> {
  const rows = await manager.query<{ one: number }[]>(
    'SELECT 1 AS one FROM calendar_object WHERE uid = $1 LIMIT 1',
    [uid],
  );
  return rows.length > 0;
}

/** The one event that all invitations with these UIDs are about; null when there are several or none. */
export async function eventOfUids(manager: EntityManager, uids: readonly string[]): Promise<string | null> {
  const rows = await manager.query<{ id: string }[]>(
    'SELECT DISTINCT event_id AS id FROM calendar_object WHERE uid = ANY($1) LIMIT 2',
    [uids],
  );
  return rows.length === 1 ? rows[0]!.id : null;
}

/** The invitation of a UID that one of the addresses (lower case) was sent, locked until the transaction ends. */
export async function lockInvitedByAddress(
  manager: EntityManager,
  uid: string,
  addresses: readonly string[],
): Promise<InvitedRow | null> {
  // Nearly always the address of today, which is looked up; else all invitations of the event are read.
  return (
    (await lockOne(manager, 'c.uid = $1 AND p.email = ANY($2)', [uid, addresses])) ??
    lockOne(manager, `c.uid = $1 AND lower(c.snapshot->'attendees'->0->>'email') = ANY($2)`, [uid, addresses])
  );
}

/** The invitation of a UID whose reply address has one of the keys, locked until the transaction ends. */
export async function lockInvitedByKey(
  manager: EntityManager,
  uid: string,
  keys: readonly string[],
): Promise<InvitedRow | null> {
  if (keys.length === 0) return null;
  return lockOne(manager, `c.uid = $1 AND replace(c.reply_key::text, '-', '') = ANY($2)`, [uid, keys]);
}

export async function lockInvitedById(manager: EntityManager, id: string): Promise<InvitedRow | null> {
  return lockOne(manager, 'c.id = $1', [id]);
}

async function lockOne(
  manager: EntityManager,
  condition: string,
  parameters: readonly unknown[],
): Promise<InvitedRow | null> {
  const rows = await manager.query<Row[]>(
    `SELECT c.id, c.event_id AS "eventId", c.person_id AS "personId", lower(p.email) AS email, c.state, c.sequence,
            replace(c.reply_key::text, '-', '') AS "replyKey", c.refreshed_at AS "refreshedAt", c.snapshot
     FROM calendar_object c JOIN person p ON p.id = c.person_id
     WHERE ${condition} ORDER BY c.state, c.id LIMIT 1 FOR UPDATE OF c`,
    [...parameters],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { snapshot, email, ...rest } = row;
  const sentTo = snapshot.attendees[0]?.email.toLowerCase();
  return {
    ...rest,
    addresses: sentTo === undefined || sentTo === email ? [email] : [sentTo, email],
    series: {
      start: new Date(snapshot.start),
      timeZone: snapshot.timeZone,
      recurrence: snapshot.recurrence ? readRecurrence(snapshot.recurrence) : null,
    },
    lengthMs: Math.max(0, new Date(snapshot.end).getTime() - new Date(snapshot.start).getTime()),
    answers: await currentAnswers(manager, row.id),
  };
}

function currentAnswers(manager: EntityManager, id: string): Promise<InvitedAttendee['answers'][number][]> {
  return manager.query<
    { instance: Date | null; answer: Answer; comment: string; sequence: number; statedAt: Date }[]
  >(
    `SELECT instance, answer, comment, sequence, stated_at AS "statedAt" FROM (${CURRENT_ANSWERS}) current
     WHERE calendar_object_id = $1`,
    [id],
  );
}
