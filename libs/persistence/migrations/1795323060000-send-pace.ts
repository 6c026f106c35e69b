import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often providers and robots are spoken to is kept for all processes together, and beyond a restart. */
export class SendPace1795323060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "send_pace" (
      "key" text NOT NULL,
      "next_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "paused_until" TIMESTAMP WITH TIME ZONE,
      CONSTRAINT "PK_send_pace" PRIMARY KEY ("key"))`);
    await runner.query('ALTER TABLE "notification" ADD "slot_at" TIMESTAMP WITH TIME ZONE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "notification" DROP "slot_at"');
    await runner.query('DROP TABLE "send_pace"');
  }
}
