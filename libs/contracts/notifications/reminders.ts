import { z } from 'zod';
import { instant, optionalLine, uuid } from '../primitives.js';

/** `minutes` after the anchor; negative = before. */
export const reminderBody = z.object({
  anchor: z.enum(['start', 'end']),
  minutes: z.number().int().min(-43_200).max(43_200),
  note: optionalLine(500),
});
export type ReminderBody = z.infer<typeof reminderBody>;

export const reminderView = reminderBody.extend({ id: uuid, at: instant, doneAt: instant.nullable() });
export const remindersView = z.object({ reminders: z.array(reminderView) });
export type RemindersView = z.infer<typeof remindersView>;

export const reminderParams = z.object({ id: uuid, reminderId: uuid });

/** Who would hear of a change of an event now, by topic and channel. */
export const audienceView = z.object({
  people: z.number().int(),
  rows: z.array(
    z.object({
      topic: z.string(),
      channel: z.string(),
      now: z.number().int(),
      later: z.number().int(),
      off: z.number().int(),
    }),
  ),
  robots: z.array(z.object({ name: z.string(), kind: z.string(), topics: z.array(z.string()) })),
  /** The first people in order of their names. */
  sample: z.array(z.object({ name: z.string(), channels: z.array(z.string()) })),
});
export type AudienceView = z.infer<typeof audienceView>;
