import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { LateChangeBody } from '#libs/contracts/meetings/late-changes.js';
import type { LateChange } from '#libs/domain/meetings/late-change.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { basisOf, loadTimetableInput } from '#libs/persistence/meetings/load-timetable-input.js';

/** A timetable that shows what a late change costs, or was published for it. */
export interface LateChangeRow {
  readonly id: string;
  readonly eventId: string;
  readonly versionNo: number;
  readonly status: string;
  readonly change: LateChange;
  readonly basis: string | null;
  readonly proof: 'optimal' | 'gap' | null;
}

export async function loadLateChange(manager: EntityManager, id: string): Promise<LateChangeRow> {
  const [row] = await manager.query<LateChangeRow[]>(
    `SELECT t.id, t.event_id AS "eventId", t.version_no AS "versionNo", t.status, t.change, t.basis, p.proof
     FROM timetable t LEFT JOIN timetable_progress p ON p.timetable_id = t.id
     WHERE t.id = $1 AND t.change IS NOT NULL`,
    [id],
  );
  if (row === undefined) throw new AppError('record.not-found', { what: '临时变动' });
  return row;
}

/** Whether what a preview was computed from is no longer so. */
export async function isOutdated(
  manager: EntityManager,
  grid: EventGrid,
  { change, basis, versionNo }: LateChangeRow,
): Promise<boolean> {
  return basisOf(await loadTimetableInput(manager, grid, versionNo, change)) !== basis;
}

/** What was asked as a change of the event's published timetable; refused when it concerns nothing there. */
export async function resolveLateChange(
  manager: EntityManager,
  grid: EventGrid,
  body: LateChangeBody,
): Promise<LateChange> {
  const [published] = await manager.query<unknown[]>(
    "SELECT 1 FROM timetable WHERE event_id = $1 AND status = 'published'",
    [grid.eventId],
  );
  if (published === undefined) throw new AppError('late-change.nothing-published', { event: grid.title });
  if (body.kind === 'away') {
    const span = { start: Date.parse(body.startsAt), end: Date.parse(body.endsAt) };
    await refuseStranger(manager, grid.eventId, body.personId);
    if (span.start >= span.end) throw new AppError('absence.outside');
    return { kind: 'away', personId: body.personId, span };
  }
  const meetingIds = await meetingsOf(manager, grid, body);
  if (meetingIds.length === 0) throw new AppError('late-change.no-meeting');
  if (body.kind === 'add') return { kind: 'add', meetingIds };
  const personId = body.kind === 'cancel-person' ? body.personId : null;
  return { kind: 'cancel', meetingIds, personId, reason: body.reason };
}

/** Those of the meetings meant that are not over: to call off those with a place, to add those without. */
async function meetingsOf(
  manager: EntityManager,
  grid: EventGrid,
  body: Exclude<LateChangeBody, { kind: 'away' }>,
): Promise<string[]> {
  const ids =
    body.kind === 'add' ? body.meetingIds : body.kind === 'cancel-meeting' ? [body.meetingId] : null;
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM meeting WHERE event_id = $1 AND status = ANY($2)
       AND ($3::timestamptz IS NULL OR starts_at IS NULL OR starts_at > $3)
       AND ($4::uuid[] IS NULL OR id = ANY($4))
       AND ($5::uuid IS NULL OR $5 IN (enterprise_person_id, institute_person_id)) ORDER BY id`,
    [
      grid.eventId,
      body.kind === 'add'
        ? ['requested']
        : body.kind === 'cancel-meeting'
          ? ['scheduled']
          : ['requested', 'scheduled'],
      grid.settledBefore,
      ids,
      body.kind === 'cancel-person' ? body.personId : null,
    ],
  );
  return rows.map((row) => row.id);
}

async function refuseStranger(manager: EntityManager, eventId: string, personId: string): Promise<void> {
  const [known] = await manager.query<unknown[]>(
    "SELECT 1 FROM registration WHERE event_id = $1 AND person_id = $2 AND status = 'confirmed'",
    [eventId, personId],
  );
  if (known === undefined) throw new AppError('record.not-found', { what: '报名' });
}
