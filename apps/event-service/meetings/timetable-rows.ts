import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { Place, TimetableProgressView, TimetableSummary } from '#libs/contracts/meetings/timetables.js';

/** As the solver writes it. */
interface StoredReason {
  kind: TimetableProgressView['reasons'][number]['kind'];
  participantId?: string;
  participantIds?: string[];
  meetingIds?: string[];
  session?: string | null;
  meetings?: number;
  slots?: number;
  freeSlots?: number;
  seats?: number;
}

interface ProgressRow extends Omit<TimetableProgressView, 'reasons'> {
  reasons: StoredReason[];
  /** Names of all people the reasons are about, by id. */
  names: Record<string, string>;
}

interface SummaryRow extends Omit<TimetableSummary, 'createdAt' | 'computedAt' | 'publishedAt' | 'progress'> {
  progress: ProgressRow | null;
  eventId: string;
  createdAt: Date;
  computedAt: Date | null;
  publishedAt: Date | null;
}

const SUMMARY = `
  SELECT id, event_id AS "eventId", version_no AS "versionNo", status, placed, jsonb_array_length(unplaced) AS unplaced,
         (objective->>'breaks')::int AS breaks, (objective->>'moved')::int AS moved, error,
         created_at AS "createdAt", computed_at AS "computedAt", published_at AS "publishedAt", p.progress FROM timetable
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('stage', stage, 'proof', proof, 'placed', t.placed, 'satisfaction', satisfaction,
      'moved', moved, 'breaks', breaks, 'lower', lower, 'upper', upper, 'seconds', seconds, 'reasons', reasons, 'names',
      (SELECT coalesce(jsonb_object_agg(person.id, person.name), '{}') FROM person
       WHERE person.id::text IN (SELECT id #>> '{}' FROM jsonb_path_query(reasons, '$[*].*[*]') id WHERE jsonb_typeof(id) = 'string'))
    ) AS progress FROM timetable_progress t WHERE t.timetable_id = timetable.id) p ON true`;

function toProgress({ names, reasons, ...row }: ProgressRow): TimetableProgressView {
  return {
    ...row,
    reasons: reasons.map((reason) => ({
      kind: reason.kind,
      people: [reason.participantId ?? [], reason.participantIds ?? []].flat().map((id) => names[id] ?? ''),
      session: reason.session ?? null,
      meetings: reason.meetings ?? reason.meetingIds?.length ?? null,
      slots: reason.slots ?? null,
      freeSlots: reason.freeSlots ?? reason.seats ?? null,
    })),
  };
}

function toSummary({ createdAt, computedAt, publishedAt, progress, ...row }: SummaryRow): TimetableSummary {
  return {
    ...row,
    progress: progress === null ? null : toProgress(progress),
    createdAt: createdAt.toISOString(),
    computedAt: computedAt?.toISOString() ?? null,
    publishedAt: publishedAt?.toISOString() ?? null,
  };
}

export async function loadTimetable(manager: EntityManager, id: string): Promise<TimetableSummary> {
  const [row] = await manager.query<SummaryRow[]>(`${SUMMARY} WHERE id = $1`, [id]);
  if (row === undefined) throw new AppError('record.not-found', { what: '洽谈日程' });
  return toSummary(row);
}

/** The timetables of an event that matter now, newest first: draft, published, and the newest whatever it is. */
export async function loadTimetables(manager: EntityManager, eventId: string): Promise<TimetableSummary[]> {
  const rows = await manager.query<SummaryRow[]>(
    `${SUMMARY} WHERE event_id = $1 AND (status IN ('draft', 'published')
       OR version_no = (SELECT max(version_no) FROM timetable WHERE event_id = $1 AND change IS NULL)) ORDER BY version_no DESC`,
    [eventId],
  );
  return rows.map(toSummary);
}

/** Every version of an event's timetable that was computed, newest first. */
export async function loadVersions(manager: EntityManager, eventId: string): Promise<TimetableSummary[]> {
  const rows = await manager.query<SummaryRow[]>(
    `${SUMMARY} WHERE event_id = $1 AND status IN ('draft', 'published', 'superseded') ORDER BY version_no DESC`,
    [eventId],
  );
  return rows.map(toSummary);
}

export interface PlaceColumns {
  startsAt: Date | null;
  endsAt: Date | null;
  tableId: string | null;
  table: string | null;
}

export function toPlace({ startsAt, endsAt, tableId, table }: PlaceColumns): Place | null {
  if (startsAt === null || endsAt === null || tableId === null) return null;
  return { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), tableId, table: table ?? '' };
}

/** Locks a draft; its event is locked before. */
export async function lockDraft(manager: EntityManager, id: string): Promise<void> {
  const [row] = await manager.query<{ status: string }[]>(
    'SELECT status FROM timetable WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (row?.status !== 'draft') throw new AppError('timetable.not-draft');
}
