import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What learned ranking reads of the whole market beside the statistics of terms; all workers read the same. */
export class MatchCorpus1795310800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "match_corpus" ("statistics_version" bigint NOT NULL, "need_counts" jsonb NOT NULL,
         "semantic" bytea NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(),
         CONSTRAINT "PK_81b609fabe6123eaba3ed4ccda8" PRIMARY KEY ("statistics_version"))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "match_corpus"');
  }
}
