import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Needs and capabilities of several kinds, each with facts of its own, and the works of experts. */
export class RecordKinds1795310600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "need" ADD "request_kind" text NOT NULL DEFAULT 'technology',
      ADD "facts" jsonb NOT NULL DEFAULT '{}',
      ADD CONSTRAINT "need_request_kind" CHECK ("request_kind" IN ('technology', 'outreach', 'financing'))`);
    await runner.query(`ALTER TABLE "capability" ADD "offer_kind" text NOT NULL DEFAULT 'achievement',
      ADD "facts" jsonb NOT NULL DEFAULT '{}',
      ADD CONSTRAINT "capability_offer_kind"
        CHECK ("offer_kind" IN ('achievement', 'expert', 'lesson', 'finance-product'))`);
    await runner.query(`CREATE TABLE "capability_work" (
      "id" uuid NOT NULL DEFAULT uuidv7(), "capability_id" uuid NOT NULL, "position" integer NOT NULL,
      "kind" text NOT NULL, "title" text NOT NULL, "abstract" text, "year" integer,
      CONSTRAINT "PK_capability_work" PRIMARY KEY ("id"),
      CONSTRAINT "capability_work_place" UNIQUE ("capability_id", "position"),
      CONSTRAINT "capability_work_kind" CHECK ("kind" IN ('paper', 'project', 'patent', 'standard')))`);
    await runner.query(`ALTER TABLE "capability_work" ADD CONSTRAINT "FK_ef98e63f5e5f14c463f8adbf490"
      FOREIGN KEY ("capability_id") REFERENCES "capability"("id") ON DELETE CASCADE ON UPDATE NO ACTION`);
    await runner.query('ALTER TABLE "import_batch" ADD "record_kind" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "import_batch" DROP COLUMN "record_kind"');
    await runner.query('DROP TABLE "capability_work"');
    await runner.query('ALTER TABLE "capability" DROP COLUMN "offer_kind", DROP COLUMN "facts"');
    await runner.query('ALTER TABLE "need" DROP COLUMN "request_kind", DROP COLUMN "facts"');
  }
}
