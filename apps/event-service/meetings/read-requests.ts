import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { MeetingPartners, MyRequests, SlotOfferView } from '#libs/contracts/meetings/requests.js';
import { loadGrid } from '#libs/persistence/meetings/event-grid.js';
import { unavailableTimes } from '#libs/persistence/meetings/unavailable-times.js';
import { firstFull, readMaxima, toFullLimit, type Maximum } from './full-limits.js';
import { loadEventHead } from './meeting-rows.js';
import { REQUEST_ROWS, sidesOf, type RequestRow } from './request-rows.js';

const CLOSED: readonly string[] = ['held', 'archived', 'cancelled'];

/** A person's requests at an event, theirs to answer first. */
export async function readRequests(
  manager: EntityManager,
  eventId: string,
  personId: string,
  now: Date,
): Promise<MyRequests> {
  const [grid, head] = [await loadGrid(manager, eventId, now), await loadEventHead(manager, eventId)];
  const registered = await isRegistered(manager, eventId, personId);
  if (grid === null || (!registered && head.state === 'draft'))
    throw new AppError('record.not-found', { what: '活动' });
  const rows = await manager.query<RequestRow[]>(
    `${REQUEST_ROWS} WHERE q.event_id = $1 AND $2 IN (q.from_person_id, q.to_person_id)
     ORDER BY q.status = 'open' DESC, q.updated_at DESC, q.id`,
    [eventId, personId],
  );
  const busy = await busySpans(manager, eventId, personId);
  const open = rows.filter((row) => row.status === 'open');
  const maxima = open.length === 0 ? [] : await readMaxima(manager, eventId, open.flatMap(sidesOf));
  return {
    event: head,
    mayAsk: registered && !CLOSED.includes(head.state) && grid.open.length > 0,
    slots: grid.open.map(({ start, end }) => ({
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(end).toISOString(),
      free: !busy.some((span) => span.start < end && start < span.end),
    })),
    requests: rows.map((row) => toView(row, personId, maxima, now)),
    offers: await readOffers(manager, eventId, personId, now),
  };
}

function toView(
  row: RequestRow,
  personId: string,
  maxima: readonly Maximum[],
  now: Date,
): MyRequests['requests'][number] {
  const mine = row.fromPersonId === personId;
  // What time has ended is shown so before the sweep has passed.
  const status = row.status === 'open' && row.answerBy <= now ? 'expired' : row.status;
  const full = status === 'open' ? firstFull(maxima, sidesOf(row)) : null;
  // Organizers may have given the meeting another time than was asked for.
  const [startsAt, endsAt] =
    row.meetingId === null ? [row.startsAt, row.endsAt] : [row.meetingStartsAt, row.meetingEndsAt];
  return {
    id: row.id,
    status,
    mine,
    myTurn: status === 'open' && (row.lastWordBy === 'from') !== mine,
    organisation: mine ? row.toOrganisation : row.fromOrganisation,
    person: mine ? row.toPerson : row.fromPerson,
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    message: row.message,
    reason: row.reason,
    answerBy: row.answerBy.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    meetingId: row.meetingId,
    byOrganizer: row.byOrganizer,
    full: full === null ? null : toFullLimit(full),
  };
}

async function isRegistered(manager: EntityManager, eventId: string, personId: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `SELECT 1 FROM registration WHERE event_id = $1 AND person_id = $2 AND status = 'confirmed'
     AND organisation_id IS NOT NULL`,
    [eventId, personId],
  );
  return rows.length > 0;
}

async function busySpans(
  manager: EntityManager,
  eventId: string,
  personId: string,
): Promise<{ start: number; end: number }[]> {
  const seats = await manager.query<{ startsAt: Date; endsAt: Date }[]>(
    'SELECT starts_at AS "startsAt", ends_at AS "endsAt" FROM meeting_seat WHERE person_id = $1',
    [personId],
  );
  const away = await unavailableTimes(manager, eventId, [personId]);
  return [
    ...seats.map(({ startsAt, endsAt }) => ({ start: startsAt.getTime(), end: endsAt.getTime() })),
    ...(away.get(personId) ?? []),
  ];
}

