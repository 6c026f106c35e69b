import type { EntityManager } from 'typeorm';
import type {
  EventBrief,
  FormQuestionView,
  RegistrationRow,
} from '#libs/contracts/registrations/registration.js';
import { expiryReason } from '#libs/domain/registration/expiry-reason.js';
import type { RegistrationStatus } from '#libs/persistence/entities/registration.entity.js';

/** SQL of an event brief: needs `event e` and `LEFT JOIN venue v`. */
export const EVENT_BRIEF = `jsonb_build_object('id', e.id, 'title', e.title, 'titleEn', e.title_en, 'state', e.state,
  'startsAt', e.starts_at, 'endsAt', e.ends_at, 'venue', v.name, 'address', v.address)`;

/** SQL of a place in the waiting list from 1; null when `registration r` does not wait. */
export const POSITION = `CASE WHEN r.status = 'waitlisted' THEN (
  SELECT count(*)::int FROM registration w WHERE w.event_id = r.event_id AND w.status = 'waitlisted'
    AND (w.waiting_since, w.id) <= (r.waiting_since, r.id)) END`;

export interface RegistrationRecord {
  readonly id: string;
  readonly eventId: string;
  readonly personId: string;
  readonly personName: string;
  readonly status: RegistrationStatus;
  readonly groupSize: number;
  readonly organisation: string | null;
  readonly position: number | null;
  readonly waitingSince: Date | null;
  readonly offeredAt: Date | null;
  readonly offerExpiresAt: Date | null;
  readonly offerTokenHash: string | null;
  readonly note: string | null;
  readonly answers: Record<string, string>;
  readonly ticketCode: string;
  readonly createdAt: Date;
  readonly checkedInAt: Date | null;
  readonly event: EventBrief;
  readonly questions: FormQuestionView[];
  readonly onlineUrl: string | null;
  readonly registrationClosesAt: Date | null;
}

const SELECT = `
  SELECT r.id, r.event_id AS "eventId", r.person_id AS "personId", p.name AS "personName", r.status,
         r.group_size AS "groupSize", o.name AS organisation, ${POSITION} AS position,
         r.waiting_since AS "waitingSince", r.offered_at AS "offeredAt", r.offer_expires_at AS "offerExpiresAt", r.offer_token_hash AS "offerTokenHash", r.note, r.answers,
         r.ticket_code AS "ticketCode", r.created_at AS "createdAt", c.at AS "checkedInAt", ${EVENT_BRIEF} AS event,
         e.questions, e.online_url AS "onlineUrl", e.registration_closes_at AS "registrationClosesAt"
  FROM registration r JOIN event e ON e.id = r.event_id JOIN person p ON p.id = r.person_id
  LEFT JOIN venue v ON v.id = e.venue_id LEFT JOIN organisation o ON o.id = r.organisation_id
  LEFT JOIN check_in c ON c.registration_id = r.id`;

export async function findRegistration(
  manager: EntityManager,
  id: string,
): Promise<RegistrationRecord | null> {
  const rows: RegistrationRecord[] = await manager.query(`${SELECT} WHERE r.id = $1`, [id]);
  return rows[0] === undefined ? null : withInstants(rows[0]);
}

/** One person's registrations for events that are not over (soonest first), or that are (latest first). */
export async function listOwnRegistrations(
  manager: EntityManager,
  personId: string,
  options: {
    readonly when: 'upcoming' | 'past';
    readonly now: Date;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ rows: RegistrationRecord[]; total: number }> {
  const upcoming = options.when === 'upcoming';
  const where = `r.person_id = $1 AND e.ends_at ${upcoming ? '>=' : '<'} $2`;
  const rows: RegistrationRecord[] = await manager.query(
    `${SELECT} WHERE ${where} ORDER BY e.starts_at ${upcoming ? 'ASC' : 'DESC'}, r.id DESC LIMIT $3 OFFSET $4`,
    [personId, options.now, options.limit, options.offset],
  );
  const counted: { total: number }[] = await manager.query(
    `SELECT count(*)::int AS total FROM registration r JOIN event e ON e.id = r.event_id WHERE ${where}`,
    [personId, options.now],
  );
  return { rows: rows.map(withInstants), total: counted[0]!.total };
}

/** jsonb carries instants as PostgreSQL writes them; contracts want ISO 8601 in UTC. */
export function isoEvent(event: EventBrief): EventBrief {
  return {
    ...event,
    startsAt: new Date(event.startsAt).toISOString(),
    endsAt: new Date(event.endsAt).toISOString(),
  };
}

const withInstants = (row: RegistrationRecord): RegistrationRecord => ({
  ...row,
  event: isoEvent(row.event),
});

export function registrationRowOf(row: RegistrationRecord): RegistrationRow {
  return {
    id: row.id,
    status: row.status,
    groupSize: row.groupSize,
    organisation: row.organisation,
    position: row.position,
    offerExpiresAt: row.status === 'offered' ? (row.offerExpiresAt?.toISOString() ?? null) : null,
    expiredBecause: expiryReason(row),
    note: row.note,
    createdAt: row.createdAt.toISOString(),
    checkedInAt: row.checkedInAt?.toISOString() ?? null,
    event: row.event,
  };
}
