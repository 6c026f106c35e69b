import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Texts are counted with the names of technical terms: what was counted without them is taken anew at the next start. */
async function forgetCounts(runner: QueryRunner): Promise<void> {
  await runner.query('DELETE FROM "match_corpus"');
  await runner.query('DELETE FROM "match_statistics"');
}

export class NamesOfTerms1795324150000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await forgetCounts(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await forgetCounts(runner);
  }
}
