import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { MeetingGuestView, MeetingTopic } from '#libs/contracts/meetings/meetings.js';
import type { MeetingFacts } from '#libs/domain/access/meeting-access.js';
import { MEETING_ALSO } from '#libs/persistence/meetings/meeting-matches.js';
import { MEETING_GUESTS } from '#libs/persistence/meetings/meeting-people.js';

export interface EventHead {
  id: string;
  title: string;
  titleEn: string | null;
  state: string;
  venue: string | null;
  address: string | null;
  startsAt: string;
  endsAt: string;
}

type EventHeadRow = Omit<EventHead, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date };

/** What pages about meetings say of their event. */
export async function loadEventHead(manager: EntityManager, eventId: string): Promise<EventHead> {
  const [row] = await manager.query<EventHeadRow[]>(
    `SELECT e.id, e.title, e.title_en AS "titleEn", e.state, v.name AS venue, v.address, e.starts_at AS "startsAt",
            e.ends_at AS "endsAt"
     FROM event e LEFT JOIN venue v ON v.id = e.venue_id WHERE e.id = $1`,
    [eventId],
  );
  if (row === undefined) throw new AppError('record.not-found', { what: '活动' });
  return { ...row, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() };
}

export interface MeetingRow extends MeetingFacts {
  id: string;
  eventId: string;
  status: 'requested' | 'scheduled' | 'cancelled' | 'held' | 'no_show';
  enterprise: string;
  institute: string;
  enterprisePerson: string;
  enterpriseEmail: string;
  enterprisePhone: string | null;
  institutePerson: string;
  instituteEmail: string;
  institutePhone: string | null;
  needId: string | null;
  need: string | null;
  capabilityId: string | null;
  capability: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  table: string | null;
  room: string | null;
  cancelReason: string | null;
  guests: MeetingGuestView[];
  also: MeetingTopic[];
}

export const MEETING_ROWS = `
  SELECT m.id, m.event_id AS "eventId", m.status, m.enterprise_id AS "enterpriseId", m.institute_id AS "instituteId",
         m.enterprise_person_id AS "enterprisePersonId", m.institute_person_id AS "institutePersonId",
         x.mutual_at IS NOT NULL OR EXISTS (SELECT FROM meeting_match also JOIN match ax ON ax.id = also.match_id
           WHERE also.meeting_id = m.id AND ax.mutual_at IS NOT NULL) AS mutual, e.name AS enterprise, i.name AS institute,
         ep.name AS "enterprisePerson", ep.email AS "enterpriseEmail", ep.phone AS "enterprisePhone",
         ip.name AS "institutePerson", ip.email AS "instituteEmail", ip.phone AS "institutePhone",
         n.id AS "needId", n.title AS need, c.id AS "capabilityId", c.title AS capability,
         m.starts_at AS "startsAt", m.ends_at AS "endsAt", t.label AS "table", r.name AS room,
         m.cancel_reason AS "cancelReason", ${MEETING_GUESTS} AS guests, ${MEETING_ALSO} AS also
  FROM meeting m
  JOIN organisation e ON e.id = m.enterprise_id JOIN organisation i ON i.id = m.institute_id
  JOIN person ep ON ep.id = m.enterprise_person_id JOIN person ip ON ip.id = m.institute_person_id
  LEFT JOIN match x ON x.id = m.match_id LEFT JOIN need n ON n.id = m.need_id
  LEFT JOIN capability c ON c.id = m.capability_id
  LEFT JOIN meeting_table t ON t.id = m.table_id LEFT JOIN room r ON r.id = t.room_id`;
