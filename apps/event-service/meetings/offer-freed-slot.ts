import type { EntityManager } from 'typeorm';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { busyPerson } from './seat-meeting.js';
import { waitingPairs, type WaitingPair } from './waiting-pairs.js';

/** Less than this is not worth sitting down for. */
const LEAST_MS = 5 * 60_000;

interface FreedRow {
  eventId: string;
  event: string;
  status: string;
  startsAt: Date | null;
  endsAt: Date | null;
  table: string;
}

/**
 * Offers what is left of the slot of a meeting that does not take place to the first waiting pair that has the time.
 * Nobody is moved: both have to accept. Answers the mails to wake.
 */
export async function offerFreedSlot(manager: EntityManager, freedId: string, now: Date): Promise<string[]> {
  const [freed] = await manager.query<FreedRow[]>(
    `SELECT m.event_id AS "eventId", e.title AS event, m.status, m.starts_at AS "startsAt", m.ends_at AS "endsAt",
            t.label AS "table" FROM meeting m JOIN event e ON e.id = m.event_id JOIN meeting_table t ON t.id = m.table_id
     WHERE m.id = $1`,
    [freedId],
  );
  if (freed?.status !== 'no_show' || freed.startsAt === null || freed.endsAt === null) return [];
  const expiresAt = new Date(freed.endsAt.getTime() - LEAST_MS);
  if (now < freed.startsAt || now >= expiresAt) return [];
  const [taken] = await manager.query<unknown[]>(
    "SELECT 1 FROM slot_offer WHERE freed_id = $1 AND status IN ('open', 'taken')",
    [freedId],
  );
  if (taken !== undefined) return [];
  const span = { start: now.getTime(), end: freed.endsAt.getTime() };
  for (const pair of await waitingPairs(manager, freed.eventId, freedId)) {
    const people = [pair.enterprisePersonId, pair.institutePersonId];
    if ((await busyPerson(manager, freed.eventId, people, span, freedId)) !== null) continue;
    return makeOffer(manager, freedId, freed, pair, expiresAt, now);
  }
  return [];
}

async function makeOffer(
  manager: EntityManager,
  freedId: string,
  freed: FreedRow,
  pair: WaitingPair,
  expiresAt: Date,
  now: Date,
): Promise<string[]> {
  const [offer] = await manager.query<{ id: string }[]>(
    `INSERT INTO slot_offer (event_id, freed_id, meeting_id, expires_at, created_at) VALUES ($1, $2, $3, $4, $5)
     RETURNING id`,
    [freed.eventId, freedId, pair.id, expiresAt, now],
  );
  const sides = [
    [pair.enterprisePersonId, pair.institute],
    [pair.institutePersonId, pair.enterprise],
  ] as const;
  const mails: string[] = [];
  for (const [personId, counterpart] of sides) {
    const [person] = await manager.query<{ email: string; name: string; locale: 'zh-CN' | 'en' }[]>(
      'SELECT email, name, locale FROM person WHERE id = $1',
      [personId],
    );
    if (person === undefined) continue;
    const mail = await writeMail(manager, {
      topic: 'meeting-request',
      dedupeKey: `slot-offer:${offer!.id}:${personId}`,
      personId,
      toAddress: person.email,
      toName: person.name,
      locale: person.locale,
      eventId: freed.eventId,
      payload: {
        state: 'slot-offered',
        event: freed.event,
        counterpart,
        startsAt: now.toISOString(),
        endsAt: freed.endsAt?.toISOString() ?? null,
        place: freed.table,
        answerBy: expiresAt.toISOString(),
        link: `/events/${freed.eventId}/schedule`,
      },
    });
    if (mail !== null) mails.push(mail);
  }
  return mails;
}
