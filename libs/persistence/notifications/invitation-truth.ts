import type { EntityManager } from 'typeorm';
import {
  eventUid,
  type Attendee,
  type EventTruth,
  type MeetingTruth,
  type TicketTruth,
} from './wanted-invitations.js';

/** A person who is or was expected at an event; `ticket` is null when the place is gone. */
export interface EventGuest extends Attendee {
  readonly ticket: TicketTruth | null;
}

/** A person who sits in a meeting, or one who was told about it before somebody else took the seat. */
export interface MeetingGuest extends Attendee {
  readonly meetingId: string;
  readonly eventId: string;
  readonly status: string;
  readonly cancelReason: string | null;
  /** null when the meeting has no time, or this person no seat. */
  readonly meeting: MeetingTruth | null;
  readonly seated: boolean;
}

/**
 * Locks events against changes until the transaction ends, so that the time and place that invitations tell are those
 * that hold when it commits, and reads them.
 */
export async function lockEvents(
  manager: EntityManager,
  eventIds: readonly string[],
): Promise<Map<string, EventTruth>> {
  await manager.query('SELECT id FROM event WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [eventIds]);
  return readEvents(manager, eventIds);
}

/** Events as they are now, by their ids. */
export async function readEvents(
  manager: EntityManager,
  eventIds: readonly string[],
): Promise<Map<string, EventTruth>> {
  const rows: EventTruth[] = await manager.query(
    `SELECT e.id, e.state, e.title, e.title_en AS "titleEn", e.intro, e.starts_at AS "startsAt", e.ends_at AS "endsAt",
            e.online_url AS "onlineUrl", e.state_note AS "stateNote", v.name AS venue, v.address, o.name AS host
     FROM event e LEFT JOIN venue v ON v.id = e.venue_id LEFT JOIN organisation o ON o.id = e.host_id
     WHERE e.id = ANY($1)`,
    [eventIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Some people, or the next ones in the order of their ids. */
export type WhichGuests =
  { readonly personIds: readonly string[] } | { readonly after: string | null; readonly most: number };

/** People with a confirmed place at an event or with an invitation to it. */
export async function loadEventGuests(
  manager: EntityManager,
  eventId: string,
  which: WhichGuests,
): Promise<EventGuest[]> {
  const [people, after, most] =
    'personIds' in which ? [which.personIds, null, which.personIds.length] : [null, which.after, which.most];
  const next = '($3::uuid[] IS NULL OR person_id = ANY($3)) AND ($4::uuid IS NULL OR person_id > $4)';
  // Either half in the order of its index: of many guests each call reads only its own.
  return manager.query(
    `SELECT p.id AS "personId", p.email, p.name, p.locale,
            CASE WHEN r.id IS NOT NULL
                 THEN jsonb_build_object('groupSize', r.group_size, 'ticketCode', r.ticket_code) END AS ticket
     FROM ((SELECT person_id FROM registration WHERE event_id = $1 AND status = 'confirmed' AND ${next}
            ORDER BY person_id LIMIT $5)
           UNION (SELECT person_id FROM calendar_object WHERE uid = $2 AND ${next} ORDER BY person_id LIMIT $5)) guest
     JOIN person p ON p.id = guest.person_id
     LEFT JOIN registration r ON r.event_id = $1 AND r.person_id = p.id AND r.status = 'confirmed'
     ORDER BY p.id LIMIT $5`,
    [eventId, eventUid(eventId), people, after, most],
  );
}

interface MeetingGuestRow extends Omit<MeetingGuest, 'meeting'>, Omit<MeetingTruth, 'startsAt' | 'endsAt'> {
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** Both sides and the seated guests of meetings, and everybody who holds an invitation to one of them. */
export async function loadMeetingGuests(
  manager: EntityManager,
  meetingIds: readonly string[],
): Promise<MeetingGuest[]> {
  const rows: MeetingGuestRow[] = await manager.query(
    `SELECT m.id AS "meetingId", m.event_id AS "eventId", m.status, m.starts_at AS "startsAt", m.ends_at AS "endsAt",
            m.cancel_reason AS "cancelReason", p.id AS "personId", p.email, p.name, p.locale,
            p.id IN (m.enterprise_person_id, m.institute_person_id)
              OR EXISTS (SELECT FROM meeting_seat s WHERE s.meeting_id = m.id AND s.person_id = p.id) AS seated,
            concat_ws('、', CASE p.id WHEN m.enterprise_person_id THEN i.name WHEN m.institute_person_id THEN e.name
                                     ELSE e.name || '、' || i.name END, others.organisations) AS counterpart,
            concat_ws('、', CASE p.id WHEN m.enterprise_person_id THEN ip.name WHEN m.institute_person_id THEN ep.name
                                     ELSE ep.name || '、' || ip.name END, others.people) AS "counterpartPerson",
            room.name AS room, t.label AS "table"
     FROM (SELECT id, enterprise_person_id AS person_id FROM meeting WHERE id = ANY($1)
           UNION SELECT id, institute_person_id FROM meeting WHERE id = ANY($1)
           UNION SELECT meeting_id, person_id FROM meeting_seat WHERE meeting_id = ANY($1)
           UNION SELECT meeting_id, person_id FROM calendar_object WHERE meeting_id = ANY($1)) guest
     JOIN meeting m ON m.id = guest.id
     JOIN person p ON p.id = guest.person_id
     JOIN organisation e ON e.id = m.enterprise_id JOIN organisation i ON i.id = m.institute_id
     JOIN person ep ON ep.id = m.enterprise_person_id JOIN person ip ON ip.id = m.institute_person_id
     CROSS JOIN LATERAL (SELECT string_agg(DISTINCT go.name, '、') AS organisations,
         string_agg(gp.name, '、' ORDER BY gp.name, gp.id) AS people
       FROM meeting_guest g JOIN meeting_seat gs ON gs.meeting_id = g.meeting_id AND gs.person_id = g.person_id
       JOIN person gp ON gp.id = g.person_id JOIN organisation go ON go.id = g.organisation_id
       WHERE g.meeting_id = m.id AND g.person_id <> p.id) others
     LEFT JOIN meeting_table t ON t.id = m.table_id LEFT JOIN room ON room.id = t.room_id
     ORDER BY m.id, p.id`,
    [meetingIds],
  );
  return rows.map(({ startsAt, endsAt, counterpart, counterpartPerson, room, table, ...guest }) => ({
    ...guest,
    meeting:
      startsAt === null || endsAt === null || !guest.seated
        ? null
        : { startsAt, endsAt, counterpart, counterpartPerson, room, table },
  }));
}
