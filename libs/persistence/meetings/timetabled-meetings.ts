import type { EntityManager } from 'typeorm';
import type { EventGrid } from './event-grid.js';
import type { MeetingMember } from './load-limits.js';

/** A meeting with all it asks of a timetable. */
export interface TimetabledMeeting {
  readonly id: string;
  readonly status: 'requested' | 'scheduled' | 'held' | 'no_show';
  readonly enterpriseId: string;
  readonly instituteId: string;
  readonly members: readonly MeetingMember[];
  readonly locked: boolean;
  readonly length: number;
  readonly features: readonly string[];
  readonly wish: 'must' | 'like';
  readonly score: number | null;
  /** As published. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly tableId: string | null;
  readonly draftStartsAt: Date | null;
  readonly draftTableId: string | null;
  /** Held, or begun: stays where it was published. */
  readonly settled: boolean;
}

const MEETINGS = `
  SELECT m.id, m.status, m.enterprise_id AS "enterpriseId", m.institute_id AS "instituteId", m.locked, m.length,
         m.features, m.wish, x.score, m.starts_at AS "startsAt", m.ends_at AS "endsAt", m.table_id AS "tableId",
         p.starts_at AS "draftStartsAt", p.table_id AS "draftTableId",
         m.status IN ('held', 'no_show') OR m.status = 'scheduled' AND coalesce(m.starts_at <= $2::timestamptz, false)
           AS settled,
         jsonb_build_array(
           jsonb_build_object('personId', m.enterprise_person_id, 'organisationId', e.id, 'organisationKind', e.kind),
           jsonb_build_object('personId', m.institute_person_id, 'organisationId', i.id, 'organisationKind', i.kind)
         ) || coalesce((SELECT jsonb_agg(jsonb_build_object('personId', g.person_id, 'organisationId', o.id,
             'organisationKind', o.kind) ORDER BY g.person_id)
           FROM meeting_guest g JOIN organisation o ON o.id = g.organisation_id WHERE g.meeting_id = m.id), '[]')
           AS members
  FROM meeting m JOIN organisation e ON e.id = m.enterprise_id JOIN organisation i ON i.id = m.institute_id
  LEFT JOIN match x ON x.id = m.match_id
  LEFT JOIN placement p ON p.meeting_id = m.id AND p.timetable_id =
    (SELECT id FROM timetable WHERE event_id = $1 AND status = 'draft' ORDER BY version_no DESC LIMIT 1)
  WHERE m.event_id = $1 AND m.status <> 'cancelled' ORDER BY m.id`;

/** Every meeting of an event that is not cancelled, with where it is published and where the current draft has it. */
export function loadTimetabledMeetings(
  manager: EntityManager,
  grid: EventGrid,
): Promise<TimetabledMeeting[]> {
  return manager.query<TimetabledMeeting[]>(MEETINGS, [grid.eventId, grid.settledBefore]);
}
