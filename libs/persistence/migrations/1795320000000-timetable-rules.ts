import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What timetables have to respect beyond people and slots: lengths, more people in a meeting, features and homes of
 * tables, the time it takes to change the room, and how many meetings somebody should have.
 */
export class TimetableRules1795320000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `ALTER TABLE "event" ADD "room_change_minutes" integer NOT NULL DEFAULT 0`,
  `ALTER TABLE "event" ADD CONSTRAINT "event_room_change" CHECK (room_change_minutes BETWEEN 0 AND 240)`,
  `ALTER TABLE "meeting_table" ADD "features" text array NOT NULL DEFAULT '{}'`,
  `ALTER TABLE "meeting_table" ADD "home_organisation_id" uuid`,
  `ALTER TABLE "meeting_table" ADD CONSTRAINT "meeting_table_features"
    CHECK (features <@ ARRAY['screen', 'quiet']::text[])`,
  `ALTER TABLE "meeting_table" ADD CONSTRAINT "FK_90c2d97a62d3fc61b30d6619ac7" FOREIGN KEY ("home_organisation_id")
    REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting" ADD "length" integer NOT NULL DEFAULT 1`,
  `ALTER TABLE "meeting" ADD "features" text array NOT NULL DEFAULT '{}'`,
  `ALTER TABLE "meeting" ADD "wish" text NOT NULL DEFAULT 'like'`,
  `ALTER TABLE "meeting" ADD CONSTRAINT "meeting_length" CHECK (length BETWEEN 1 AND 12)`,
  `ALTER TABLE "meeting" ADD CONSTRAINT "meeting_features" CHECK (features <@ ARRAY['screen', 'quiet']::text[])`,
  `ALTER TABLE "meeting" ADD CONSTRAINT "meeting_wish" CHECK ("wish" IN ('must', 'like'))`,
  `CREATE TABLE "meeting_guest" ("meeting_id" uuid NOT NULL, "person_id" uuid NOT NULL, "organisation_id" uuid NOT NULL,
    CONSTRAINT "PK_meeting_guest" PRIMARY KEY ("meeting_id", "person_id"))`,
  `CREATE INDEX "meeting_guest_person" ON "meeting_guest" ("person_id")`,
  `ALTER TABLE "meeting_guest" ADD CONSTRAINT "FK_47d5bbc84937854bea19f78ddc3" FOREIGN KEY ("meeting_id")
    REFERENCES "meeting"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_guest" ADD CONSTRAINT "FK_242528e54a3bf47d61d764d61f8" FOREIGN KEY ("person_id")
    REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_guest" ADD CONSTRAINT "FK_f0d4b0fbe954066a4ad0654089c" FOREIGN KEY ("organisation_id")
    REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE NO ACTION`,
  `CREATE TABLE "meeting_limit" ("id" uuid NOT NULL DEFAULT uuidv7(), "event_id" uuid NOT NULL, "person_id" uuid,
    "organisation_id" uuid, "organisation_kind" text, "min_meetings" integer, "max_meetings" integer,
    CONSTRAINT "meeting_limit_person" UNIQUE ("event_id", "person_id"),
    CONSTRAINT "meeting_limit_organisation" UNIQUE ("event_id", "organisation_id"),
    CONSTRAINT "meeting_limit_kind" UNIQUE ("event_id", "organisation_kind"),
    CONSTRAINT "meeting_limit_of_one" CHECK (num_nonnulls(person_id, organisation_id, organisation_kind) = 1),
    CONSTRAINT "meeting_limit_order" CHECK (num_nonnulls(min_meetings, max_meetings) > 0 AND min_meetings >= 0
      AND max_meetings >= 0 AND min_meetings <= max_meetings),
    CONSTRAINT "PK_meeting_limit" PRIMARY KEY ("id"))`,
  `ALTER TABLE "meeting_limit" ADD CONSTRAINT "FK_b1dc56cf6aa01b45bd4a7385ad7" FOREIGN KEY ("event_id")
    REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_limit" ADD CONSTRAINT "FK_b614f71a9bc807448a59efc30aa" FOREIGN KEY ("person_id")
    REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_limit" ADD CONSTRAINT "FK_bf515ff1de66a1dbead89722d8f" FOREIGN KEY ("organisation_id")
    REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];

const DOWN = [
  `DROP TABLE "meeting_limit"`,
  `DROP TABLE "meeting_guest"`,
  `ALTER TABLE "meeting" DROP COLUMN "wish"`,
  `ALTER TABLE "meeting" DROP COLUMN "features"`,
  `ALTER TABLE "meeting" DROP COLUMN "length"`,
  `ALTER TABLE "meeting_table" DROP COLUMN "home_organisation_id"`,
  `ALTER TABLE "meeting_table" DROP COLUMN "features"`,
  `ALTER TABLE "event" DROP COLUMN "room_change_minutes"`,
];
