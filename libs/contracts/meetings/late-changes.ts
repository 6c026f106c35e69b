import { z } from 'zod';
import { instant, line, uuid } from '../primitives.js';
import { timetableChanges } from './timetables.js';

/**
 * POST /organizer/events/:id/late-changes: what happened after the timetable was published. Answers a preview of what it
 * costs; nobody is told before it is applied.
 */
export const lateChangeBody = z.discriminatedUnion('kind', [
  /** One meeting does not take place. */
  z.object({ kind: z.literal('cancel-meeting'), meetingId: uuid, reason: line(500) }),
  /** Somebody does not come: none of their meetings takes place. */
  z.object({ kind: z.literal('cancel-person'), personId: uuid, reason: line(500) }),
  /** Somebody comes later or leaves earlier: their meetings in that time move, if they can. */
  z.object({ kind: z.literal('away'), personId: uuid, startsAt: instant, endsAt: instant }),
  /** Meetings asked for since find a place beside those that are published. */
  z.object({ kind: z.literal('add'), meetingIds: z.array(uuid).min(1).max(50) }),
]);
export type LateChangeBody = z.infer<typeof lateChangeBody>;

/** GET /organizer/late-changes/:id: what it would cost. */
export const lateChangePreview = z.object({
  id: uuid,
  eventId: uuid,
  kind: z.enum(['cancel', 'away', 'add']),
  /** `outdated`: meetings, people or tables changed since it was computed; ask anew. */
  status: z.enum(['computing', 'ready', 'outdated', 'failed']),
  /** `optimal`: proved that no timetable moves fewer; `gap`: the best found in time. */
  proof: z.enum(['optimal', 'gap']).nullable(),
  /** Confirmed meetings that would be elsewhere, that would be called off as wished, and that would lose their place. */
  moved: z.number().int(),
  cancelled: z.number().int(),
  lost: z.number().int(),
  added: z.number().int(),
  unchanged: z.number().int(),
  rows: timetableChanges.shape.rows,
  /** Who would get which message, by person; empty unless `ready`. */
  messages: z.array(
    z.object({
      personId: uuid,
      person: z.string(),
      organisation: z.string().nullable(),
      invitations: z.number().int(),
      updates: z.number().int(),
      cancellations: z.number().int(),
    }),
  ),
});
export type LateChangePreview = z.infer<typeof lateChangePreview>;

export const lateChangeReport = z.object({
  moved: z.number().int(),
  cancelled: z.number().int(),
  lost: z.number().int(),
  added: z.number().int(),
  /** Messages written. */
  messages: z.number().int(),
});
export type LateChangeReport = z.infer<typeof lateChangeReport>;
