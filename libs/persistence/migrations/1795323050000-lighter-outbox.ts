import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What every message paid for and hardly anything used: an index over the streams of messages long sent, and the check
 * that a message which was just written exists.
 */
export class LighterOutbox1795323050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "notification_stream"');
    await runner.query(
      'ALTER TABLE "notification_unspread" DROP CONSTRAINT "FK_04a14467f2a3b0059f99e7290a4"',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DELETE FROM "notification_unspread" WHERE "notification_id" NOT IN (SELECT "id" FROM "notification")',
    );
    await runner.query(`ALTER TABLE "notification_unspread" ADD CONSTRAINT "FK_04a14467f2a3b0059f99e7290a4"
      FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE CASCADE ON UPDATE NO ACTION`);
    await runner.query('CREATE INDEX "notification_stream" ON "notification" ("stream_key", "id")');
  }
}
