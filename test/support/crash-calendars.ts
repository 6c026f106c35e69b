import type { DataSource } from 'typeorm';
import { parseMail } from './mailbox.js';
import type { SmtpPeer } from './smtp-peer.js';

/** "address uid start end" of everything that should be in attendees' calendars: places at events, and meetings. */
export async function wantedCalendars(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ email: string; uid: string; starts: Date; ends: Date }[]>(
    `SELECT p.email, 'event-' || e.id AS uid, e.starts_at AS starts, e.ends_at AS ends
     FROM registration r JOIN event e ON e.id = r.event_id JOIN person p ON p.id = r.person_id
     WHERE r.status = 'confirmed'
     UNION ALL
     SELECT p.email, 'meeting-' || m.id, m.starts_at, m.ends_at
     FROM meeting m JOIN person p ON p.id IN (m.enterprise_person_id, m.institute_person_id)
     WHERE m.status = 'scheduled'`,
  );
  return rows
    .map(({ email, uid, starts, ends }) => `${email} ${uid} ${starts.toISOString()} ${ends.toISOString()}`)
    .sort();
}

/**
 * The same, as calendars have it that read the mails in the order in which they came: of one UID the highest SEQUENCE
 * holds, then the latest DTSTAMP (RFC 5546 §2.1.5); a CANCEL takes it out.
 */
export async function replayedCalendars(peer: SmtpPeer): Promise<string[]> {
  const entries = new Map<string, { sequence: number; stamp: number; line: string | null }>();
  for (const { to, raw } of peer.received) {
    const { calendar } = await parseMail(raw);
    if (calendar === null) continue;
    const uid = calendar.uid.replace(/@.*/, '');
    const { sequence } = calendar;
    const stamp = calendar.stampedAt.getTime();
    const held = entries.get(`${to} ${uid}`);
    if (
      held !== undefined &&
      (held.sequence > sequence || (held.sequence === sequence && held.stamp > stamp))
    )
      continue;
    const line =
      calendar.method === 'CANCEL'
        ? null
        : `${to} ${uid} ${calendar.start.toISOString()} ${calendar.end.toISOString()}`;
    entries.set(`${to} ${uid}`, { sequence, stamp, line });
  }
  return [...entries.values()].flatMap(({ line }) => line ?? []).sort();
}

interface Copy {
  readonly messageId: string;
  /** When the peer had received it, in milliseconds. */
  readonly at: number;
}

/** The messages in the order in which they were handed over. */
export const handOvers = (peer: SmtpPeer): Promise<Copy[]> =>
  Promise.all(
    peer.received.map(async ({ raw, at }) => ({ messageId: (await parseMail(raw)).messageId, at })),
  );

/** Message-IDs in the order in which they first came, each with the times of its copies. */
export async function copiesOf(peer: SmtpPeer): Promise<Map<string, number[]>> {
  const byId = new Map<string, number[]>();
  for (const { messageId, at } of await handOvers(peer))
    byId.set(messageId, [...(byId.get(messageId) ?? []), at]);
  return byId;
}

/**
 * Message-IDs handed over again although their first copy was not the last of a process that was killed. Over one
 * connection a process gets the server's answer to a message before it hands over the next, so only its last one can
 * have been accepted without its knowing.
 */
export function unexplainedRepeats(copies: readonly Copy[], starts: readonly number[]): string[] {
  const again = (index: number) =>
    copies.slice(index + 1).some(({ messageId }) => messageId === copies[index]!.messageId);
  const lastOfItsProcess = (index: number) => {
    const next = copies[index + 1];
    return starts.some((start) => copies[index]!.at <= start && (next === undefined || next.at > start));
  };
  return copies.flatMap(({ messageId }, index) =>
    again(index) && !lastOfItsProcess(index) ? [messageId] : [],
  );
}
