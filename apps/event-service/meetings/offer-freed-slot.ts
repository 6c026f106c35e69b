import type { EntityManager } from 'typeorm';
import type { Interval } from '#libs/domain/time/interval.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { isTableFree } from './free-tables.js';
import { busyPerson } from './seat-meeting.js';
import { waitingPairs, type WaitingPair } from './waiting-pairs.js';

const MINUTE = 60_000;
/** Less than this is not worth sitting down for. */
const LEAST_MS = 5 * MINUTE;

interface FreedRow {
  id: string;
  eventId: string;
  event: string;
  eventState: string;
  slotMinutes: number | null;
  status: string;
  startsAt: Date | null;
  endsAt: Date | null;
  tableId: string;
  table: string;
}

/**
 * What can be offered of the place of a meeting that does not take place: after a no-show what is left of it; after a
 * cancellation its first slot, or what is left of it once it has begun. Null = nothing worth sitting down for.
 */
function spanOf(freed: FreedRow, now: Date): Interval | null {
  const { status, startsAt, endsAt, slotMinutes } = freed;
  if (startsAt === null || endsAt === null || freed.eventState === 'cancelled') return null;
  if (status !== 'cancelled' && status !== 'no_show') return null;
  const begun = startsAt <= now;
  if (status === 'no_show' && !begun) return null;
  const slotEnd = slotMinutes === null || begun ? Infinity : startsAt.getTime() + slotMinutes * MINUTE;
  const span = {
    start: Math.max(startsAt.getTime(), now.getTime()),
    end: Math.min(endsAt.getTime(), slotEnd),
  };
  return now.getTime() < span.end - LEAST_MS ? span : null;
}

/**
 * Offers the slot of a meeting that does not take place to the first waiting pair that has the time. Nobody is moved:
 * both have to accept. The event's row is locked. Answers the mails to wake.
 */
export async function offerFreedSlot(manager: EntityManager, freedId: string, now: Date): Promise<string[]> {
  const [freed] = await manager.query<FreedRow[]>(
    `SELECT m.id, m.event_id AS "eventId", e.title AS event, e.state AS "eventState", e.slot_minutes AS "slotMinutes",
            m.status, m.starts_at AS "startsAt", m.ends_at AS "endsAt", t.id AS "tableId", t.label AS "table"
     FROM meeting m JOIN event e ON e.id = m.event_id JOIN meeting_table t ON t.id = m.table_id WHERE m.id = $1`,
    [freedId],
  );
  const span = freed === undefined ? null : spanOf(freed, now);
  if (freed === undefined || span === null) return [];
  const [taken] = await manager.query<unknown[]>(
    "SELECT 1 FROM slot_offer WHERE freed_id = $1 AND status IN ('open', 'taken')",
    [freedId],
  );
  if (taken !== undefined || !(await isTableFree(manager, freed.tableId, span, freedId))) return [];
  for (const pair of await waitingPairs(manager, freed.eventId, freedId)) {
    const people = [pair.enterprisePersonId, pair.institutePersonId];
    if ((await busyPerson(manager, freed.eventId, people, span, freedId)) !== null) continue;
    return makeOffer(manager, freed, span, pair, now);
  }
  return [];
}

/** The same for several meetings, one after the other. */
export async function offerFreedSlots(
  manager: EntityManager,
  freedIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const mails: string[] = [];
  for (const id of freedIds) mails.push(...(await offerFreedSlot(manager, id, now)));
  return mails;
}

/**
 * Open offers of an event whose table or people are taken by now, or whose pair has a place, end; what is left of such
 * a slot is offered to the next pair. The event's row is locked. Answers the mails to wake.
 */
export async function settleOffers(manager: EntityManager, eventId: string, now: Date): Promise<string[]> {
  const [rows] = await manager.query<[{ freedId: string }[], number]>(
    `UPDATE slot_offer s SET status = 'withdrawn' FROM meeting f, meeting m
     WHERE s.event_id = $1 AND s.status = 'open' AND f.id = s.freed_id AND m.id = s.meeting_id
       AND (m.status <> 'requested'
         OR EXISTS (SELECT FROM meeting x WHERE x.table_id = f.table_id AND x.id <> f.id AND x.status <> 'cancelled'
                    AND x.starts_at < s.ends_at AND x.ends_at > s.starts_at)
         OR EXISTS (SELECT FROM meeting_seat seat WHERE seat.person_id IN (m.enterprise_person_id, m.institute_person_id)
                    AND seat.meeting_id <> f.id AND seat.starts_at < s.ends_at AND seat.ends_at > s.starts_at))
     RETURNING s.freed_id AS "freedId"`,
    [eventId],
  );
  return offerFreedSlots(manager, rows.map(({ freedId }) => freedId).sort(), now);
}

async function makeOffer(
  manager: EntityManager,
  freed: FreedRow,
  span: Interval,
  pair: WaitingPair,
  now: Date,
): Promise<string[]> {
  const [startsAt, endsAt] = [new Date(span.start), new Date(span.end)];
  const expiresAt = new Date(span.end - LEAST_MS);
  const [offer] = await manager.query<{ id: string }[]>(
    `INSERT INTO slot_offer (event_id, freed_id, meeting_id, starts_at, ends_at, expires_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [freed.eventId, freed.id, pair.id, startsAt, endsAt, expiresAt, now],
  );
  const sides = [
    [pair.enterprisePersonId, pair.enterpriseId, pair.institute],
    [pair.institutePersonId, pair.instituteId, pair.enterprise],
  ] as const;
  const mails: string[] = [];
  for (const [personId, organisationId, counterpart] of sides) {
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
      organisationId,
      payload: {
        state: 'slot-offered',
        event: freed.event,
        counterpart,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        place: freed.table,
        answerBy: expiresAt.toISOString(),
        link: `/events/${freed.eventId}/schedule`,
      },
    });
    if (mail !== null) mails.push(mail);
  }
  return mails;
}
