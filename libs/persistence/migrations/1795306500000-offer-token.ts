import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links of an offer carry a token of their own, so that a later offer makes them void. */
export class OfferToken1795306500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "registration" ADD "offer_token_hash" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "registration" DROP COLUMN "offer_token_hash"');
  }
}
