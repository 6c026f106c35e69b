import { z } from 'zod';
import { instant, lineText, pageOf, pageQuery, queryList, uuid } from '../primitives.js';
import { TOPICS } from './topics.js';

export const deliveryStatus = z.enum(['queued', 'sending', 'sent', 'failed', 'cancelled']);
export const deliveryChannel = z.enum([
  'mail',
  'sms',
  'wecom-app',
  'wecom-robot',
  'dingtalk-robot',
  'feishu-robot',
]);
export type DeliveryStatus = z.infer<typeof deliveryStatus>;

/** GET /api/organizer/deliveries; `q` looks into address, name and the server's answers. */
export const deliveriesQuery = pageQuery.extend({
  status: queryList(deliveryStatus),
  topic: queryList(z.enum(TOPICS)),
  channel: queryList(deliveryChannel),
  eventId: uuid.optional(),
});
export type DeliveriesQuery = z.infer<typeof deliveriesQuery>;

/** POST /api/organizer/deliveries/retry: the failed ones among what a query shows. */
export const retryDeliveriesBody = z.object({
  q: lineText().max(100).default(''),
  topic: z.array(z.enum(TOPICS)).max(50).default([]),
  channel: z.array(deliveryChannel).max(50).default([]),
  eventId: uuid.nullable().default(null),
});
export type RetryDeliveriesBody = z.infer<typeof retryDeliveriesBody>;

/** How many wait again, and how many do not: their stream went on, or they may have arrived. */
export const retryDeliveriesReport = z.object({ queued: z.number().int(), left: z.number().int() });
export type RetryDeliveriesReport = z.infer<typeof retryDeliveriesReport>;

const deliveryTry = z.object({
  attemptNo: z.number().int(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  /** null: still running, or the worker died and nobody knows. */
  outcome: z.enum(['accepted', 'deferred', 'refused']).nullable(),
  response: z.string().nullable(),
});

/** A mail as the log shows it: never its text, which may hold one-time links. */
export const deliveryView = z.object({
  id: uuid,
  topic: z.string(),
  channel: deliveryChannel,
  status: deliveryStatus,
  toAddress: z.string(),
  toName: z.string().nullable(),
  event: z.object({ id: uuid, title: z.string() }).nullable(),
  /** Of a mail about a meeting of the event: which. */
  meeting: z.string().nullable(),
  method: z.enum(['REQUEST', 'CANCEL', 'DECLINECOUNTER']).nullable(),
  sequence: z.number().int().nullable(),
  lastError: z.string().nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
  /** When the next try is due; null when there will be none. */
  nextAttemptAt: instant.nullable(),
  tries: z.array(deliveryTry),
});
export type DeliveryView = z.infer<typeof deliveryView>;

/**
 * `counts`: rows per status that fit the query without its `status`. `unwritten`: how many guests, of all events or the
 * one that is asked for, wait until a change is written to them; about, since it changes meanwhile.
 */
export const deliveriesPage = pageOf(deliveryView).extend({
  counts: z.record(deliveryStatus, z.number().int()),
  unwritten: z.number().int(),
});
export type DeliveriesPage = z.infer<typeof deliveriesPage>;
