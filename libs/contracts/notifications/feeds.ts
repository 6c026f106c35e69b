import { z } from 'zod';
import { instant } from '../primitives.js';

/** `?days=true`: events of several days as one entry per day. */
export const feedQuery = z.object({ days: z.enum(['true', 'false']).optional() });
export type FeedQuery = z.infer<typeof feedQuery>;

export const feedParams = z.object({ token: z.string().regex(/^[0-9a-f-]{36}\.[A-Za-z0-9_-]{22}$/) });

/** GET /api/me/calendar-feed: the personal address, null when there is none. Whoever has it reads the calendar. */
export const personalFeed = z.object({
  feed: z
    .object({ url: z.string(), webcal: z.string(), createdAt: instant, lastReadAt: instant.nullable() })
    .nullable(),
});
export type PersonalFeed = z.infer<typeof personalFeed>;

/** GET /api/events/:id/calendar-links */
export const calendarLinks = z.object({
  google: z.string(),
  outlook: z.string(),
  office365: z.string(),
  ics: z.string(),
  /** Subscriptions: all public events, and those of the event's programme. */
  subscribe: z.object({ all: z.string(), programme: z.string().nullable() }),
});
export type CalendarLinksView = z.infer<typeof calendarLinks>;
