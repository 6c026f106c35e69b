import type { EntityManager } from 'typeorm';
import type { AssignmentSummary } from '#libs/contracts/meetings/assignments.js';

interface SummaryRow extends Omit<AssignmentSummary, 'createdAt' | 'computedAt' | 'accepted'> {
  createdAt: Date;
  computedAt: Date | null;
  acceptedAt: Date | null;
  meetings: number;
  removable: number;
}

/** SQL: the live meeting of the two people of pair `p` at event `a.event_id`. */
export const MEETING_OF_PAIR = `
  LEFT JOIN LATERAL (
    SELECT m.id FROM meeting m WHERE m.event_id = a.event_id AND m.status <> 'cancelled'
      AND p.enterprise_person_id IN (m.enterprise_person_id, m.institute_person_id)
      AND p.institute_person_id IN (m.enterprise_person_id, m.institute_person_id)
    ORDER BY m.id LIMIT 1
  ) met ON true`;

/** SQL: meeting `m` was only asked for; nobody has it in a calendar. */
export const REMOVABLE = `m.status = 'requested' AND NOT EXISTS (SELECT FROM calendar_object WHERE meeting_id = m.id)`;

const SUMMARY = `
  SELECT a.id, a.status, a.stage, a.settings, a.figures, a.short, a.short_groups AS "shortGroups", a.error, a.created_at AS "createdAt",
         a.computed_at AS "computedAt", last.at AS "acceptedAt", last.meetings, last.removable,
         (SELECT count(*) FROM assignment_pair p ${MEETING_OF_PAIR}
          WHERE p.assignment_id = a.id AND p.reason = 'chosen' AND met.id IS NULL)::int AS open
  FROM assignment a
  LEFT JOIN LATERAL (
    SELECT p.accepted_at AS at, count(m.id)::int AS meetings,
           count(m.id) FILTER (WHERE ${REMOVABLE})::int AS removable
    FROM assignment_pair p LEFT JOIN meeting m ON m.id = p.meeting_id AND m.status <> 'cancelled'
    WHERE p.assignment_id = a.id AND p.accepted_at IS NOT NULL
    GROUP BY p.accepted_at ORDER BY p.accepted_at DESC LIMIT 1
  ) last ON true`;

/** The newest proposal of an event; null when none was asked for. */
export async function loadLatestAssignment(
  manager: EntityManager,
  eventId: string,
): Promise<AssignmentSummary | null> {
  const [row] = await manager.query<SummaryRow[]>(
    `${SUMMARY} WHERE a.event_id = $1 ORDER BY a.created_at DESC, a.id DESC LIMIT 1`,
    [eventId],
  );
  if (row === undefined) return null;
  const { createdAt, computedAt, acceptedAt, meetings, removable, ...rest } = row;
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    computedAt: computedAt?.toISOString() ?? null,
    accepted: acceptedAt === null ? null : { at: acceptedAt.toISOString(), meetings, removable },
  };
}
