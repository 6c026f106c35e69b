import { z } from 'zod';
import { instant, line, lineText, pageOf, pageQuery, uuid } from '../primitives.js';
import { TOPICS, type Topic } from './topics.js';

/** What organisations may hear of through robots and webhooks: everything but mails that prove a mailbox. */
const ACCOUNT: readonly Topic[] = [
  'verify-email',
  'reset-password',
  'join-organisation',
  'already-registered',
  'organisation-verified',
  'mail-forwarded',
];
export const PLACE_TOPICS = TOPICS.filter((topic) => !ACCOUNT.includes(topic));
const topics = z.array(z.enum(PLACE_TOPICS as [Topic, ...Topic[]])).max(40);

export const robotKind = z.enum(['wecom-robot', 'dingtalk-robot', 'feishu-robot']);

/** `address`: the robot's webhook address, or the key in it. Left out = unchanged; so is `secret`, '' removes it. */
export const robotBody = z.object({
  kind: robotKind,
  name: line(60),
  address: lineText().min(8).max(500).optional(),
  secret: lineText().max(200).optional(),
  topics,
  locale: z.enum(['zh-CN', 'en']),
  enabled: z.boolean(),
});
export type RobotBody = z.infer<typeof robotBody>;

/** Keys and secrets never leave; `ending` are the last characters of the key. */
export const robotView = z.object({
  id: uuid,
  kind: robotKind,
  name: z.string(),
  ending: z.string(),
  signed: z.boolean(),
  topics: z.array(z.string()),
  locale: z.enum(['zh-CN', 'en']),
  enabled: z.boolean(),
  fault: z.string().nullable(),
});
export type RobotView = z.infer<typeof robotView>;

export const webhookBody = z.object({ url: z.url().max(500), topics, enabled: z.boolean() });
export type WebhookBody = z.infer<typeof webhookBody>;

export const webhookView = z.object({
  id: uuid,
  url: z.string(),
  topics: z.array(z.string()),
  enabled: z.boolean(),
  fault: z.string().nullable(),
  /** Until when the secret before the newest signs too; null = there is one only. */
  oldSecretUntil: instant.nullable(),
  counts: z.object({ waiting: z.number().int(), sent: z.number().int(), failed: z.number().int() }),
});
export type WebhookView = z.infer<typeof webhookView>;

/** The secret is shown once, when it is made. */
export const webhookWithSecret = webhookView.extend({ secret: z.string() });
export type WebhookWithSecret = z.infer<typeof webhookWithSecret>;

export const placesView = z.object({
  organisation: z.object({ id: uuid, name: z.string() }).nullable(),
  robots: z.array(robotView),
  webhooks: z.array(webhookView),
});
export type PlacesView = z.infer<typeof placesView>;

export const webhookDeliveriesQuery = pageQuery;
export type WebhookDeliveriesQuery = z.infer<typeof webhookDeliveriesQuery>;

export const webhookDeliveriesPage = pageOf(
  z.object({
    id: uuid,
    topic: z.string(),
    status: z.enum(['queued', 'sending', 'sent', 'failed']),
    body: z.string(),
    createdAt: instant,
    nextAttemptAt: instant.nullable(),
    tries: z.array(
      z.object({
        attemptNo: z.number().int(),
        at: instant,
        status: z.number().int().nullable(),
        answer: z.string().nullable(),
        durationMs: z.number().int().nullable(),
      }),
    ),
  }),
);
export type WebhookDeliveriesPage = z.infer<typeof webhookDeliveriesPage>;

export const webhookParams = z.object({ id: uuid, webhookId: uuid });
export const robotParams = z.object({ id: uuid, robotId: uuid });
export const webhookDeliveryParams = webhookParams.extend({ deliveryId: uuid });
