import type { MigrationInterface, QueryRunner } from 'typeorm';

const KEY = 'FK_08fb8aa89b52de024ac45989d5b';
const refer = (onDelete: string) => `ALTER TABLE "notification" DROP CONSTRAINT "${KEY}",
  ADD CONSTRAINT "${KEY}" FOREIGN KEY ("endpoint_id") REFERENCES "channel_endpoint"("id") ON DELETE ${onDelete}`;

/** What a robot said stays in the delivery log when the robot is removed. */
export class RobotsLeaveHistory1795324120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(refer('SET NULL'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(refer('CASCADE'));
  }
}
