import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much of one code the other is, where two lists are compared. */
export class CrosswalkRelation1795323000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "code_crosswalk" ADD "relation" text NOT NULL DEFAULT 'close'`);
    await runner.query(`ALTER TABLE "code_crosswalk" ADD CONSTRAINT "code_crosswalk_relation"
      CHECK ("relation" IN ('exact', 'close', 'related'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "code_crosswalk" DROP COLUMN "relation"');
  }
}