async function readOffers(
  manager: EntityManager,
  eventId: string,
  personId: string,
  now: Date,
): Promise<SlotOfferView[]> {
  const rows = await manager.query<
    (Omit<SlotOfferView, 'startsAt' | 'endsAt' | 'expiresAt'> &
      Record<'startsAt' | 'endsAt' | 'expiresAt', Date>)[]
  >(
    `SELECT s.id, s.meeting_id AS "meetingId", CASE WHEN s.status = 'open' AND s.expires_at <= $3 THEN 'expired'
              ELSE s.status END AS status, t.label AS "table", s.starts_at AS "startsAt", s.ends_at AS "endsAt",
            s.expires_at AS "expiresAt",
            CASE WHEN x.is_enterprise THEN io.name ELSE eo.name END AS organisation,
            CASE WHEN x.is_enterprise THEN ip.name ELSE ep.name END AS person,
            CASE WHEN x.is_enterprise THEN s.enterprise_accepted ELSE s.institute_accepted END AS "iAccepted",
            CASE WHEN x.is_enterprise THEN s.institute_accepted ELSE s.enterprise_accepted END AS "otherAccepted"
     FROM slot_offer s JOIN meeting m ON m.id = s.meeting_id JOIN meeting f ON f.id = s.freed_id
     JOIN meeting_table t ON t.id = f.table_id
     JOIN organisation eo ON eo.id = m.enterprise_id JOIN organisation io ON io.id = m.institute_id
     JOIN person ep ON ep.id = m.enterprise_person_id JOIN person ip ON ip.id = m.institute_person_id
     CROSS JOIN LATERAL (SELECT m.enterprise_person_id = $2 AS is_enterprise) x
     WHERE s.event_id = $1 AND $2 IN (m.enterprise_person_id, m.institute_person_id)
       AND s.status IN ('open', 'taken') ORDER BY s.created_at DESC, s.id`,
    [eventId, personId, now],
  );
  return rows.map((row) => ({
    ...row,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

type Partner = MeetingPartners['rows'][number];

/** People of organisations other than one's own at an event, with what there is between them and the asker. */
const PARTNERS = `
  SELECT o.id AS "organisationId", o.name AS organisation, o.kind, p.id AS "personId", p.name,
         CASE WHEN EXISTS (SELECT FROM meeting m WHERE m.event_id = $1 AND m.status <> 'cancelled'
                AND $2 IN (m.enterprise_person_id, m.institute_person_id)
                AND p.id IN (m.enterprise_person_id, m.institute_person_id)) THEN 'meeting'
              WHEN EXISTS (SELECT FROM meeting_request q WHERE q.event_id = $1 AND q.status = 'open'
                AND $2 IN (q.from_person_id, q.to_person_id) AND p.id IN (q.from_person_id, q.to_person_id))
              THEN 'asked' ELSE 'none' END AS state
  FROM (SELECT o.* FROM organisation o
    WHERE EXISTS (SELECT FROM registration r WHERE r.event_id = $1 AND r.status = 'confirmed' AND r.organisation_id = o.id)
      AND NOT EXISTS (SELECT FROM registration r WHERE r.event_id = $1 AND r.status = 'confirmed'
        AND r.organisation_id = o.id AND r.person_id = $2)
      AND (strpos(lower(o.name), lower($3)) > 0 OR EXISTS (SELECT FROM registration r JOIN person p ON p.id = r.person_id
        WHERE r.event_id = $1 AND r.status = 'confirmed' AND r.organisation_id = o.id
          AND strpos(lower(p.name), lower($3)) > 0))
    ORDER BY o.name, o.id LIMIT 50) o
  JOIN registration r ON r.event_id = $1 AND r.status = 'confirmed' AND r.organisation_id = o.id
  JOIN person p ON p.id = r.person_id
  ORDER BY o.name, o.id, r.created_at, r.id`;

/** Organisations other than one's own that are at an event, with who is there for them. */
export async function readPartners(
  manager: EntityManager,
  eventId: string,
  personId: string,
  q: string,
): Promise<MeetingPartners> {
  if (!(await isRegistered(manager, eventId, personId))) throw new AppError('request.not-registered');
  const people = await manager.query<
    (Omit<Partner, 'people'> & { personId: string; name: string; state: Partner['state'] })[]
  >(PARTNERS, [eventId, personId, q]);
  const rows = new Map<string, Partner>();
  for (const { organisationId, organisation, kind, ...person } of people) {
    const known = rows.get(organisationId) ?? {
      organisationId,
      organisation,
      kind,
      state: 'none',
      people: [],
    };
    // A meeting says more than a request, and either more than none.
    if (person.state === 'meeting' || known.state === 'none') known.state = person.state;
    known.people.push(person);
    rows.set(organisationId, known);
  }
  return { rows: [...rows.values()] };
}
