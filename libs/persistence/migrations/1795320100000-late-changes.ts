import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Timetables that only show what a late change would cost: nobody is told before it is accepted. */
export class LateChanges1795320100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "timetable" ADD "change" jsonb`);
    await runner.query(`ALTER TABLE "timetable" ADD "basis" text`);
    await runner.query(`ALTER TABLE "timetable" DROP CONSTRAINT "timetable_status"`);
    await runner.query(`ALTER TABLE "timetable" ADD CONSTRAINT "timetable_status" CHECK ("status" IN
      ('queued', 'computing', 'draft', 'published', 'superseded', 'failed', 'preview'))`);
    await runner.query(
      `ALTER TABLE "timetable" ADD CONSTRAINT "timetable_preview" CHECK (status <> 'preview' OR change IS NOT NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "timetable" WHERE change IS NOT NULL AND status <> 'published'`);
    await runner.query(`ALTER TABLE "timetable" DROP CONSTRAINT "timetable_preview"`);
    await runner.query(`ALTER TABLE "timetable" DROP CONSTRAINT "timetable_status"`);
    await runner.query(`ALTER TABLE "timetable" ADD CONSTRAINT "timetable_status" CHECK ("status" IN
      ('queued', 'computing', 'draft', 'published', 'superseded', 'failed'))`);
    await runner.query(`ALTER TABLE "timetable" DROP COLUMN "basis"`);
    await runner.query(`ALTER TABLE "timetable" DROP COLUMN "change"`);
  }
}
