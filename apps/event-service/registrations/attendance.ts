import type { EntityManager } from 'typeorm';
import type { Attendance, AttendeeRow, CheckInQuery } from '#libs/contracts/registrations/check-in.js';
import { likePattern } from './participants.js';

export async function countAttendance(manager: EntityManager, eventId: string): Promise<Attendance> {
  const rows: Omit<Attendance, 'noShows'>[] = await manager.query(
    `SELECT coalesce(sum(r.group_size), 0)::int AS "confirmedHeads",
            coalesce(sum(c.head_count), 0)::int AS "checkedInHeads",
            count(*)::int AS "confirmedRegistrations", count(c.id)::int AS "checkedInRegistrations"
     FROM registration r LEFT JOIN check_in c ON c.registration_id = r.id
     WHERE r.event_id = $1 AND r.status = 'confirmed'`,
    [eventId],
  );
  const counted = rows[0]!;
  return { ...counted, noShows: counted.confirmedRegistrations - counted.checkedInRegistrations };
}

export interface AttendeeFilter {
  readonly eventId: string;
  readonly state: CheckInQuery['state'];
  readonly q: string | undefined;
}

const FROM = `registration r JOIN person p ON p.id = r.person_id
  LEFT JOIN organisation o ON o.id = r.organisation_id LEFT JOIN check_in c ON c.registration_id = r.id`;
const FILTER = `r.event_id = $1 AND r.status = 'confirmed'
  AND ($2::text = 'all' OR (c.id IS NOT NULL) = ($2 = 'present'))
  AND ($3::text IS NULL OR concat_ws(' ', p.name, p.phone, p.email, o.name, r.ticket_code) ILIKE $3)`;

const values = (filter: AttendeeFilter) => [filter.eventId, filter.state, likePattern(filter.q)];

/** Confirmed registrations by name. */
export async function listAttendees(
  manager: EntityManager,
  filter: AttendeeFilter,
  window: { readonly limit: number | null; readonly offset: number },
): Promise<AttendeeRow[]> {
  const rows: (Omit<AttendeeRow, 'checkedInAt'> & { checkedInAt: Date | null })[] = await manager.query(
    `SELECT r.id AS "registrationId", p.name, p.phone, o.name AS organisation, r.group_size AS "groupSize",
            r.ticket_code AS "ticketCode", c.head_count AS "headCount", c.at AS "checkedInAt"
     FROM ${FROM} WHERE ${FILTER} ORDER BY p.name, r.id LIMIT $4 OFFSET $5`,
    [...values(filter), window.limit, window.offset],
  );
  return rows.map((row) => ({ ...row, checkedInAt: row.checkedInAt?.toISOString() ?? null }));
}

export async function countAttendees(manager: EntityManager, filter: AttendeeFilter): Promise<number> {
  const rows: { total: number }[] = await manager.query(
    `SELECT count(*)::int AS total FROM ${FROM} WHERE ${FILTER}`,
    values(filter),
  );
  return rows[0]!.total;
}
