import { z } from 'zod';
import { eventChange, tablesBody, transitionBody } from '../events/event-editing.js';
import { instant, uuid } from '../primitives.js';

/** POST /api/organizer/events/:id/announcement: a change of settings or tables, or a step of the event's life. */
export const announcementBody = z.union([
  z.object({ change: eventChange }),
  z.object({ tables: tablesBody }),
  z.object({ transition: transitionBody }),
]);
export type AnnouncementBody = z.infer<typeof announcementBody>;

/** `later`: after the person's quiet hours; `digest`: with others of the day; `off`: the person wants none. */
export const hearing = z.enum(['now', 'later', 'digest', 'off']);
export type Hearing = z.infer<typeof hearing>;

export const announcementLine = z.object({
  personId: uuid,
  name: z.string(),
  topic: z.string(),
  channels: z.array(z.object({ channel: z.string(), heard: hearing, at: instant })),
});

/** Who would get what, by topic and channel, and the first thousand by name. */
export const announcementView = z.object({
  people: z.number().int(),
  rows: z.array(
    z.object({
      topic: z.string(),
      channel: z.string(),
      now: z.number().int(),
      later: z.number().int(),
      digest: z.number().int(),
      off: z.number().int(),
    }),
  ),
  /** Robots of chat groups, and how many messages each gets. */
  robots: z.array(z.object({ name: z.string(), channel: z.string(), messages: z.number().int() })),
  webhooks: z.number().int(),
  lines: z.array(announcementLine).max(1000),
  total: z.number().int(),
});
export type AnnouncementView = z.infer<typeof announcementView>;
