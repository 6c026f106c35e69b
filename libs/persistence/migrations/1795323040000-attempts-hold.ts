import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who sends a message is noted with the try, not in the message: a message is a wide row with many indexes, and changes
 * once, when it is known what became of the try. "Being sent" is a message that waits and has a try with a lease.
 */
export class AttemptsHold1795323040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const waiting = (condition: string): string[] => [
  'DROP INDEX "notification_waiting"',
  'DROP INDEX "notification_stream_waiting"',
  `CREATE INDEX "notification_waiting" ON "notification" ("next_attempt_at", "id") WHERE ${condition}`,
  `CREATE INDEX "notification_stream_waiting" ON "notification" ("stream_key", "id") WHERE ${condition}`,
];
const known = (statuses: string): string[] => [
  'ALTER TABLE "notification" DROP CONSTRAINT "notification_status_known"',
  `ALTER TABLE "notification" ADD CONSTRAINT "notification_status_known" CHECK ("status" IN (${statuses}))`,
];

const UP = [
  'ALTER TABLE "delivery_attempt" ADD "held_by" text, ADD "held_until" TIMESTAMP WITH TIME ZONE',
  `UPDATE "delivery_attempt" a SET "held_by" = n."held_by", "held_until" = n."next_attempt_at" FROM "notification" n
    WHERE n."status" = 'sending' AND a."notification_id" = n."id" AND a."attempt_no" = n."attempts"`,
  `UPDATE "notification" SET "status" = 'queued', "next_attempt_at" = least("next_attempt_at", now()) WHERE "status" = 'sending'`,
  'ALTER TABLE "notification" DROP "held_by"',
  ...known(`'queued', 'sent', 'failed', 'cancelled'`),
  ...waiting(`status = 'queued'`),
];

const DOWN = [
  ...known(`'queued', 'sending', 'sent', 'failed', 'cancelled'`),
  ...waiting(`status IN ('queued', 'sending')`),
  'ALTER TABLE "notification" ADD "held_by" text',
  'ALTER TABLE "delivery_attempt" DROP "held_until", DROP "held_by"',
];
