import { z } from 'zod';
import { instant } from '../primitives.js';

const someone = {
  person: z.string(),
  organisation: z.string().nullable(),
  /** The reader. */
  mine: z.boolean(),
};

/** GET /meetings/:id/cancellation: what cancelling a meeting would do; nothing is changed. */
export const cancellationView = z.object({
  /** Whoever gets a message. */
  told: z.array(z.object(someone)),
  /** Idle times between two meetings that it leaves, of everybody in it; times of their ends, and breaks of the whole day. */
  gaps: z.array(
    z.object({
      ...someone,
      startsAt: instant,
      endsAt: instant,
      breaksBefore: z.number().int(),
      breaksAfter: z.number().int(),
    }),
  ),
  /**
   * What becomes free, null = nothing: the meeting has no place. Nobody gets it by themselves; `waiting`: meetings
   * without a place that organizers could put there, both people having the time.
   */
  slot: z.object({ startsAt: instant, endsAt: instant, waiting: z.number().int() }).nullable(),
});
export type CancellationView = z.infer<typeof cancellationView>;
