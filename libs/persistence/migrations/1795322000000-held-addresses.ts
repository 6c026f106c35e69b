import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses that mail is held back from, and the failures they are found by. */
export class HeldAddresses1795322000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE "held_address" ("id" uuid NOT NULL DEFAULT uuidv7(), "address" text NOT NULL,
    "held_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "failures" integer NOT NULL,
    "diagnostic" text NOT NULL DEFAULT '', "lifted_at" TIMESTAMP WITH TIME ZONE, "lifted_by" uuid,
    CONSTRAINT "held_address_once" UNIQUE ("address"), CONSTRAINT "PK_held_address" PRIMARY KEY ("id"))`,
  `ALTER TABLE "held_address" ADD CONSTRAINT "FK_37b5d4e3dbd4f74218412591b7e" FOREIGN KEY ("lifted_by")
    REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
  `CREATE INDEX "notification_failed" ON "notification" ("next_attempt_at") WHERE status = 'failed'`,
];

const DOWN = [`DROP INDEX "notification_failed"`, `DROP TABLE "held_address"`];
