import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Model versions, who saw which pair, what organizers decided about pairs, and questions about pairs. */
export class LearnFromMatches1795310400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "match_question", "match_exposure", "match_model"');
    // Nobody could tell these rows from the engine's any more.
    await runner.query(`DELETE FROM "match" WHERE origin = 'organizer' AND mutual_at IS NULL`);
    await runner.query('DROP INDEX "match_new"');
    await runner.query(
      `ALTER TABLE "match" DROP COLUMN "origin", DROP COLUMN "override", DROP COLUMN "override_note",
       DROP COLUMN "override_by", DROP COLUMN "override_at"`,
    );
  }
}

const foreignKey = (table: string, name: string, column: string, target: string, onDelete: string) =>
  `ALTER TABLE "${table}" ADD CONSTRAINT "${name}" FOREIGN KEY ("${column}") REFERENCES "${target}"("id") ON DELETE ${onDelete} ON UPDATE NO ACTION`;

const statements = [
  `CREATE TABLE "match_model" ("id" uuid NOT NULL DEFAULT uuidv7(), "version" text NOT NULL, "kind" text NOT NULL,
     "status" text NOT NULL, "parameters" jsonb NOT NULL DEFAULT '{}', "quality" jsonb NOT NULL DEFAULT '{}',
     "trained_on" jsonb NOT NULL DEFAULT '{}', "error" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
     "created_by" uuid, "finished_at" TIMESTAMP WITH TIME ZONE, "activated_at" TIMESTAMP WITH TIME ZONE, "activated_by" uuid,
     CONSTRAINT "match_model_version" UNIQUE ("version"),
     CONSTRAINT "match_model_kind" CHECK ("kind" IN ('default', 'trained')),
     CONSTRAINT "match_model_status_known" CHECK ("status" IN ('training', 'candidate', 'active', 'retired', 'failed')),
     CONSTRAINT "PK_d15297c1926cd160115bdf8f5d7" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "match_model_active_once" ON "match_model" ("status") WHERE status = 'active'`,
  `CREATE UNIQUE INDEX "match_model_training_once" ON "match_model" ("status") WHERE status = 'training'`,
  foreignKey('match_model', 'FK_0a05332aeadc08ed04dca865dfa', 'created_by', 'person', 'SET NULL'),
  foreignKey('match_model', 'FK_5b7c39a26a367c34c4c01129f81', 'activated_by', 'person', 'SET NULL'),
  `CREATE TABLE "match_exposure" ("match_id" uuid NOT NULL, "side" text NOT NULL, "model_version" text NOT NULL,
     "score" double precision NOT NULL, "rank" integer NOT NULL,
     "shown_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "viewed_at" TIMESTAMP WITH TIME ZONE,
     CONSTRAINT "match_exposure_side" CHECK ("side" IN ('need', 'capability')),
     CONSTRAINT "PK_dc8c93f94c55987ab0119d3419e" PRIMARY KEY ("match_id", "side", "model_version"))`,
  `CREATE INDEX "match_exposure_shown" ON "match_exposure" ("shown_at")`,
  foreignKey('match_exposure', 'FK_ed1c8b7cc8020e6e41882b86a54', 'match_id', 'match', 'CASCADE'),
  `CREATE TABLE "match_question" ("id" uuid NOT NULL DEFAULT uuidv7(), "need_id" uuid NOT NULL, "capability_id" uuid NOT NULL,
     "asked_by" uuid, "status" text NOT NULL DEFAULT 'waiting', "answer" jsonb,
     "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "answered_at" TIMESTAMP WITH TIME ZONE,
     CONSTRAINT "match_question_status" CHECK ("status" IN ('waiting', 'answered', 'failed')),
     CONSTRAINT "match_question_answer" CHECK ((status = 'answered') = (answer IS NOT NULL)),
     CONSTRAINT "PK_37f217cb3f230a334860593f2bc" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "match_question_waiting_once" ON "match_question" ("asked_by", "need_id", "capability_id") WHERE status = 'waiting'`,
  foreignKey('match_question', 'FK_0ba79f8c4db06494ed7e1a17b11', 'need_id', 'need', 'CASCADE'),
  foreignKey('match_question', 'FK_0103110e5ccb21dc06b457b6e9d', 'capability_id', 'capability', 'CASCADE'),
  foreignKey('match_question', 'FK_efacc6c09ed9f810d56643fcd6e', 'asked_by', 'person', 'SET NULL'),
  `ALTER TABLE "match" ADD "origin" text NOT NULL DEFAULT 'engine', ADD "override" text, ADD "override_note" text,
     ADD "override_by" uuid, ADD "override_at" TIMESTAMP WITH TIME ZONE,
     ADD CONSTRAINT "match_origin" CHECK ("origin" IN ('engine', 'organizer')),
     ADD CONSTRAINT "match_override_known" CHECK ("override" IN ('pinned', 'hidden')),
     ADD CONSTRAINT "match_override_dated" CHECK ((override IS NULL) = (override_at IS NULL))`,
  foreignKey('match', 'FK_b7404aa3b3c35dd9ad0cc6b2526', 'override_by', 'person', 'SET NULL'),
  `CREATE INDEX "match_override" ON "match" ("override_at") WHERE override IS NOT NULL`,
  `CREATE INDEX "match_new" ON "match" ("created_at") WHERE state = 'current'`,
];
