import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hard rules of matching: blocks, groups, limits, pauses; and suspected duplicates. */
export class MatchRules1795310500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}

const up = [
  'ALTER TABLE "organisation" ADD "parent_id" uuid, ADD "max_open_matches" integer',
  'ALTER TABLE "organisation" ADD CONSTRAINT "organisation_parent" CHECK (parent_id <> id)',
  'ALTER TABLE "organisation" ADD CONSTRAINT "organisation_max_open_matches" CHECK (max_open_matches >= 1)',
  'CREATE INDEX "organisation_parent_of" ON "organisation" ("parent_id") WHERE parent_id IS NOT NULL',
  'ALTER TABLE "need" ADD "matching_paused_at" TIMESTAMP WITH TIME ZONE',
  `ALTER TABLE "capability" ADD "expires_at" date, ADD "matching_paused_at" TIMESTAMP WITH TIME ZONE,
     ADD "max_open_matches" integer`,
  'ALTER TABLE "capability" ADD CONSTRAINT "capability_max_open_matches" CHECK (max_open_matches >= 1)',
  'ALTER TABLE "match" ADD "exclusion" jsonb',
  `CREATE TABLE "match_block" ("id" uuid NOT NULL DEFAULT uuidv7(), "organisation_id" uuid NOT NULL, "blocked_organisation_id" uuid NOT NULL, "kind" text NOT NULL, "note" text, "created_by" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "ended_by" uuid, "ended_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "match_block_kind" CHECK ("kind" IN ('competitor', 'dispute', 'other')), CONSTRAINT "match_block_two" CHECK (organisation_id <> blocked_organisation_id), CONSTRAINT "PK_6304b22e1941026af68bbbca609" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "match_block_once" ON "match_block" ("organisation_id", "blocked_organisation_id", "kind") WHERE ended_at IS NULL`,
  `CREATE INDEX "match_block_blocked" ON "match_block" ("blocked_organisation_id") WHERE ended_at IS NULL`,
  `CREATE TABLE "near_duplicate" ("id" uuid NOT NULL DEFAULT uuidv7(), "kind" text NOT NULL, "lower_id" uuid NOT NULL, "higher_id" uuid NOT NULL, "similarity" double precision NOT NULL, "status" text NOT NULL DEFAULT 'open', "decided_by" uuid, "decided_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "near_duplicate_pair" UNIQUE ("kind", "lower_id", "higher_id"), CONSTRAINT "near_duplicate_kind" CHECK ("kind" IN ('need', 'capability')), CONSTRAINT "near_duplicate_status_known" CHECK ("status" IN ('open', 'same', 'different')), CONSTRAINT "near_duplicate_order" CHECK (lower_id < higher_id), CONSTRAINT "near_duplicate_similarity" CHECK (similarity >= 0 AND similarity <= 1), CONSTRAINT "PK_7e71fb4247e0bbf102396076be4" PRIMARY KEY ("id"))`,
  `CREATE INDEX "near_duplicate_higher" ON "near_duplicate" ("kind", "higher_id")`,
  `CREATE INDEX "near_duplicate_status" ON "near_duplicate" ("kind", "status")`,
  `CREATE TABLE "text_signature" ("kind" text NOT NULL, "record_id" uuid NOT NULL, "version" integer NOT NULL, "bands" integer array NOT NULL, CONSTRAINT "text_signature_kind" CHECK ("kind" IN ('need', 'capability')), CONSTRAINT "PK_ae1afd2d316ec04b68d68884dcf" PRIMARY KEY ("kind", "record_id"))`,
  `ALTER TABLE "organisation" ADD CONSTRAINT "FK_c4ba39f5697ec0cd6e03314b616" FOREIGN KEY ("parent_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "match_block" ADD CONSTRAINT "FK_cd9696075af31e4dc40a994b99a" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "match_block" ADD CONSTRAINT "FK_94a934ebcd674cd27839be17d90" FOREIGN KEY ("blocked_organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "match_block" ADD CONSTRAINT "FK_7a4d740cee9ab384f405c9d5e27" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "match_block" ADD CONSTRAINT "FK_0bf45c3ee68b2cf21831bb1d4d4" FOREIGN KEY ("ended_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "near_duplicate" ADD CONSTRAINT "FK_d5cc90d504685db1e14b2d21960" FOREIGN KEY ("decided_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  'CREATE INDEX "text_signature_bands" ON "text_signature" USING gin ("bands")',
];

const down = [
  'DROP TABLE "text_signature"',
  'DROP TABLE "near_duplicate"',
  'DROP TABLE "match_block"',
  'ALTER TABLE "match" DROP COLUMN "exclusion"',
  `ALTER TABLE "capability" DROP COLUMN "max_open_matches", DROP COLUMN "matching_paused_at",
     DROP COLUMN "expires_at"`,
  'ALTER TABLE "need" DROP COLUMN "matching_paused_at"',
  'ALTER TABLE "organisation" DROP COLUMN "max_open_matches", DROP COLUMN "parent_id"',
];
