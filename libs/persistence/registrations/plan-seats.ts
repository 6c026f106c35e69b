import type { EntityManager } from 'typeorm';
import { allocateWaiting, type WaitingEntry } from '#libs/domain/evidence/allocate-waiting.js';
import type { LockedEvent } from './lock-event.js';

/** Somebody who asks for seats now: a new registration, or one just approved. */
export interface Newcomer {
  readonly key: string;
  readonly size: number;
}

export interface SeatPlan {
  /** Keys of newcomers who get seats at once. */
  readonly seated: ReadonlySet<string>;
  /** Ids of waiting registrations to offer seats to, in the order of waiting. */
  readonly offers: readonly string[];
  /** Ids of waiting registrations, and keys of newcomers, that smaller groups went past. */
  readonly skipped: readonly string[];
}

/** Sorts behind every id of a registration: newcomers stand at the end, in the order in which they came. */
const BEHIND = '~';

/**
 * Who gets the free seats: the waiting list and the newcomers behind it are one line, to which `allocateWaiting` gives
 * seats. Newcomers therefore get a seat at once only when nobody who waits could use it, or when the group in front has
 * not yet been passed too often. Needs the event's lock. Changes nothing.
 */
export async function planSeats(
  manager: EntityManager,
  event: LockedEvent,
  newcomers: readonly Newcomer[],
): Promise<SeatPlan> {
  const freeSeats = event.capacity - event.seatsTaken;
  if (freeSeats <= 0) return { seated: new Set(), offers: [], skipped: [] };
  const waiting = await loadWaiting(manager, event.id);
  const names = new Map<string, string>();
  const entries = newcomers.map(({ key, size }, index): WaitingEntry => {
    const id = BEHIND + String(index).padStart(9, '0');
    names.set(id, key);
    return { id, size, waitingSince: Number.MAX_SAFE_INTEGER, passes: 0 };
  });
  const { offers, skipped } = allocateWaiting({
    freeSeats,
    capacity: event.capacity,
    entries: [...waiting, ...entries],
  });
  return {
    seated: new Set(offers.flatMap((id) => names.get(id) ?? [])),
    offers: offers.filter((id) => !names.has(id)),
    skipped: skipped.map((id) => names.get(id) ?? id),
  };
}

async function loadWaiting(manager: EntityManager, eventId: string): Promise<WaitingEntry[]> {
  const rows: { id: string; size: number; since: Date; passes: number }[] = await manager.query(
    `SELECT id, group_size AS size, waiting_since AS since, times_passed AS passes FROM registration
     WHERE event_id = $1 AND status = 'waitlisted'`,
    [eventId],
  );
  return rows.map(({ since, ...row }) => ({ ...row, waitingSince: since.getTime() }));
}
