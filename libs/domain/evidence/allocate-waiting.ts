export interface WaitingEntry {
  id: string;
  /** Seats asked for, all or none; an integer from 1. */
  size: number;
  /** Epoch milliseconds; ties go to the smaller id. */
  waitingSince: number;
  /** In how many earlier allocations somebody behind it was offered a seat while it was not. */
  passes: number;
}

export interface WaitingInput {
  freeSeats: number;
  /** All seats of the event: a group larger than this can never be served and holds nothing. */
  capacity: number;
  entries: readonly WaitingEntry[];
  /** After so many passes an entry is passed no more; default 3. */
  maxPasses?: number;
}

export interface WaitingAllocation {
  /** Ids to offer seats to, in the order of waiting. */
  offers: string[];
  /** Ids whose `passes` grow by one. */
  skipped: string[];
  /** The entry for which the remaining free seats are kept, when it has been passed often enough. */
  held: { id: string; seats: number } | null;
}

export const MAX_PASSES = 3;

export function inWaitingOrder<Entry extends Pick<WaitingEntry, 'id' | 'waitingSince'>>(
  entries: readonly Entry[],
): Entry[] {
  return [...entries].sort((a, b) => a.waitingSince - b.waitingSince || (a.id < b.id ? -1 : 1));
}

/**
 * Who is offered the free seats: first come, first served, a group all or none. A group larger than
 * what is left is passed over by smaller entries behind it, which counts as one pass per allocation;
 * a group that has been passed `maxPasses` times is passed no more, and the seats that are left are
 * kept for it until there are enough. O(n log n).
 */
export function allocateWaiting(input: WaitingInput): WaitingAllocation {
  const maxPasses = input.maxPasses ?? MAX_PASSES;
  const offers: string[] = [];
  const waiting: string[] = [];
  let skippedUpTo = 0;
  let free = input.freeSeats;
  let held: WaitingAllocation['held'] = null;
  for (const entry of inWaitingOrder(input.entries)) {
    if (free <= 0) break;
    if (entry.size > input.capacity) continue;
    if (entry.size <= free) {
      offers.push(entry.id);
      free -= entry.size;
      skippedUpTo = waiting.length;
    } else if (entry.passes >= maxPasses) {
      held = { id: entry.id, seats: free };
      break;
    } else {
      waiting.push(entry.id);
    }
  }
  return { offers, skipped: waiting.slice(0, skippedUpTo), held };
}
