import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests for meetings, and freed slots that are offered to those who wait. */
export class MeetingRequests1795311310000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "slot_offer"');
    await runner.query('DROP TABLE "meeting_request"');
  }
}

const UP = [
  `CREATE TABLE "meeting_request" ("id" uuid NOT NULL DEFAULT uuidv7(), "event_id" uuid NOT NULL,
    "from_person_id" uuid NOT NULL, "from_organisation_id" uuid NOT NULL, "to_person_id" uuid NOT NULL,
    "to_organisation_id" uuid NOT NULL, "status" text NOT NULL DEFAULT 'open', "last_word_by" text NOT NULL DEFAULT 'from',
    "starts_at" TIMESTAMP WITH TIME ZONE, "ends_at" TIMESTAMP WITH TIME ZONE, "message" text, "reason" text,
    "answer_by" TIMESTAMP WITH TIME ZONE NOT NULL, "answered_at" TIMESTAMP WITH TIME ZONE, "meeting_id" uuid,
    "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    CONSTRAINT "meeting_request_status" CHECK ("status" IN ('open', 'accepted', 'declined', 'withdrawn', 'expired')),
    CONSTRAINT "meeting_request_last_word" CHECK ("last_word_by" IN ('from', 'to')),
    CONSTRAINT "meeting_request_two_people" CHECK (from_person_id <> to_person_id),
    CONSTRAINT "meeting_request_time" CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
    CONSTRAINT "PK_meeting_request" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "meeting_request_open_once" ON "meeting_request" ("event_id", "from_person_id", "to_person_id")
    WHERE status = 'open'`,
  `CREATE INDEX "meeting_request_to" ON "meeting_request" ("to_person_id", "event_id")`,
  `CREATE INDEX "meeting_request_due" ON "meeting_request" ("answer_by") WHERE status = 'open'`,
  `CREATE TABLE "slot_offer" ("id" uuid NOT NULL DEFAULT uuidv7(), "event_id" uuid NOT NULL, "freed_id" uuid NOT NULL,
    "meeting_id" uuid NOT NULL, "status" text NOT NULL DEFAULT 'open', "enterprise_accepted" boolean NOT NULL DEFAULT false,
    "institute_accepted" boolean NOT NULL DEFAULT false, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL,
    "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    CONSTRAINT "slot_offer_once" UNIQUE ("freed_id", "meeting_id"),
    CONSTRAINT "slot_offer_status" CHECK ("status" IN ('open', 'taken', 'declined', 'expired', 'withdrawn')),
    CONSTRAINT "PK_slot_offer" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "slot_offer_open_once" ON "slot_offer" ("freed_id") WHERE status IN ('open', 'taken')`,
  `CREATE INDEX "slot_offer_meeting" ON "slot_offer" ("meeting_id")`,
  `CREATE INDEX "slot_offer_due" ON "slot_offer" ("expires_at") WHERE status = 'open'`,
  `ALTER TABLE "meeting_request" ADD CONSTRAINT "FK_f1d32b52e45d425dc6d1be0228c" FOREIGN KEY ("event_id")
    REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_request" ADD CONSTRAINT "FK_b6aa4c7ed88ed84545757496af7" FOREIGN KEY ("from_person_id")
    REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_request" ADD CONSTRAINT "FK_b7b3f954a4cd3106d2fd4dda5a2" FOREIGN KEY ("from_organisation_id")
    REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_request" ADD CONSTRAINT "FK_e7d85c3d317d4fe8b0b7d529ffc" FOREIGN KEY ("to_person_id")
    REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_request" ADD CONSTRAINT "FK_44204764ebaeff609a9bf851e61" FOREIGN KEY ("to_organisation_id")
    REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "meeting_request" ADD CONSTRAINT "FK_9a29cd9c6b9bec7a5d5bb06f5f0" FOREIGN KEY ("meeting_id")
    REFERENCES "meeting"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `ALTER TABLE "slot_offer" ADD CONSTRAINT "FK_8b0e98418d04faf6bdcf82f2fdb" FOREIGN KEY ("event_id")
    REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "slot_offer" ADD CONSTRAINT "FK_b9751a65ba16fad017a784dc603" FOREIGN KEY ("freed_id")
    REFERENCES "meeting"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
  `ALTER TABLE "slot_offer" ADD CONSTRAINT "FK_0a777adc103d973609f046ca2cc" FOREIGN KEY ("meeting_id")
    REFERENCES "meeting"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
];
