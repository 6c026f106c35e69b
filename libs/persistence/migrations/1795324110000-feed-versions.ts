import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Feeds know when they changed, also when an event left them. */
export class FeedVersions1795324110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "calendar_feed_version" ("feed" text NOT NULL, "hash" text NOT NULL,
      "changed_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_calendar_feed_version" PRIMARY KEY ("feed"))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "calendar_feed_version"');
  }
}
