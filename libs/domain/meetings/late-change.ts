import type { Interval } from '../time/interval.js';

/**
 * What happens after a timetable was published. `cancel`: these meetings do not take place, of `personId` when one
 * person's are all meant. `away`: somebody comes later or leaves earlier. `add`: these meetings, asked for since, shall
 * find a place. Times in epoch milliseconds.
 */
export type LateChange =
  | {
      readonly kind: 'cancel';
      readonly meetingIds: readonly string[];
      readonly personId: string | null;
      readonly reason: string;
    }
  | { readonly kind: 'away'; readonly personId: string; readonly span: Interval }
  | { readonly kind: 'add'; readonly meetingIds: readonly string[] };
