import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `DELETE FROM "calendar_feed_version" WHERE feed LIKE 'personal %' AND NOT EXISTS (
    SELECT FROM "calendar_feed" f WHERE f.revoked_at IS NULL AND f.id::text = split_part(feed, ' ', 2))`,
  'ALTER TABLE "calendar_feed_version" ADD "feed_id" uuid',
  `UPDATE "calendar_feed_version" SET feed_id = split_part(feed, ' ', 2)::uuid WHERE feed LIKE 'personal %'`,
  'CREATE INDEX "calendar_feed_version_of" ON "calendar_feed_version" ("feed_id") WHERE feed_id IS NOT NULL',
  `ALTER TABLE "calendar_feed_version" ADD CONSTRAINT "FK_5378ff22dc1b0f058e2b7e8ba2d" FOREIGN KEY ("feed_id")
    REFERENCES "calendar_feed"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];

/** What a personal feed was when it was read last goes with the feed. */
export class VersionsOfFeeds1795324130000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "calendar_feed_version" DROP COLUMN "feed_id"');
  }
}
