import type { EntityManager } from 'typeorm';
import type { ParticipantPage, ParticipantRow } from '#libs/contracts/registrations/organizer.js';
import type { EventBrief, FormQuestionView } from '#libs/contracts/registrations/registration.js';
import {
  REGISTRATION_STATUSES,
  type RegistrationStatus,
} from '#libs/persistence/entities/registration.entity.js';
import { EVENT_BRIEF, isoEvent } from './registration-rows.js';

export interface EventHead {
  readonly event: EventBrief;
  readonly questions: FormQuestionView[];
  readonly capacity: number;
  readonly seatsTaken: number;
}

export async function findEventHead(manager: EntityManager, eventId: string): Promise<EventHead | null> {
  const rows: EventHead[] = await manager.query(
    `SELECT ${EVENT_BRIEF} AS event, e.questions, e.capacity, e.seats_taken AS "seatsTaken"
     FROM event e LEFT JOIN venue v ON v.id = e.venue_id WHERE e.id = $1`,
    [eventId],
  );
  return rows[0] === undefined ? null : { ...rows[0], event: isoEvent(rows[0].event) };
}

export async function countStatuses(
  manager: EntityManager,
  eventId: string,
): Promise<ParticipantPage['counts']> {
  const rows: { status: RegistrationStatus; count: number }[] = await manager.query(
    'SELECT status, count(*)::int AS count FROM registration WHERE event_id = $1 GROUP BY status',
    [eventId],
  );
  const counts = new Map(rows.map((row) => [row.status, row.count]));
  return Object.fromEntries(
    REGISTRATION_STATUSES.map((status) => [status, counts.get(status) ?? 0]),
  ) as ParticipantPage['counts'];
}

export interface ParticipantFilter {
  readonly eventId: string;
  readonly statuses: readonly RegistrationStatus[];
  readonly q: string | undefined;
}

const FILTER = `r.event_id = $1 AND ($2::text[] = '{}' OR r.status = ANY($2))
  AND ($3::text IS NULL OR concat_ws(' ', p.name, p.email, p.phone, o.name, r.ticket_code) ILIKE $3)`;

const JOINS = `registration r JOIN person p ON p.id = r.person_id LEFT JOIN organisation o ON o.id = r.organisation_id`;

/** `%word%` for ILIKE, with its wildcards taken literally; null for no search. */
export const likePattern = (q: string | undefined): string | null =>
  q === undefined || q === '' ? null : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;

type Record = Omit<ParticipantRow, 'createdAt' | 'offerExpiresAt' | 'checkedInAt'> & {
  createdAt: Date;
  offerExpiresAt: Date | null;
  checkedInAt: Date | null;
};

/** The waiting list in its order, everybody else as they registered. */
export async function listParticipants(
  manager: EntityManager,
  filter: ParticipantFilter,
  window: { readonly limit: number | null; readonly offset: number },
): Promise<ParticipantRow[]> {
  const rows: Record[] = await manager.query(
    `WITH line AS (
       SELECT id, row_number() OVER (ORDER BY waiting_since, id)::int AS position FROM registration
       WHERE event_id = $1 AND status = 'waitlisted')
     SELECT r.id, r.person_id AS "personId", p.name, p.email, p.phone, o.name AS organisation, r.status,
            r.group_size AS "groupSize", r.answers, line.position, r.times_passed AS "timesPassed",
            CASE WHEN r.status = 'offered' THEN r.offer_expires_at END AS "offerExpiresAt", r.note,
            r.created_at AS "createdAt", c.at AS "checkedInAt"
     FROM ${JOINS} LEFT JOIN check_in c ON c.registration_id = r.id LEFT JOIN line ON line.id = r.id
     WHERE ${FILTER}
     ORDER BY CASE WHEN r.status = 'waitlisted' THEN r.waiting_since ELSE r.created_at END, r.id LIMIT $4 OFFSET $5`,
    [filter.eventId, filter.statuses, likePattern(filter.q), window.limit, window.offset],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    offerExpiresAt: row.offerExpiresAt?.toISOString() ?? null,
    checkedInAt: row.checkedInAt?.toISOString() ?? null,
  }));
}

export async function countParticipants(manager: EntityManager, filter: ParticipantFilter): Promise<number> {
  const rows: { total: number }[] = await manager.query(
    `SELECT count(*)::int AS total FROM ${JOINS} WHERE ${FILTER}`,
    [filter.eventId, filter.statuses, likePattern(filter.q)],
  );
  return rows[0]!.total;
}
