import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import { loadGrid, type EventGrid } from '#libs/persistence/meetings/event-grid.js';

export const OVER: readonly string[] = ['held', 'archived', 'cancelled'];

/** Locks an event whose meetings may still be arranged, so that whoever else arranges them waits. */
export async function lockArrangeableEvent(
  manager: EntityManager,
  eventId: string,
  now: Date,
): Promise<EventGrid> {
  const grid = await loadGrid(manager, eventId, now, { lock: true });
  if (grid === null) throw new AppError('record.not-found', { what: '活动' });
  if (OVER.includes(grid.state)) throw new AppError('meeting.event-over', { event: grid.title });
  return grid;
}

/** The same, with slots and tables. */
export async function lockTimetabledEvent(
  manager: EntityManager,
  eventId: string,
  now: Date,
): Promise<EventGrid> {
  const grid = await lockArrangeableEvent(manager, eventId, now);
  if (grid.slots.length === 0 || grid.tables.length === 0) {
    throw new AppError('meeting.no-slots', { event: grid.title });
  }
  return grid;
}

/** The event of a row, before its locks are taken: events are always locked first. */
export async function eventOf(
  manager: EntityManager,
  table: 'meeting' | 'timetable',
  id: string,
): Promise<string> {
  const [row] = await manager.query<{ eventId: string }[]>(
    `SELECT event_id AS "eventId" FROM ${table} WHERE id = $1`,
    [id],
  );
  if (row !== undefined) return row.eventId;
  throw new AppError('record.not-found', { what: table === 'meeting' ? '洽谈' : '洽谈日程' });
}
