import type { EntityManager } from 'typeorm';
import type { FullLimit } from '#libs/contracts/meetings/full-limit.js';
import type { CollectReport, SkipReason } from '#libs/contracts/meetings/meetings.js';
import { firstFull, readMaxima, toFullLimit, withMeeting, type RequestSide } from './full-limits.js';
import {
  canBeMet,
  joinInterests,
  meetingsByPeople,
  peopleKey,
  readInterests,
  type InterestRow,
} from './interests.js';
import { closeRequests } from './settle-requests.js';

/** Null = it becomes a meeting, or part of one. */
function skipReasonOf(row: InterestRow, met: ReadonlyMap<string, { over: boolean }>): SkipReason | null {
  if (row.wasCancelled) return 'cancelled-before';
  if (!row.open) return 'closed';
  if (row.enterprisePersonId === null) return 'enterprise-absent';
  if (row.institutePersonId === null) return 'institute-absent';
  if (!canBeMet(row)) return 'same-person';
  return met.get(peopleKey(row))?.over === true ? 'met-before' : null;
}

const sidesOf = (row: InterestRow): RequestSide[] => [
  { personId: row.enterprisePersonId ?? '', organisationId: row.enterpriseId },
  { personId: row.institutePersonId ?? '', organisationId: row.instituteId },
];

/** Which meetings fit within all maxima, the best first, and by their people who is full of the others. */
async function withinMaxima(
  manager: EntityManager,
  eventId: string,
  wanted: readonly InterestRow[],
): Promise<{ rows: InterestRow[]; full: Map<string, FullLimit> }> {
  let maxima = await readMaxima(manager, eventId, wanted.flatMap(sidesOf));
  const rows: InterestRow[] = [];
  const full = new Map<string, FullLimit>();
  for (const row of wanted) {
    const first = firstFull(maxima, sidesOf(row));
    if (first !== null) {
      full.set(peopleKey(row), toFullLimit(first));
      continue;
    }
    rows.push(row);
    maxima = withMeeting(maxima, sidesOf(row));
  }
  return { rows, full };
}

/**
 * Turns mutual interests into requested meetings of an event whose row is locked: one of every two people, for the best
 * of their interests, and the others go with it; open requests between them are answered by it. `beyondMaxima`: also what
 * is more than somebody may have. Idempotent.
 */
export async function collectMeetings(
  manager: EntityManager,
  eventId: string,
  beyondMaxima: boolean,
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
  const wanted = [...firsts.values()];
  const { rows: fitting, full } = beyondMaxima
    ? { rows: wanted, full: new Map<string, FullLimit>() }
    : await withinMaxima(manager, eventId, wanted);
  await closeRequests(manager, await writeMeetings(manager, eventId, fitting, now), now);
  const joined = await joinInterests(manager, eventId, null);
  return {
    created: fitting.length,
    joined,
    existing: rows.length - missing.length,
    skipped: missing.flatMap((row) => {
      const limit = full.get(peopleKey(row)) ?? null;
      const reason = skipReasonOf(row, met) ?? (limit === null ? null : 'maximum');
      const { matchId, need, enterprise, capability, institute } = row;
      if (reason === null) return [];
      return [
        {
          matchId,
          need,
          enterprise,
          capability,
          institute,
          reason,
          full: reason === 'maximum' ? limit : null,
        },
      ];
    }),
    beyondMaxima: full.size,
  };
}

async function writeMeetings(
  manager: EntityManager,
  eventId: string,
  rows: readonly InterestRow[],
  now: Date,
): Promise<string[]> {
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
  const written = await manager.query<{ id: string }[]>(
    `INSERT INTO meeting (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::meeting, $1::jsonb) RETURNING id`,
    [JSON.stringify(meetings)],
  );
  return written.map(({ id }) => id);
}
