import { z } from 'zod';
import { instant, pageOf, pageQuery, uuid } from '../primitives.js';

/** GET /api/mailbox; `q` looks into subjects and addresses. */
export const mailboxQuery = pageQuery.extend({
  address: z.string().trim().toLowerCase().max(254).optional(),
});
export type MailboxQuery = z.infer<typeof mailboxQuery>;

const mailSummary = z.object({
  id: uuid,
  toAddress: z.string(),
  toName: z.string().nullable(),
  subject: z.string(),
  topic: z.string(),
  receivedAt: instant,
});

/** Messages, newest first, and the people who got any, the latest first (at most 200). */
export const mailboxPage = pageOf(mailSummary).extend({
  recipients: z.array(
    z.object({ address: z.string(), name: z.string().nullable(), messages: z.number().int() }),
  ),
});
export type MailboxPage = z.infer<typeof mailboxPage>;

/** What a calendar program would read in the message. */
export const calendarCard = z.object({
  purpose: z.enum(['request', 'update', 'cancel']),
  method: z.enum(['REQUEST', 'CANCEL', 'PUBLISH']),
  uid: z.string(),
  sequence: z.number().int(),
  summary: z.string(),
  startsAt: instant,
  endsAt: instant,
  place: z.string(),
  organizer: z.string(),
  /** The event itself is called off (STATUS:CANCELLED), not only this person's part. */
  cancelledWhole: z.boolean(),
});
export type CalendarCard = z.infer<typeof calendarCard>;

/** GET /api/mailbox/:id: the message taken apart from its bytes. `html` must be shown in a sandbox only. */
export const mailView = mailSummary.extend({
  from: z.string(),
  to: z.string(),
  messageId: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  calendar: calendarCard.nullable(),
});
export type MailView = z.infer<typeof mailView>;
