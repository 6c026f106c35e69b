import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import type { CalendarInvitation } from '#libs/domain/calendar/invitation.js';
import { compareRevisions, invitationFingerprint } from '#libs/domain/calendar/next-sequence.js';
import {
  decideInvitation,
  inWordsOf,
  type InvitationMessage,
  type KnownInvitation,
  type WantedInvitation,
} from '#libs/domain/notifications/decide-invitation.js';
import { fromStoredInvitation, type StoredInvitation } from '#libs/domain/notifications/stored-invitation.js';
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
  let rows = '[]';
  for (let at = 0; at <= intentions.length; at += BATCH) {
    const batch = intentions.slice(at, at + BATCH);
    const known = await lockKnown(manager, batch);
    const writing = writeRows(manager, rows, now);
    // Heard below; until then a failure is nobody's fault.
    writing.catch(() => undefined);
    try {
      // While the database writes a batch the next one is decided.
      await setImmediate();
      const messages = messagesOf(batch, known, now).map(rowOf);
      await giveUpOvertaken(manager, messages, now);
      rows = JSON.stringify(messages);
    } finally {
      ids.push(...(await writing));
    }
  }
  return [...ids, ...(await writeRows(manager, rows, now))];
}

function messagesOf(
  intentions: readonly Intention[],
  known: ReadonlyMap<string, KnownRow>,
  now: Date,
): Message[] {
  return intentions.flatMap((intention) => {
    const row = known.get(`${intention.uid} ${intention.attendee.personId}`);
    const { wanted } = intention;
    const before: KnownInvitation | null = row
      ? {
          state: row.state,
          sequence: row.sequence,
          invitation: inWordsOf(wanted, fromStoredInvitation(row.snapshot)),
        }
      : null;
    const message = decideInvitation(before, wanted, now);
    if (message === null) return [];
    return {
      intention,
      message,
      before: message.purpose === 'update' ? (before?.invitation ?? null) : null,
      threadId: row?.threadId ?? null,
      messageId: randomUUID(),
      fingerprint: invitationFingerprint(message.invitation),
      askedSequence: askedSince(row, before, message),
    };
  });
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
  if (intentions.length === 0) return new Map();
  const rows: KnownRow[] = await manager.query(
    `SELECT uid, person_id AS "personId", state, sequence, snapshot, thread_id AS "threadId",
            asked_sequence AS "askedSequence" FROM calendar_object
     WHERE (uid, person_id) IN (SELECT * FROM unnest($1::text[], $2::uuid[])) ORDER BY id FOR UPDATE`,
    [intentions.map((i) => i.uid), intentions.map((i) => i.attendee.personId)],
  );
  return new Map(rows.map((row) => [`${row.uid} ${row.personId}`, row]));
}

/**
 * Records what the attendees know from now on, and the messages that tell them. A cancelled object keeps its last REQUEST
 * with the newer DTSTAMP.
 */
const WRITE = `
  WITH input AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(place int, uid text, person_id uuid, kind text, event_id uuid,
      meeting_id uuid, sequence int, asked_sequence int, state text, fingerprint text, thread_id text, dedupe_key text,
      stream_key text, topic text, to_address text, to_name text, locale text, payload jsonb, method text,
      invitation jsonb, message_id text)
  ), object AS (
    INSERT INTO calendar_object (uid, person_id, kind, event_id, meeting_id, sequence, asked_sequence, state, fingerprint,
      snapshot, thread_id, created_at, updated_at)
    SELECT uid, person_id, kind, event_id, meeting_id, sequence, asked_sequence, state, fingerprint,
      CASE method WHEN 'REQUEST' THEN invitation ELSE invitation || '{"method": "REQUEST", "cancelledWhole": false}' END,
      thread_id, $2, $2
    FROM input
    ON CONFLICT (uid, person_id) DO UPDATE
    SET sequence = excluded.sequence, asked_sequence = excluded.asked_sequence, state = excluded.state,
      fingerprint = excluded.fingerprint, snapshot = excluded.snapshot, updated_at = excluded.updated_at
    RETURNING id, uid, person_id
  ), written AS (
    INSERT INTO notification (dedupe_key, stream_key, topic, person_id, to_address, to_name, locale, payload,
      calendar_object_id, method, sequence, invitation, event_id, next_attempt_at, message_id, created_at, in_app)
    SELECT i.dedupe_key, i.stream_key, i.topic, i.person_id, i.to_address, i.to_name, i.locale, i.payload,
      o.id, i.method, i.sequence, i.invitation, i.event_id, $2, i.message_id, $2, true
    FROM input i JOIN object o ON o.uid = i.uid AND o.person_id = i.person_id ORDER BY i.place
    RETURNING id
  )
  ${SPREADING_LATER}`;

async function writeRows(manager: EntityManager, rows: string, now: Date): Promise<string[]> {
  if (rows === '[]') return [];
  const written = await manager.query<{ id: string }[]>(WRITE, [rows, now]);
  return written.map((row) => row.id);
}

/**
 * A message that could not be delivered so far waits for hours until it is tried again, and what follows it waits, too.
 * Whoever is told that it is called off need not be invited before; what is being sent goes first, as ever.
 */
async function giveUpOvertaken(
  manager: EntityManager,
  messages: readonly Record<string, unknown>[],
  now: Date,
): Promise<void> {
  const streams = messages.filter((row) => row['method'] === 'CANCEL').map((row) => row['stream_key']);
  if (streams.length === 0) return;
  await manager.query(
    `UPDATE notification SET status = 'cancelled' WHERE id = ANY(ARRAY(
       SELECT waits.id FROM unnest($1::text[]) AS stream(key) CROSS JOIN LATERAL (
         SELECT n.id FROM notification n WHERE n.stream_key = stream.key AND n.status = 'queued' AND n.attempts > 0
           AND NOT EXISTS (SELECT FROM delivery_attempt a WHERE a.notification_id = n.id AND a.held_until > $2)
         FOR UPDATE SKIP LOCKED) waits))`,
    [streams, now],
  );
}

/** Instants become ISO strings in JSON, at every depth. */
function rowOf(entry: Message, place: number): Record<string, unknown> {
  const { intention, message, threadId, messageId, fingerprint, askedSequence } = entry;
  const { uid, attendee } = intention;
  const { sequence, stampedAt, method } = message.invitation;
  const stream = `ical:${uid}:${attendee.personId}`;
  return {
    place,
    uid,
    person_id: attendee.personId,
    kind: intention.kind,
    event_id: intention.eventId,
    meeting_id: intention.meetingId,
    sequence,
    asked_sequence: askedSequence,
    state: message.purpose === 'cancel' ? 'cancelled' : 'active',
    fingerprint,
    thread_id: threadId ?? messageId,
    // The stamp lets words return to what they were: A, B and A again are three messages of one SEQUENCE.
    dedupe_key: `${stream}:${sequence}:${fingerprint}:${stampedAt.getTime()}`,
    stream_key: stream,
    topic: `invitation-${message.purpose}`,
    to_address: attendee.email,
    to_name: attendee.name,
    locale: attendee.locale,
    payload: payloadOf(entry),
    method,
    invitation: message.invitation,
    message_id: messageId,
  };
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
