import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Slots are also offered before they begin: an offer says from when until when it is. */
export class OfferedSpan1795322940000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE "slot_offer" DROP CONSTRAINT "slot_offer_order", DROP COLUMN "starts_at", DROP COLUMN "ends_at"',
    );
  }
}

// Until now a slot was offered from the moment on until five minutes after the offer expires.
const UP = [
  `ALTER TABLE "slot_offer" ADD "starts_at" TIMESTAMP WITH TIME ZONE, ADD "ends_at" TIMESTAMP WITH TIME ZONE`,
  `UPDATE "slot_offer" SET starts_at = created_at, ends_at = expires_at + interval '5 minutes'`,
  `ALTER TABLE "slot_offer" ALTER "starts_at" SET NOT NULL, ALTER "ends_at" SET NOT NULL`,
  `ALTER TABLE "slot_offer" ADD CONSTRAINT "slot_offer_order" CHECK (ends_at > starts_at)`,
];
