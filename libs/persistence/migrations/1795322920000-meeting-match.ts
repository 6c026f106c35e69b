import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two people who agreed on several matches sit down once: what else their meeting stands for. */
export class MeetingMatch1795322920000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "meeting_match"');
  }
}

const UP = [
  `CREATE TABLE "meeting_match" ("meeting_id" uuid NOT NULL, "match_id" uuid NOT NULL,
    CONSTRAINT "PK_meeting_match" PRIMARY KEY ("meeting_id", "match_id"))`,
  `CREATE INDEX "meeting_match_match" ON "meeting_match" ("match_id")`,
  `ALTER TABLE "meeting_match" ADD CONSTRAINT "FK_614f31fe641aeb480fe69670ea3" FOREIGN KEY ("meeting_id")
    REFERENCES "meeting"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_match" ADD CONSTRAINT "FK_95448bb7ef2485e7b33638a3c27" FOREIGN KEY ("match_id")
    REFERENCES "match"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];
