import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of an event with many guests the first are told in the transaction that changes it, the others afterwards. */
export class InvitationBacklog1795323030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "invitation_backlog" (
      "event_id" uuid NOT NULL,
      "stage" text NOT NULL,
      "after_id" uuid,
      "due_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      CONSTRAINT "invitation_backlog_stage" CHECK (stage IN ('event', 'meetings')),
      CONSTRAINT "PK_768d05b0e4c07f2fdbd3fbbe4a6" PRIMARY KEY ("event_id"))`);
    await runner.query(`ALTER TABLE "invitation_backlog" ADD CONSTRAINT "FK_768d05b0e4c07f2fdbd3fbbe4a6" FOREIGN KEY ("event_id")
      REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE NO ACTION`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "invitation_backlog"');
  }
}
