import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests that organizers answered by bringing the two together are told from those that people accepted. */
export class RequestsMetAnyway1795322930000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "meeting_request" ADD "by_organizer" boolean NOT NULL DEFAULT false');
    await runner.query(`UPDATE "meeting_request" SET "by_organizer" = true WHERE status = 'accepted'
      AND meeting_id IN (SELECT meeting_id FROM assignment_pair)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "meeting_request" DROP COLUMN "by_organizer"');
  }
}
