import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { AcceptReport, UndoReport } from '#libs/contracts/meetings/assignments.js';
import { removeDraftPlaces } from '#libs/persistence/meetings/cancel-meetings.js';
import { MEETING_OF_PAIR, REMOVABLE } from './assignment-summaries.js';
import { joinInterests } from './interests.js';
import { closeRequests, reopenRequests } from './settle-requests.js';

/** SQL: both people of pair `p` are still at the event for their organisations, and nothing speaks against it now. */
const STILL = `
  2 = (SELECT count(*) FROM registration r WHERE r.event_id = a.event_id AND r.status = 'confirmed'
       AND (r.person_id, r.organisation_id) IN
         ((p.enterprise_person_id, p.enterprise_id), (p.institute_person_id, p.institute_id)))
  AND NOT EXISTS (SELECT FROM match_block b WHERE b.ended_at IS NULL
    AND b.organisation_id IN (p.enterprise_id, p.institute_id)
    AND b.blocked_organisation_id IN (p.enterprise_id, p.institute_id))
  AND NOT EXISTS (SELECT FROM match x WHERE x.id = p.match_id
    AND (x.exclusion IS NOT NULL OR 'declined' IN (x.need_answer, x.capability_answer)))`;

const WANTED = `
  SELECT p.id, met.id IS NOT NULL AS met, (${STILL}) AS still
  FROM assignment_pair p JOIN assignment a ON a.id = p.assignment_id ${MEETING_OF_PAIR}
  WHERE p.assignment_id = $1 AND CASE WHEN $2::uuid[] IS NULL THEN p.reason = 'chosen'
    ELSE p.id = ANY($2) AND p.reason NOT IN ('blocked', 'no-thanks') END
  ORDER BY p.worth DESC, p.enterprise_person_id, p.institute_person_id`;

/**
 * Writes meetings of pairs of a proposal, null = of all that are proposed; the event's row is locked. Pairs that have a
 * meeting get no second one; requests that are open between them are answered by it.
 */
export async function acceptPairs(
  manager: EntityManager,
  assignmentId: string,
  pairIds: readonly string[] | null,
  now: Date,
): Promise<AcceptReport> {
  const wanted = await manager.query<{ id: string; met: boolean; still: boolean }[]>(WANTED, [
    assignmentId,
    pairIds,
  ]);
  const ids = wanted.filter(({ met, still }) => !met && still).map(({ id }) => id);
  const columns = 'match_id, need_id, capability_id, enterprise_id, institute_id, enterprise_person_id';
  const [written] = await manager.query<[{ meetingId: string; eventId: string }[], number]>(
    `WITH written AS (
       INSERT INTO meeting (event_id, ${columns}, institute_person_id, created_at, updated_at)
       SELECT a.event_id, p.${columns.replaceAll(', ', ', p.')}, p.institute_person_id, $3, $3
       FROM assignment_pair p JOIN assignment a ON a.id = p.assignment_id
       WHERE p.assignment_id = $1 AND p.id = ANY($2)
       ON CONFLICT (event_id, match_id) WHERE status <> 'cancelled' DO NOTHING
       RETURNING id, event_id, enterprise_person_id, institute_person_id
     )
     UPDATE assignment_pair p SET meeting_id = w.id, accepted_at = $3 FROM written w
     WHERE p.assignment_id = $1 AND p.enterprise_person_id = w.enterprise_person_id
       AND p.institute_person_id = w.institute_person_id RETURNING w.id AS "meetingId", w.event_id AS "eventId"`,
    [assignmentId, ids, now],
  );
  const meetingIds = written.map(({ meetingId }) => meetingId);
  await closeRequests(manager, meetingIds, now);
  for (const { eventId } of written.slice(0, 1)) await joinInterests(manager, eventId, null);
  const existing = wanted.filter(({ met }) => met).length;
  const asked = pairIds === null ? wanted.length : new Set(pairIds).size;
  return { created: written.length, existing, skipped: asked - existing - written.length };
}

/**
 * Takes back what was accepted last of a proposal: meetings that were only asked for are removed, those that somebody
 * has in the calendar stay. Requests that were answered by them are open again.
 */
export async function undoAcceptance(
  manager: EntityManager,
  assignmentId: string,
  now: Date,
): Promise<UndoReport> {
  const rows = await manager.query<{ id: string; removable: boolean }[]>(
    `SELECT m.id, ${REMOVABLE} AS removable FROM assignment_pair p JOIN meeting m ON m.id = p.meeting_id
     WHERE p.assignment_id = $1 AND m.status <> 'cancelled' AND p.accepted_at =
       (SELECT max(accepted_at) FROM assignment_pair WHERE assignment_id = $1)`,
    [assignmentId],
  );
  const ids = rows.filter(({ removable }) => removable).map(({ id }) => id);
  if (ids.length === 0) throw new AppError('assignment.nothing-to-undo');
  await removeDraftPlaces(manager, ids);
  await reopenRequests(manager, ids, now);
  await manager.query('UPDATE assignment_pair SET accepted_at = NULL WHERE meeting_id = ANY($1)', [ids]);
  await manager.query('DELETE FROM meeting WHERE id = ANY($1)', [ids]);
  return { removed: ids.length, kept: rows.length - ids.length };
}
