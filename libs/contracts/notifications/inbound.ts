import { z } from 'zod';
import { instant, pageOf, pageQuery, queryList, uuid } from '../primitives.js';

export const inboundOutcome = z.enum([
  'apply',
  'ignore',
  'quarantine',
  'proposal',
  'refresh',
  'bounce',
  'delay',
  'complaint',
  'forward',
]);
export type InboundOutcome = z.infer<typeof inboundOutcome>;

/** GET /api/organizer/inbound-mails; `q` looks into addresses, names and subjects. `open`: quarantined, not settled. */
export const inboundMailsQuery = pageQuery.extend({
  outcome: queryList(inboundOutcome),
  eventId: uuid.optional(),
  open: z.enum(['true', 'false']).optional(),
});
export type InboundMailsQuery = z.infer<typeof inboundMailsQuery>;

/** A mail that came in and what became of it. Its words were written by a stranger: show them as text only. */
export const inboundMailView = z.object({
  id: uuid,
  source: z.enum(['smtp', 'lmtp', 'imap', 'http']),
  receivedAt: instant,
  fromAddress: z.string().nullable(),
  fromName: z.string().nullable(),
  subject: z.string().nullable(),
  size: z.number().int(),
  status: z.enum(['received', 'done', 'failed']),
  outcome: inboundOutcome.nullable(),
  reason: z.string().nullable(),
  event: z.object({ id: uuid, title: z.string() }).nullable(),
  /** Name of the attendee whose invitation it is about. */
  attendee: z.string().nullable(),
  settlement: z.enum(['applied', 'dismissed']).nullable(),
  settledAt: instant.nullable(),
});
export type InboundMailView = z.infer<typeof inboundMailView>;

/** `open`: quarantined mails that nobody has settled, over all pages, of the event that is asked for or of all. */
export const inboundMailsPage = pageOf(inboundMailView).extend({ open: z.number().int() });
export type InboundMailsPage = z.infer<typeof inboundMailsPage>;

/** GET /api/organizer/inbound-mails/:id; `text` is what a person wrote, `detail` the decision in full. */
export const inboundMailDetail = inboundMailView.extend({
  text: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type InboundMailDetail = z.infer<typeof inboundMailDetail>;

/** POST /api/inbound/mail answers when the mail is kept. */
export const mailKept = z.object({ ok: z.literal(true) });
