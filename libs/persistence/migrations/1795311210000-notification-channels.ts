import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHANNELS = `'mail', 'in-app', 'sms', 'wecom-app', 'wecom-robot', 'dingtalk-robot', 'feishu-robot'`;

/** Channels beside mail, what people choose, reminders, templates of programmes, and outgoing webhooks. */
export class NotificationChannels1795311210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE "channel_endpoint" ("id" uuid NOT NULL DEFAULT uuidv7(), "organisation_id" uuid, "kind" text NOT NULL,
    "name" text NOT NULL, "address" text NOT NULL, "secret" text, "topics" text array NOT NULL DEFAULT '{}',
    "locale" text NOT NULL DEFAULT 'zh-CN', "enabled" boolean NOT NULL DEFAULT false, "fault" text, "created_by" uuid,
    "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    CONSTRAINT "channel_endpoint_kind" CHECK ("kind" IN ('wecom-robot', 'dingtalk-robot', 'feishu-robot')),
    CONSTRAINT "channel_endpoint_locale" CHECK ("locale" IN ('zh-CN', 'en')),
    CONSTRAINT "PK_channel_endpoint" PRIMARY KEY ("id"))`,
  `CREATE INDEX "channel_endpoint_organisation" ON "channel_endpoint" ("organisation_id")`,
  `ALTER TABLE "channel_endpoint" ADD CONSTRAINT "FK_533961bd118b0fa3f1515988b6b" FOREIGN KEY ("organisation_id")
    REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "channel_endpoint" ADD CONSTRAINT "FK_96ebda3632da28456573a13b2ec" FOREIGN KEY ("created_by")
    REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "notification" ADD "endpoint_id" uuid, ADD "merges" boolean NOT NULL DEFAULT false,
    ADD "read_at" TIMESTAMP WITH TIME ZONE`,
  `ALTER TABLE "notification" DROP CONSTRAINT "notification_channel"`,
  `ALTER TABLE "notification" ADD CONSTRAINT "notification_channel" CHECK ("channel" IN (${CHANNELS}))`,
  `ALTER TABLE "notification" ADD CONSTRAINT "FK_08fb8aa89b52de024ac45989d5b" FOREIGN KEY ("endpoint_id")
    REFERENCES "channel_endpoint"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `CREATE INDEX "notification_in_app" ON "notification" ("person_id", "id") WHERE channel = 'in-app'`,
  `CREATE TABLE "notification_preference" ("person_id" uuid NOT NULL, "choices" jsonb NOT NULL DEFAULT '{}',
    "quiet_hours" boolean NOT NULL DEFAULT true, "quiet_from" integer NOT NULL DEFAULT '1320',
    "quiet_until" integer NOT NULL DEFAULT '480', "digest_at" integer NOT NULL DEFAULT '540', "wecom_user_id" text,
    "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    CONSTRAINT "notification_preference_times" CHECK (quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439
      AND digest_at BETWEEN 0 AND 1439),
    CONSTRAINT "PK_notification_preference" PRIMARY KEY ("person_id"))`,
  `ALTER TABLE "notification_preference" ADD CONSTRAINT "FK_8496cccd0c7dcf6889873bee9e1" FOREIGN KEY ("person_id")
    REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `CREATE TABLE "reminder_rule" ("id" uuid NOT NULL DEFAULT uuidv7(), "event_id" uuid NOT NULL, "anchor" text NOT NULL,
    "minutes" integer NOT NULL, "note" text, "created_by" uuid, "done_at" TIMESTAMP WITH TIME ZONE,
    "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    CONSTRAINT "reminder_rule_once" UNIQUE ("event_id", "anchor", "minutes"),
    CONSTRAINT "reminder_rule_anchor" CHECK ("anchor" IN ('start', 'end')),
    CONSTRAINT "reminder_rule_minutes" CHECK (minutes BETWEEN -43200 AND 43200),
    CONSTRAINT "PK_reminder_rule" PRIMARY KEY ("id"))`,
  `ALTER TABLE "reminder_rule" ADD CONSTRAINT "FK_2bfab9fd00f09b7562998c6a129" FOREIGN KEY ("event_id")
    REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "reminder_rule" ADD CONSTRAINT "FK_ee5ac83676db7bdc08b1d6e2e0c" FOREIGN KEY ("created_by")
    REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `CREATE TABLE "mail_template" ("id" uuid NOT NULL DEFAULT uuidv7(), "programme_id" uuid NOT NULL, "topic" text NOT NULL,
    "locale" text NOT NULL, "subject" text NOT NULL, "body" text NOT NULL, "updated_by" uuid,
    "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    CONSTRAINT "mail_template_once" UNIQUE ("programme_id", "topic", "locale"),
    CONSTRAINT "mail_template_locale" CHECK ("locale" IN ('zh-CN', 'en')),
    CONSTRAINT "PK_mail_template" PRIMARY KEY ("id"))`,
  `ALTER TABLE "mail_template" ADD CONSTRAINT "FK_b39eb5dc2c5e3e15093586b9739" FOREIGN KEY ("programme_id")
    REFERENCES "programme"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "mail_template" ADD CONSTRAINT "FK_1dec220198178287f698bcab2d5" FOREIGN KEY ("updated_by")
    REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `CREATE TABLE "sms_template" ("topic" text NOT NULL, "locale" text NOT NULL, "sign_name" text NOT NULL,
    "template_id" text NOT NULL, "variables" text array NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    CONSTRAINT "sms_template_locale" CHECK ("locale" IN ('zh-CN', 'en')),
    CONSTRAINT "PK_sms_template" PRIMARY KEY ("topic", "locale"))`,
  `CREATE TABLE "webhook" ("id" uuid NOT NULL DEFAULT uuidv7(), "organisation_id" uuid NOT NULL, "url" text NOT NULL,
    "topics" text array NOT NULL DEFAULT '{}', "secrets" jsonb NOT NULL DEFAULT '[]', "enabled" boolean NOT NULL DEFAULT false,
    "fault" text, "created_by" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    CONSTRAINT "PK_webhook" PRIMARY KEY ("id"))`,
  `CREATE INDEX "webhook_organisation" ON "webhook" ("organisation_id")`,
  `ALTER TABLE "webhook" ADD CONSTRAINT "FK_988d8b78200993e87305cf419c8" FOREIGN KEY ("organisation_id")
    REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "webhook" ADD CONSTRAINT "FK_e37b6a33161b3762b0bd9917ff9" FOREIGN KEY ("created_by")
    REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `CREATE TABLE "webhook_delivery" ("id" uuid NOT NULL DEFAULT uuidv7(), "webhook_id" uuid NOT NULL, "dedupe_key" text NOT NULL,
    "topic" text NOT NULL, "body" text NOT NULL, "status" text NOT NULL DEFAULT 'queued', "attempts" integer NOT NULL DEFAULT '0',
    "next_attempt_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "last_status" integer, "last_answer" text,
    "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "delivered_at" TIMESTAMP WITH TIME ZONE,
    CONSTRAINT "webhook_delivery_once" UNIQUE ("webhook_id", "dedupe_key"),
    CONSTRAINT "webhook_delivery_status" CHECK ("status" IN ('queued', 'sending', 'sent', 'failed')),
    CONSTRAINT "PK_webhook_delivery" PRIMARY KEY ("id"))`,
  `CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery" ("next_attempt_at", "id")
    WHERE status IN ('queued', 'sending')`,
  `ALTER TABLE "webhook_delivery" ADD CONSTRAINT "FK_ef25cc28dcf88ea3dd81f39af2d" FOREIGN KEY ("webhook_id")
    REFERENCES "webhook"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `CREATE TABLE "webhook_attempt" ("delivery_id" uuid NOT NULL, "attempt_no" integer NOT NULL,
    "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "status" integer, "answer" text, "duration_ms" integer,
    CONSTRAINT "PK_webhook_attempt" PRIMARY KEY ("delivery_id", "attempt_no"))`,
  `ALTER TABLE "webhook_attempt" ADD CONSTRAINT "FK_d7ed48c4841159bfd6bdee166ea" FOREIGN KEY ("delivery_id")
    REFERENCES "webhook_delivery"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];

const DOWN = [
  ...['webhook_attempt', 'webhook_delivery', 'webhook', 'sms_template', 'mail_template', 'reminder_rule'].map(
    (table) => `DROP TABLE "${table}"`,
  ),
  'DROP TABLE "notification_preference"',
  `DELETE FROM "notification" WHERE channel <> 'mail'`,
  'DROP INDEX "notification_in_app"',
  `ALTER TABLE "notification" DROP COLUMN "endpoint_id", DROP COLUMN "merges", DROP COLUMN "read_at",
    DROP CONSTRAINT "notification_channel"`,
  `ALTER TABLE "notification" ADD CONSTRAINT "notification_channel" CHECK ("channel" IN ('mail'))`,
  'DROP TABLE "channel_endpoint"',
];
