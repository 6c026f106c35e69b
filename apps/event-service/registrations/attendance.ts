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

/** By pinyin, as people look names up; not every database has a collation for that. */
const names = new Intl.Collator('zh-CN');

/** Confirmed registrations by name, and how many there are beyond the window. */
export async function listAttendees(
  manager: EntityManager,
  filter: AttendeeFilter,
  window: { readonly limit: number; readonly offset: number },
): Promise<{ rows: AttendeeRow[]; total: number }> {
  const all = await manager.query<{ id: string; name: string }[]>(
    `SELECT r.id, p.name FROM ${FROM} WHERE ${FILTER} ORDER BY r.id`,
    [filter.eventId, filter.state, likePattern(filter.q)],
  );
  const ids = all
    .sort((a, b) => names.compare(a.name, b.name))
    .slice(window.offset, window.offset + window.limit)
    .map((row) => row.id);
  const rows = await manager.query<(Omit<AttendeeRow, 'checkedInAt'> & { checkedInAt: Date | null })[]>(
    `SELECT r.id AS "registrationId", p.name, p.phone, o.name AS organisation, r.group_size AS "groupSize",
            r.ticket_code AS "ticketCode", c.head_count AS "headCount", c.at AS "checkedInAt"
     FROM ${FROM} WHERE r.id = ANY($1) ORDER BY array_position($1, r.id)`,
    [ids],
  );
  return {
    rows: rows.map((row) => ({ ...row, checkedInAt: row.checkedInAt?.toISOString() ?? null })),
    total: all.length,
  };
}
