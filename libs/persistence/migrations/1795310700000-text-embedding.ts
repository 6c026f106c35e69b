import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Vectors of needs and capabilities by embedding models, and why a model trained by itself was not put to use. */
export class TextEmbedding1795310700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "embedding_model" ("id" uuid NOT NULL DEFAULT uuidv7(), "model" text NOT NULL, "dimensions" integer,
         "failures" integer NOT NULL DEFAULT '0', "last_error" text, "failed_at" TIMESTAMP WITH TIME ZONE,
         "next_attempt_at" TIMESTAMP WITH TIME ZONE, "matched_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
         "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
         CONSTRAINT "embedding_model_name" UNIQUE ("model"),
         CONSTRAINT "PK_1e825562514eb6e1e8f24b01390" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "text_embedding" ("kind" text NOT NULL, "record_id" uuid NOT NULL, "model" text NOT NULL,
         "version" integer NOT NULL, "text_hash" text NOT NULL, "dimensions" integer NOT NULL, "vector" bytea NOT NULL,
         "embedded_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
         CONSTRAINT "text_embedding_kind" CHECK ("kind" IN ('need', 'capability')),
         CONSTRAINT "text_embedding_width" CHECK (octet_length(vector) = 2 * dimensions),
         CONSTRAINT "PK_e6c618ac00d1c66e131aa957feb" PRIMARY KEY ("kind", "record_id", "model"))`,
    );
    // Vectors are noise to a compressor.
    await runner.query('ALTER TABLE "text_embedding" ALTER COLUMN "vector" SET STORAGE EXTERNAL');
    await runner.query('CREATE INDEX "text_embedding_model" ON "text_embedding" ("model", "embedded_at")');
    await runner.query('ALTER TABLE "match_model" ADD "kept_back" text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "match_model" DROP COLUMN "kept_back"');
    await runner.query('DROP TABLE "text_embedding", "embedding_model"');
  }
}
