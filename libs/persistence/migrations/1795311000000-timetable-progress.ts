import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the computation of a timetable is, in a row of its own: that of the timetable is locked meanwhile. */
export class TimetableProgress1795311000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "timetable_progress" (
      "timetable_id" uuid NOT NULL,
      "stage" text NOT NULL,
      "proof" text,
      "placed" integer,
      "satisfaction" integer,
      "moved" integer,
      "breaks" integer,
      "lower" integer,
      "upper" integer,
      "reasons" jsonb NOT NULL DEFAULT '[]',
      "seconds" double precision NOT NULL,
      "stop" boolean NOT NULL DEFAULT false,
      CONSTRAINT "PK_e06b59e3684321b2c452768e386" PRIMARY KEY ("timetable_id"),
      CONSTRAINT "FK_e06b59e3684321b2c452768e386" FOREIGN KEY ("timetable_id") REFERENCES "timetable" ("id") ON DELETE CASCADE)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "timetable_progress"');
  }
}
