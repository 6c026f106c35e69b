import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHANNELS = ['mail', 'sms', 'wecom-app', 'wecom-robot', 'dingtalk-robot', 'feishu-robot'];
const known = (channels: readonly string[]): string =>
  `CHECK ("channel" IN (${channels.map((channel) => `'${channel}'`).join(', ')}))`;

/**
 * Mails are seen in the web application themselves, not as copies; and they are brought to other places by the
 * notification service, after the commit that wrote them.
 */
export class SpreadLater1795311320000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE "notification_unspread" ("notification_id" uuid NOT NULL,
    CONSTRAINT "PK_notification_unspread" PRIMARY KEY ("notification_id"))`,
  `ALTER TABLE "notification_unspread" ADD CONSTRAINT "FK_04a14467f2a3b0059f99e7290a4" FOREIGN KEY ("notification_id")
    REFERENCES "notification"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "notification" ADD "in_app" boolean NOT NULL DEFAULT false`,
  `UPDATE "notification" mail SET "in_app" = true, "read_at" = copy."read_at" FROM "notification" copy
    WHERE copy."channel" = 'in-app' AND copy."dedupe_key" = 'in-app:' || mail."dedupe_key"`,
  `DELETE FROM "notification" WHERE "channel" = 'in-app'`,
  `ALTER TABLE "notification" DROP CONSTRAINT "notification_channel"`,
  `ALTER TABLE "notification" ADD CONSTRAINT "notification_channel" ${known(CHANNELS)}`,
  `DROP INDEX "notification_in_app"`,
  `DROP INDEX "notification_person"`,
  `CREATE INDEX "notification_person" ON "notification" ("person_id", "id")`,
];

const DOWN = [
  `DROP INDEX "notification_person"`,
  `CREATE INDEX "notification_person" ON "notification" ("person_id")`,
  `ALTER TABLE "notification" DROP CONSTRAINT "notification_channel"`,
  `ALTER TABLE "notification" ADD CONSTRAINT "notification_channel" ${known([...CHANNELS, 'in-app'])}`,
  `CREATE INDEX "notification_in_app" ON "notification" ("person_id", "id") WHERE channel = 'in-app'`,
  `ALTER TABLE "notification" DROP "in_app"`,
  `DROP TABLE "notification_unspread"`,
];
