import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signatures are looked up as soon as they are written, a batch after the other: what an index on arrays has not yet taken
 * in would be read through for every lookup.
 */
export class SignatureIndex1795323020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER INDEX "text_signature_bands" SET (fastupdate = off)');
    await runner.query(`SELECT gin_clean_pending_list('text_signature_bands')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER INDEX "text_signature_bands" RESET (fastupdate)');
  }
}
