import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Both sides of a cancelled meeting can read why. */
export class MeetingCancelReason1795307100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "meeting" ADD "cancel_reason" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "meeting" DROP COLUMN "cancel_reason"');
  }
}
