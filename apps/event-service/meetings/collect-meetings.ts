import type { EntityManager } from 'typeorm';
import type { CollectReport, SkipReason } from '#libs/contracts/meetings/meetings.js';
import {
  canBeMet,
  joinInterests,
  meetingsByPeople,
  peopleKey,
  readInterests,
  type InterestRow,
} from './interests.js';

/** Null = it becomes a meeting, or part of one. */
function skipReasonOf(row: InterestRow, met: ReadonlyMap<string, { over: boolean }>): SkipReason | null {
  if (row.wasCancelled) return 'cancelled-before';
  if (!row.open) return 'closed';
  if (row.enterprisePersonId === null) return 'enterprise-absent';
  if (row.institutePersonId === null) return 'institute-absent';
  if (!canBeMet(row)) return 'same-person';
  return met.get(peopleKey(row))?.over === true ? 'met-before' : null;
}

/**
 * Turns mutual interests into requested meetings of an event whose row is locked: one of every two people, for the best
 * of their interests, and the others go with it. Idempotent.
 */
export async function collectMeetings(
  manager: EntityManager,
  eventId: string,
  now: Date,
): Promise<CollectReport> {
  const rows = await readInterests(manager, eventId, null);
  const met = await meetingsByPeople(manager, eventId);
  const missing = rows.filter((row) => !row.hasMeeting);
  const firsts = new Map<string, InterestRow>();
  for (const row of missing.filter((candidate) => skipReasonOf(candidate, met) === null)) {
    const key = peopleKey(row);
    if (!met.has(key) && !firsts.has(key)) firsts.set(key, row);
  }
  await writeMeetings(manager, eventId, [...firsts.values()], now);
  const joined = await joinInterests(manager, eventId, null);
  return {
    created: firsts.size,
    joined,
    existing: rows.length - missing.length,
    skipped: missing.flatMap((row) => {
      const reason = skipReasonOf(row, met);
      const { matchId, need, enterprise, capability, institute } = row;
      return reason === null ? [] : [{ matchId, need, enterprise, capability, institute, reason }];
    }),
  };
}

async function writeMeetings(
  manager: EntityManager,
  eventId: string,
  rows: readonly InterestRow[],
  now: Date,
): Promise<void> {
  const meetings = rows.map((row) => ({
    event_id: eventId,
    match_id: row.matchId,
    need_id: row.needId,
    capability_id: row.capabilityId,
    enterprise_id: row.enterpriseId,
    institute_id: row.instituteId,
    enterprise_person_id: row.enterprisePersonId,
    institute_person_id: row.institutePersonId,
    created_at: now,
    updated_at: now,
  }));
  const columns = `event_id, match_id, need_id, capability_id, enterprise_id, institute_id, enterprise_person_id,
                   institute_person_id, created_at, updated_at`;
  await manager.query(
    `INSERT INTO meeting (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::meeting, $1::jsonb)`,
    [JSON.stringify(meetings)],
  );
}
