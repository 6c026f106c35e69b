import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes of drafts by hand, so that they can be taken back. */
export class BoardChanges1795311300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "board_change"');
  }
}

const UP = [
  `CREATE TABLE "board_change" ("id" uuid NOT NULL DEFAULT uuidv7(), "timetable_id" uuid NOT NULL, "kind" text NOT NULL,
    "meeting_ids" uuid array NOT NULL, "before" jsonb NOT NULL, "after" jsonb NOT NULL, "created_by" uuid,
    "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "undone_at" TIMESTAMP WITH TIME ZONE,
    CONSTRAINT "board_change_kind" CHECK ("kind" IN ('move', 'swap', 'take-out')),
    CONSTRAINT "PK_board_change" PRIMARY KEY ("id"))`,
  `CREATE INDEX "board_change_last" ON "board_change" ("timetable_id", "id") WHERE undone_at IS NULL`,
  `ALTER TABLE "board_change" ADD CONSTRAINT "FK_5b2dc172e9194766d7129d376ac" FOREIGN KEY ("timetable_id")
    REFERENCES "timetable"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "board_change" ADD CONSTRAINT "FK_81ce94c18604f78ef248a30d163" FOREIGN KEY ("created_by")
    REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
];
