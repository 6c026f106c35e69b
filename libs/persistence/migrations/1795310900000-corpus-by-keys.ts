import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The stored semantic space names its terms by their keys now: spaces of words are built anew. */
export class CorpusByKeys1795310900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM "match_corpus"');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM "match_corpus"');
  }
}
