import type { EntityManager } from 'typeorm';

/**
 * Open requests of people whom organizers bring together anyway are answered by their meetings. Nobody is written to: the
 * invitation tells both when the meeting has its time. The event's row is locked.
 */
export async function closeRequests(
  manager: EntityManager,
  meetingIds: readonly string[],
  now: Date,
): Promise<void> {
  await manager.query(
    `UPDATE meeting_request q SET status = 'accepted', meeting_id = m.id, by_organizer = true, answered_at = $2, updated_at = $2
     FROM meeting m WHERE m.id = ANY($1) AND q.event_id = m.event_id AND q.status = 'open'
       AND q.from_person_id IN (m.enterprise_person_id, m.institute_person_id)
       AND q.to_person_id IN (m.enterprise_person_id, m.institute_person_id)`,
    [meetingIds, now],
  );
}

/**
 * Requests that `closeRequests` closed wait for their answer again, before their meetings are removed; those that two
 * people accepted stay. What is out of time by now expires with the next sweep, which tells both sides.
 */
export async function reopenRequests(
  manager: EntityManager,
  meetingIds: readonly string[],
  now: Date,
): Promise<void> {
  await manager.query(
    `UPDATE meeting_request q SET status = 'open', meeting_id = NULL, by_organizer = false, answered_at = NULL, updated_at = $2
     WHERE q.meeting_id = ANY($1) AND q.status = 'accepted' AND q.by_organizer`,
    [meetingIds, now],
  );
}
