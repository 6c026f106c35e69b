import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Messages know the organisation they are about, what a robot said last of an event is found at once, and a webhook that
 * does not answer rests as a whole.
 */
export class PlacesApart1795324100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "notification" ADD "organisation_id" uuid');
    await runner.query(`ALTER TABLE "notification" ADD CONSTRAINT "FK_408236c69c4e1b5cf2248d4effd" FOREIGN KEY ("organisation_id")
      REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE NO ACTION`);
    await runner.query(`CREATE INDEX "notification_said" ON "notification" ("endpoint_id", "event_id", "id")
      WHERE endpoint_id IS NOT NULL`);
    await runner.query('ALTER TABLE "webhook" ADD "silences" integer NOT NULL DEFAULT 0');
    await runner.query('ALTER TABLE "webhook" ADD "resting_until" TIMESTAMP WITH TIME ZONE');
    await runner.query('DROP INDEX "webhook_delivery_waiting"');
    await runner.query(`CREATE INDEX "webhook_delivery_next" ON "webhook_delivery" ("webhook_id", "next_attempt_at", "id")
      WHERE status IN ('queued', 'sending')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "webhook_delivery_next"');
    await runner.query(`CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery" ("next_attempt_at", "id")
      WHERE status IN ('queued', 'sending')`);
    await runner.query('ALTER TABLE "webhook" DROP "resting_until"');
    await runner.query('ALTER TABLE "webhook" DROP "silences"');
    await runner.query('DROP INDEX "notification_said"');
    await runner.query('ALTER TABLE "notification" DROP "organisation_id"');
  }
}
