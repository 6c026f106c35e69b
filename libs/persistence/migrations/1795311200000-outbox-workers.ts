import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Waiting rows are taken in batches, in order, and a row says which process has it. */
export class OutboxWorkers1795311200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "notification" ADD "held_by" text');
    await runner.query('DROP INDEX "notification_waiting"');
    await runner.query(`CREATE INDEX "notification_waiting" ON "notification" ("next_attempt_at", "id")
      WHERE status IN ('queued', 'sending')`);
    await runner.query(`CREATE INDEX "notification_stream_waiting" ON "notification" ("stream_key", "id")
      WHERE status IN ('queued', 'sending')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "notification_stream_waiting"');
    await runner.query('DROP INDEX "notification_waiting"');
    await runner.query(`CREATE INDEX "notification_waiting" ON "notification" ("next_attempt_at")
      WHERE status IN ('queued', 'sending')`);
    await runner.query('ALTER TABLE "notification" DROP COLUMN "held_by"');
  }
}
