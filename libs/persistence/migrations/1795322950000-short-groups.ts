import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Proposals of who meets whom also say which organisations and kinds fall short of their minimum. */
export class ShortGroups1795322950000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "assignment" ADD "short_groups" jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "assignment" DROP COLUMN "short_groups"');
  }
}
