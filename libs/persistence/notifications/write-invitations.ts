import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { CalendarInvitation } from '#libs/domain/calendar/invitation.js';
import { compareRevisions, invitationFingerprint } from '#libs/domain/calendar/next-sequence.js';
import {
  decideInvitation,
  type InvitationMessage,
  type KnownInvitation,
  type WantedInvitation,
} from '#libs/domain/notifications/decide-invitation.js';
import {
  fromStoredInvitation,
  toStoredInvitation,
  type StoredInvitation,
} from '#libs/domain/notifications/stored-invitation.js';
import { SPREADING_LATER } from './spreading-later.js';
import type { Attendee } from './wanted-invitations.js';

/** What one attendee's calendar should hold under one UID, and what the mail about it says. */
export interface Intention {
  readonly uid: string;
  readonly attendee: Attendee;
  readonly kind: 'event' | 'meeting';
  readonly eventId: string;
  readonly meetingId: string | null;
  readonly wanted: WantedInvitation;
  /** Words of the mail that are not in the invitation: `title`, `host`, `link`, `note`. */
  readonly words: Record<string, unknown>;
}

interface KnownRow {
  uid: string;
  personId: string;
  state: 'active' | 'cancelled';
  sequence: number;
  snapshot: StoredInvitation;
  threadId: string;
  askedSequence: number;
}

interface Message {
  readonly intention: Intention;
  readonly message: InvitationMessage;
  readonly before: CalendarInvitation | null;
  readonly threadId: string | null;
  readonly messageId: string;
  readonly fingerprint: string;
  /** SEQUENCE since which answers count. */
  readonly askedSequence: number;
}

const BATCH = 500;

/**
 * Compares intentions with what their attendees were told and writes the messages that are due. Needs the events' rows
 * locked (`lockEvents`): then nobody else writes to the same calendar objects. Returns the ids of the notifications.
 */
export async function writeInvitations(
  manager: EntityManager,
  intentions: readonly Intention[],
  now: Date,
): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < intentions.length; at += BATCH) {
    ids.push(...(await writeBatch(manager, intentions.slice(at, at + BATCH), now)));
  }
  return ids;
}

async function writeBatch(
  manager: EntityManager,
  intentions: readonly Intention[],
  now: Date,
): Promise<string[]> {
  const known = await lockKnown(manager, intentions);
  const messages: Message[] = [];
  for (const intention of intentions) {
    const row = known.get(`${intention.uid} ${intention.attendee.personId}`);
    const before: KnownInvitation | null = row
      ? { state: row.state, sequence: row.sequence, invitation: fromStoredInvitation(row.snapshot) }
      : null;
    const message = decideInvitation(before, intention.wanted, now);
    if (message === null) continue;
    messages.push({
      intention,
      message,
      before: message.purpose === 'update' ? (before?.invitation ?? null) : null,
      threadId: row?.threadId ?? null,
      messageId: randomUUID(),
      fingerprint: invitationFingerprint(message.invitation),
      askedSequence: askedSince(row, before, message),
    });
  }
  if (messages.length === 0) return [];
  const objectIds = await writeObjects(manager, messages, now);
  return writeMessages(manager, messages, objectIds, now);
}

/** Earlier answers hold until the time changes or the attendee is invited anew. */
function askedSince(
  row: KnownRow | undefined,
  before: KnownInvitation | null,
  { purpose, invitation }: InvitationMessage,
): number {
  if (row === undefined || before === null || purpose === 'request') return invitation.sequence;
  if (purpose === 'cancel') return row.askedSequence;
  return compareRevisions(before.invitation, invitation).resetsReplies
    ? invitation.sequence
    : row.askedSequence;
}

async function lockKnown(
  manager: EntityManager,
  intentions: readonly Intention[],
): Promise<Map<string, KnownRow>> {
  const rows: KnownRow[] = await manager.query(
    `SELECT uid, person_id AS "personId", state, sequence, snapshot, thread_id AS "threadId",
            asked_sequence AS "askedSequence" FROM calendar_object
     WHERE (uid, person_id) IN (SELECT * FROM unnest($1::text[], $2::uuid[])) ORDER BY id FOR UPDATE`,
    [intentions.map((i) => i.uid), intentions.map((i) => i.attendee.personId)],
  );
  return new Map(rows.map((row) => [`${row.uid} ${row.personId}`, row]));
}

