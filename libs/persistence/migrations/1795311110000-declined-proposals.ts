import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A declined proposal is answered in the language of calendars too. */
export class DeclinedProposals1795311110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "notification" DROP CONSTRAINT "notification_method"');
    await runner.query(
      `ALTER TABLE "notification" ADD CONSTRAINT "notification_method" CHECK ("method" IN ('REQUEST', 'CANCEL', 'DECLINECOUNTER'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE "notification" SET "method" = NULL, "invitation" = NULL WHERE "method" = 'DECLINECOUNTER'`,
    );
    await runner.query('ALTER TABLE "notification" DROP CONSTRAINT "notification_method"');
    await runner.query(
      `ALTER TABLE "notification" ADD CONSTRAINT "notification_method" CHECK ("method" IN ('REQUEST', 'CANCEL'))`,
    );
  }
}
