import { EntitySchema } from 'typeorm';
import { bool, createdAt, id, integer, json, oneOf, refersTo, text, texts, time, uuid } from '../columns.js';

/** An address of an organisation's own software that hears of what happens to its members. */
export interface Webhook {
  id: string;
  organisationId: string;
  url: string;
  topics: string[];
  /** Signing secrets, sealed, the newest first; an older one signs until `expiresAt` (ISO). */
  secrets: { sealed: string; createdAt: string; expiresAt: string | null }[];
  enabled: boolean;
  /** Why the platform switched it off. */
  fault: string | null;
  /** Tries in a row that nobody answered. */
  silences: number;
  /** An address that does not answer is left alone until then. */
  restingUntil: Date | null;
  createdBy: string | null;
  createdAt: Date;
}
export const WebhookEntity = new EntitySchema<Webhook>({
  name: 'webhook',
  columns: {
    id: id(),
    organisationId: uuid(),
    url: text(),
    topics: texts(),
    secrets: json({ default: () => "'[]'" }),
    enabled: bool(),
    fault: text({ nullable: true }),
    silences: integer({ default: 0 }),
    restingUntil: time({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
  },
  indices: [{ name: 'webhook_organisation', columns: ['organisationId'] }],
  foreignKeys: [
    refersTo('organisation', 'organisationId', 'CASCADE'),
    refersTo('person', 'createdBy', 'SET NULL'),
  ],
});

export const WEBHOOK_DELIVERY_STATUSES = ['queued', 'sending', 'sent', 'failed'] as const;

/** One message to one webhook. Its id is the `webhook-id` of every try, so that a receiver can tell copies. */
export interface WebhookDelivery {
  id: string;
  webhookId: string;
  dedupeKey: string;
  topic: string;
  /** The JSON that is sent, byte for byte. */
  body: string;
  status: (typeof WEBHOOK_DELIVERY_STATUSES)[number];
  attempts: number;
  nextAttemptAt: Date;
  lastStatus: number | null;
  lastAnswer: string | null;
  createdAt: Date;
  deliveredAt: Date | null;
}
export const WebhookDeliveryEntity = new EntitySchema<WebhookDelivery>({
  name: 'webhook_delivery',
  columns: {
    id: id(),
    webhookId: uuid(),
    dedupeKey: text(),
    topic: text(),
    body: text(),
    status: text({ default: 'queued' }),
    attempts: integer({ default: 0 }),
    nextAttemptAt: time({ default: () => 'now()' }),
    lastStatus: integer({ nullable: true }),
    lastAnswer: text({ nullable: true }),
    createdAt: createdAt(),
    deliveredAt: time({ nullable: true }),
  },
  uniques: [{ name: 'webhook_delivery_once', columns: ['webhookId', 'dedupeKey'] }],
  indices: [
    {
      name: 'webhook_delivery_next',
      columns: ['webhookId', 'nextAttemptAt', 'id'],
      where: "status IN ('queued', 'sending')",
    },
  ],
  checks: [{ name: 'webhook_delivery_status', expression: oneOf('status', WEBHOOK_DELIVERY_STATUSES) }],
  foreignKeys: [refersTo('webhook', 'webhookId', 'CASCADE')],
});

/** One try, as the log shows it; `status` is the HTTP status, null when nobody answered. */
export interface WebhookAttempt {
  deliveryId: string;
  attemptNo: number;
  at: Date;
  status: number | null;
  answer: string | null;
  durationMs: number | null;
}
export const WebhookAttemptEntity = new EntitySchema<WebhookAttempt>({
  name: 'webhook_attempt',
  columns: {
    deliveryId: uuid({ primary: true }),
    attemptNo: integer({ primary: true }),
    at: createdAt(),
    status: integer({ nullable: true }),
    answer: text({ nullable: true }),
    durationMs: integer({ nullable: true }),
  },
  foreignKeys: [refersTo('webhook_delivery', 'deliveryId', 'CASCADE')],
});