/** Records what the attendees know from now on. A cancelled object keeps its last REQUEST with the newer DTSTAMP. */
async function writeObjects(
  manager: EntityManager,
  messages: readonly Message[],
  now: Date,
): Promise<Map<string, string>> {
  const objects = messages.map(({ intention, message, threadId, messageId, fingerprint, askedSequence }) => ({
    uid: intention.uid,
    person_id: intention.attendee.personId,
    kind: intention.kind,
    event_id: intention.eventId,
    meeting_id: intention.meetingId,
    sequence: message.invitation.sequence,
    asked_sequence: askedSequence,
    state: message.purpose === 'cancel' ? 'cancelled' : 'active',
    fingerprint,
    snapshot: toStoredInvitation({ ...message.invitation, method: 'REQUEST', cancelledWhole: false }),
    thread_id: threadId ?? messageId,
    created_at: now,
    updated_at: now,
  }));
  const columns =
    'uid, person_id, kind, event_id, meeting_id, sequence, asked_sequence, state, fingerprint, snapshot, thread_id';
  const rows: { id: string; uid: string; personId: string }[] = await manager.query(
    `INSERT INTO calendar_object (${columns}, created_at, updated_at)
     SELECT ${columns}, created_at, updated_at FROM jsonb_populate_recordset(NULL::calendar_object, $1::jsonb)
     ON CONFLICT (uid, person_id) DO UPDATE
     SET sequence = excluded.sequence, asked_sequence = excluded.asked_sequence, state = excluded.state, fingerprint = excluded.fingerprint,
         snapshot = excluded.snapshot, updated_at = excluded.updated_at
     RETURNING id, uid, person_id AS "personId"`,
    [JSON.stringify(objects)],
  );
  return new Map(rows.map((row) => [`${row.uid} ${row.personId}`, row.id]));
}

async function writeMessages(
  manager: EntityManager,
  messages: readonly Message[],
  objectIds: ReadonlyMap<string, string>,
  now: Date,
): Promise<string[]> {
  const rows = messages.map((entry) => {
    const { intention, message, messageId, fingerprint } = entry;
    const { attendee, uid } = intention;
    const stream = `ical:${uid}:${attendee.personId}`;
    const { sequence, stampedAt, method } = message.invitation;
    return {
      // The stamp lets words return to what they were: A, B and A again are three messages of one SEQUENCE.
      dedupe_key: `${stream}:${sequence}:${fingerprint}:${stampedAt.getTime()}`,
      stream_key: stream,
      topic: `invitation-${message.purpose}`,
      person_id: attendee.personId,
      to_address: attendee.email,
      to_name: attendee.name,
      locale: attendee.locale,
      payload: payloadOf(entry),
      calendar_object_id: objectIds.get(`${uid} ${attendee.personId}`),
      method,
      sequence,
      invitation: toStoredInvitation(message.invitation),
      event_id: intention.eventId,
      next_attempt_at: now,
      message_id: messageId,
      created_at: now,
    };
  });
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  const written: { id: string }[] = await manager.query(
    `WITH written AS (INSERT INTO notification (${columns}, in_app)
       SELECT ${columns}, true FROM jsonb_populate_recordset(NULL::notification, $1::jsonb) RETURNING id)
     ${SPREADING_LATER}`,
    [JSON.stringify(rows)],
  );
  return written.map((row) => row.id);
}

/** Payload of the topics invitation-request, -update and -cancel. */
function payloadOf({ intention, message, before }: Message): Record<string, unknown> {
  const { invitation } = message;
  return {
    ...intention.words,
    kind: intention.kind,
    summary: invitation.summary,
    startsAt: invitation.start.toISOString(),
    endsAt: invitation.end.toISOString(),
    place: invitation.location,
    details: invitation.description,
    cancelledWhole: invitation.cancelledWhole,
    before:
      before === null
        ? null
        : {
            summary: before.summary,
            startsAt: before.start.toISOString(),
            endsAt: before.end.toISOString(),
            place: before.location,
          },
  };
}
