import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Statistics say exactly which changes they count; those that do not are taken anew by whoever ranks first. */
export class StatisticsSnapshot1795322900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "match_statistics"`);
    await runner.query(`ALTER TABLE "match_statistics" DROP COLUMN "taken_xid"`);
    await runner.query(`ALTER TABLE "match_statistics" ADD "taken_snapshot" text NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "match_statistics"`);
    await runner.query(`ALTER TABLE "match_statistics" DROP COLUMN "taken_snapshot"`);
    await runner.query(`ALTER TABLE "match_statistics" ADD "taken_xid" bigint NOT NULL`);
  }
}
