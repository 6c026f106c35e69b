import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails that come in, what attendees said, what was reported about mails of ours, and personal calendar addresses. */
export class InboundMail1795311100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}

const up = [
  `CREATE TABLE "calendar_answer" ("id" uuid NOT NULL DEFAULT uuidv7(), "calendar_object_id" uuid NOT NULL, "instance" TIMESTAMP WITH TIME ZONE, "answer" text NOT NULL, "comment" text NOT NULL DEFAULT '', "channel" text NOT NULL, "sequence" integer NOT NULL, "stated_at" TIMESTAMP WITH TIME ZONE NOT NULL, "inbound_mail_id" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "calendar_answer_known" CHECK ("answer" IN ('ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED')), CONSTRAINT "calendar_answer_channel" CHECK ("channel" IN ('mail', 'web')), CONSTRAINT "PK_620cd83d38c12454b86ebeb7dda" PRIMARY KEY ("id"))`,
  'CREATE INDEX "calendar_answer_object" ON "calendar_answer" ("calendar_object_id", "stated_at")',
  'CREATE TABLE "calendar_feed" ("id" uuid NOT NULL DEFAULT uuidv7(), "person_id" uuid NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "revoked_at" TIMESTAMP WITH TIME ZONE, "last_read_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_24c0b9c80e4a4ac8752d854bc2e" PRIMARY KEY ("id"))',
  'CREATE INDEX "calendar_feed_person" ON "calendar_feed" ("person_id")',
  `CREATE TABLE "calendar_proposal" ("id" uuid NOT NULL DEFAULT uuidv7(), "calendar_object_id" uuid NOT NULL, "instance" TIMESTAMP WITH TIME ZONE, "starts_at" TIMESTAMP WITH TIME ZONE NOT NULL, "ends_at" TIMESTAMP WITH TIME ZONE NOT NULL, "comment" text NOT NULL DEFAULT '', "sequence" integer NOT NULL, "stated_at" TIMESTAMP WITH TIME ZONE NOT NULL, "status" text NOT NULL DEFAULT 'open', "inbound_mail_id" uuid, "decided_by" uuid, "decided_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "calendar_proposal_order" CHECK (ends_at > starts_at), CONSTRAINT "calendar_proposal_status" CHECK ("status" IN ('open', 'accepted', 'declined')), CONSTRAINT "PK_e173f3bea766960a32cbfd5238f" PRIMARY KEY ("id"))`,
  'CREATE INDEX "calendar_proposal_object" ON "calendar_proposal" ("calendar_object_id")',
  `CREATE TABLE "delivery_report" ("id" uuid NOT NULL DEFAULT uuidv7(), "inbound_mail_id" uuid NOT NULL, "kind" text NOT NULL, "recipient" text NOT NULL, "status" text NOT NULL DEFAULT '', "bounce_class" text, "permanent" boolean NOT NULL DEFAULT false, "diagnostic" text NOT NULL DEFAULT '', "guessed" boolean NOT NULL DEFAULT false, "notification_id" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "delivery_report_kind" CHECK ("kind" IN ('bounce', 'delay', 'complaint')), CONSTRAINT "delivery_report_class" CHECK ("bounce_class" IN ('address', 'mailbox-full', 'throttle', 'policy', 'transient', 'unknown')), CONSTRAINT "PK_b2d66dfbdc9c25f254299b3223c" PRIMARY KEY ("id"))`,
  'CREATE INDEX "delivery_report_recipient" ON "delivery_report" ("recipient", "created_at")',
  'CREATE INDEX "delivery_report_notification" ON "delivery_report" ("notification_id")',
  `CREATE TABLE "inbound_mail" ("id" uuid NOT NULL DEFAULT uuidv7(), "source" text NOT NULL, "envelope_from" text, "recipients" text array NOT NULL DEFAULT '{}', "authenticated_sender" text, "digest" text NOT NULL, "raw" bytea, "size" integer NOT NULL, "received_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "status" text NOT NULL DEFAULT 'received', "attempts" integer NOT NULL DEFAULT '0', "message_id" text, "from_address" text, "from_name" text, "subject" text, "outcome" text, "reason" text, "detail" jsonb NOT NULL DEFAULT '{}', "event_id" uuid, "calendar_object_id" uuid, "decided_at" TIMESTAMP WITH TIME ZONE, "settlement" text, "settled_by" uuid, "settled_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "inbound_mail_once" UNIQUE ("digest"), CONSTRAINT "inbound_mail_source" CHECK ("source" IN ('smtp', 'lmtp', 'imap', 'http')), CONSTRAINT "inbound_mail_status" CHECK ("status" IN ('received', 'done', 'failed')), CONSTRAINT "inbound_mail_outcome" CHECK ("outcome" IN ('apply', 'ignore', 'quarantine', 'proposal', 'refresh', 'bounce', 'delay', 'complaint', 'forward')), CONSTRAINT "inbound_mail_settlement" CHECK ("settlement" IN ('applied', 'dismissed')), CONSTRAINT "PK_c62005f78beefdeb664ce36105d" PRIMARY KEY ("id"))`,
  `CREATE INDEX "inbound_mail_waiting" ON "inbound_mail" ("received_at") WHERE status = 'received'`,
  'CREATE INDEX "inbound_mail_by_outcome" ON "inbound_mail" ("outcome", "received_at")',
  'CREATE INDEX "inbound_mail_event" ON "inbound_mail" ("event_id")',
  'ALTER TABLE "calendar_object" ADD "reply_key" uuid NOT NULL DEFAULT uuidv4()',
  'ALTER TABLE "calendar_object" ADD CONSTRAINT "calendar_object_reply_key" UNIQUE ("reply_key")',
  `ALTER TABLE "calendar_object" ADD "asked_sequence" integer NOT NULL DEFAULT '0'`,
  'ALTER TABLE "calendar_object" ADD "refreshed_at" TIMESTAMP WITH TIME ZONE',
  'ALTER TABLE "calendar_answer" ADD CONSTRAINT "FK_0338626eb255da1eb2dd5530b25" FOREIGN KEY ("calendar_object_id") REFERENCES "calendar_object"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
  'ALTER TABLE "calendar_answer" ADD CONSTRAINT "FK_d709496ec08eaa81052b34d47da" FOREIGN KEY ("inbound_mail_id") REFERENCES "inbound_mail"("id") ON DELETE SET NULL ON UPDATE NO ACTION',
  'ALTER TABLE "calendar_feed" ADD CONSTRAINT "FK_6f1e687ddc5e27d066c00af5478" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
  'ALTER TABLE "calendar_proposal" ADD CONSTRAINT "FK_a5fd8042471485f14229353cf12" FOREIGN KEY ("calendar_object_id") REFERENCES "calendar_object"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
  'ALTER TABLE "calendar_proposal" ADD CONSTRAINT "FK_75856af8032f5ff1704d42ba87e" FOREIGN KEY ("inbound_mail_id") REFERENCES "inbound_mail"("id") ON DELETE SET NULL ON UPDATE NO ACTION',
  'ALTER TABLE "calendar_proposal" ADD CONSTRAINT "FK_cbbecc25805773520ac82b7fbe4" FOREIGN KEY ("decided_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION',
  'ALTER TABLE "delivery_report" ADD CONSTRAINT "FK_cee5ea1d4b5e3150dc83e31086f" FOREIGN KEY ("inbound_mail_id") REFERENCES "inbound_mail"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
  'ALTER TABLE "delivery_report" ADD CONSTRAINT "FK_8a65d3236ced5b6766784fd2ebc" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE SET NULL ON UPDATE NO ACTION',
  'ALTER TABLE "inbound_mail" ADD CONSTRAINT "FK_dc2219f9dd10e52b143ca0446aa" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE SET NULL ON UPDATE NO ACTION',
  'ALTER TABLE "inbound_mail" ADD CONSTRAINT "FK_f808fa92f3a1b5203603972511d" FOREIGN KEY ("calendar_object_id") REFERENCES "calendar_object"("id") ON DELETE SET NULL ON UPDATE NO ACTION',
  'ALTER TABLE "inbound_mail" ADD CONSTRAINT "FK_93c5b43e9e4c591ee372031dc2e" FOREIGN KEY ("settled_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION',
];

const down = [
  'DROP TABLE "calendar_feed"',
  'DROP TABLE "delivery_report"',
  'DROP TABLE "calendar_proposal"',
  'DROP TABLE "calendar_answer"',
  'DROP TABLE "inbound_mail"',
  'ALTER TABLE "calendar_object" DROP COLUMN "refreshed_at", DROP COLUMN "asked_sequence", DROP COLUMN "reply_key"',
];
