import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who should meet whom at an event: settings, proposals and their pairs. */
export class Assignments1795321000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['assignment_pair', 'assignment', 'assignment_setting'])
      await runner.query(`DROP TABLE "${table}"`);
  }
}

const UP = [
  `CREATE TABLE "assignment_setting" ("event_id" uuid NOT NULL, "max_meetings" integer, "floor" integer NOT NULL,
    "min_score" double precision NOT NULL, "score_weight" integer NOT NULL, "one_sided_weight" integer NOT NULL,
    "mutual_weight" integer NOT NULL,
    CONSTRAINT "assignment_setting_most" CHECK (max_meetings BETWEEN 1 AND 99),
    CONSTRAINT "assignment_setting_floor" CHECK (floor BETWEEN 0 AND 99),
    CONSTRAINT "assignment_setting_score" CHECK (min_score BETWEEN 0 AND 1),
    CONSTRAINT "assignment_setting_weights" CHECK (least(score_weight, one_sided_weight, mutual_weight) >= 0),
    CONSTRAINT "PK_assignment_setting" PRIMARY KEY ("event_id"))`,
  `CREATE TABLE "assignment" ("id" uuid NOT NULL DEFAULT uuidv7(), "event_id" uuid NOT NULL,
    "status" text NOT NULL DEFAULT 'queued', "stage" text, "settings" jsonb NOT NULL, "figures" jsonb,
    "short" jsonb NOT NULL DEFAULT '[]', "error" text, "created_by" uuid,
    "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "computed_at" TIMESTAMP WITH TIME ZONE,
    CONSTRAINT "assignment_status" CHECK ("status" IN ('queued', 'computing', 'ready', 'failed')),
    CONSTRAINT "PK_assignment" PRIMARY KEY ("id"))`,
  `CREATE INDEX "assignment_event" ON "assignment" ("event_id", "created_at")`,
  `CREATE UNIQUE INDEX "assignment_running_once" ON "assignment" ("event_id")
    WHERE status IN ('queued', 'computing')`,
  `CREATE TABLE "assignment_pair" ("id" uuid NOT NULL DEFAULT uuidv7(), "assignment_id" uuid NOT NULL,
    "enterprise_id" uuid NOT NULL, "institute_id" uuid NOT NULL, "enterprise_person_id" uuid NOT NULL,
    "institute_person_id" uuid NOT NULL, "match_id" uuid, "need_id" uuid, "capability_id" uuid,
    "score" double precision NOT NULL, "interest" text NOT NULL, "wish" text NOT NULL, "worth" integer NOT NULL,
    "reason" text NOT NULL, "detail" jsonb NOT NULL DEFAULT '{}', "accepted_at" TIMESTAMP WITH TIME ZONE, "meeting_id" uuid,
    CONSTRAINT "assignment_pair_once" UNIQUE ("assignment_id", "enterprise_person_id", "institute_person_id"),
    CONSTRAINT "assignment_pair_interest" CHECK ("interest" IN ('none', 'left', 'right', 'both')),
    CONSTRAINT "PK_assignment_pair" PRIMARY KEY ("id"))`,
  `CREATE INDEX "assignment_pair_meeting" ON "assignment_pair" ("meeting_id") WHERE meeting_id IS NOT NULL`,
  `ALTER TABLE "assignment_setting" ADD CONSTRAINT "FK_0fdd69948d9fad4a8da7d1a1ece" FOREIGN KEY ("event_id")
    REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment" ADD CONSTRAINT "FK_14b9ff3e808b8b3f6f02bf18b4c" FOREIGN KEY ("event_id")
    REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment" ADD CONSTRAINT "FK_ddefd9a5b18262c39107841cef5" FOREIGN KEY ("created_by")
    REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment_pair" ADD CONSTRAINT "FK_32b6e2d738e8d030fb681879e9a" FOREIGN KEY ("assignment_id")
    REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment_pair" ADD CONSTRAINT "FK_4bcfd3f386e6954024a2a7d9c78" FOREIGN KEY ("enterprise_id")
    REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment_pair" ADD CONSTRAINT "FK_95ddad5a183f8915019803c14bd" FOREIGN KEY ("institute_id")
    REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment_pair" ADD CONSTRAINT "FK_b2f060ef0d22fa5f11f5ecebba2" FOREIGN KEY ("enterprise_person_id")
    REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment_pair" ADD CONSTRAINT "FK_ced04bb86d6638878e0783bd271" FOREIGN KEY ("institute_person_id")
    REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment_pair" ADD CONSTRAINT "FK_6f613816a575a40847da8c125cd" FOREIGN KEY ("match_id")
    REFERENCES "match"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment_pair" ADD CONSTRAINT "FK_0c2490f534cc3e6b56525109524" FOREIGN KEY ("need_id")
    REFERENCES "need"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment_pair" ADD CONSTRAINT "FK_07e14c85272ef9fea52fd8715f4" FOREIGN KEY ("capability_id")
    REFERENCES "capability"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "assignment_pair" ADD CONSTRAINT "FK_0bc3874d61c24161547e544f35a" FOREIGN KEY ("meeting_id")
    REFERENCES "meeting"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
];
