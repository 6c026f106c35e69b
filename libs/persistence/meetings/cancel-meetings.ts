import type { EntityManager } from 'typeorm';
import { writeAudit } from '../audit/write-audit.js';
import { syncMeetingInvitations } from '../notifications/sync-invitations.js';

interface Cancellation {
  /** Who cancels; null = the platform itself. */
  readonly actorId: string | null;
  readonly reason: string;
}

/**
 * Cancels those of the meetings that are still to take place: seats and tables are free at once, drafts forget them,
 * and both sides' calendars are told. Returns ids for `JobQueue.wake('send-notification', ids)` after the commit.
 */
export async function cancelMeetings(
  manager: EntityManager,
  meetingIds: readonly string[],
  { actorId, reason }: Cancellation,
  now: Date,
): Promise<string[]> {
  const [rows] = await manager.query<[{ id: string }[], number]>(
    `UPDATE meeting SET status = 'cancelled', cancel_reason = $2, locked = false, updated_at = $3
     WHERE id = ANY($1) AND status IN ('requested', 'scheduled') RETURNING id`,
    [meetingIds, reason, now],
  );
  const ids = rows.map((row) => row.id).sort();
  if (ids.length === 0) return [];
  await manager.query('DELETE FROM meeting_seat WHERE meeting_id = ANY($1)', [ids]);
  await removeDraftPlaces(manager, ids);
  for (const id of ids) {
    await writeAudit(manager, {
      actorId,
      action: 'cancel-meeting',
      subjectKind: 'meeting',
      subjectId: id,
      detail: { reason },
    });
  }
  return syncMeetingInvitations(manager, ids, now);
}

/**
 * Cancels what a person who no longer comes to an event would have met there; for whoever ends a registration, in the
 * same transaction. `actorId` is who ended it. Returns ids to wake, like `cancelMeetings`, and the meetings.
 */
export async function cancelMeetingsOf(
  manager: EntityManager,
  eventId: string,
  personId: string,
  now: Date,
  actorId: string | null = null,
): Promise<{ wake: string[]; freedIds: string[] }> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM meeting WHERE event_id = $1 AND $2 IN (enterprise_person_id, institute_person_id)
     AND status IN ('requested', 'scheduled') ORDER BY starts_at, id`,
    [eventId, personId],
  );
  const ids = rows.map((row) => row.id);
  const told = await leaveAsGuest(manager, eventId, personId, now);
  const cancelled = await cancelMeetings(
    manager,
    ids,
    { actorId, reason: '一方已取消报名 / A participant cancelled the registration' },
    now,
  );
  return { wake: [...told, ...cancelled], freedIds: ids };
}

/** A guest who no longer comes is missed by nobody: the meetings take place without. */
export async function leaveAsGuest(
  manager: EntityManager,
  eventId: string,
  personId: string,
  now: Date,
): Promise<string[]> {
  const [rows] = await manager.query<[{ id: string }[], number]>(
    `DELETE FROM meeting_guest g USING meeting m WHERE m.id = g.meeting_id AND m.event_id = $1 AND g.person_id = $2
       AND m.status IN ('requested', 'scheduled') RETURNING m.id`,
    [eventId, personId],
  );
  const ids = rows.map((row) => row.id).sort();
  for (const table of ['meeting_seat', 'placement_seat']) {
    await manager.query(`DELETE FROM ${table} WHERE meeting_id = ANY($1) AND person_id = $2`, [
      ids,
      personId,
    ]);
  }
  return syncMeetingInvitations(manager, ids, now);
}

/** Takes meetings out of the drafts of timetables; what was published or superseded stays as it was. */
export async function removeDraftPlaces(
  manager: EntityManager,
  meetingIds: readonly string[],
): Promise<void> {
  for (const table of ['placement_seat', 'placement']) {
    await manager.query(
      `DELETE FROM ${table} WHERE meeting_id = ANY($1)
       AND timetable_id IN (SELECT id FROM timetable WHERE status = 'draft')`,
      [meetingIds],
    );
  }
}
