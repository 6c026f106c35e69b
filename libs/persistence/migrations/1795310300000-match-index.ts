import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the capability index of each worker needs: which capabilities changed in which transaction, and the statistics
 * that all of them score by.
 */
export class MatchIndex1795310300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "match_run" DROP COLUMN "statistics_version"');
    await runner.query('DROP TABLE "match_statistics"');
    await runner.query('DROP TRIGGER "indicator_changes_capability" ON "indicator"');
    await runner.query('DROP TRIGGER "capability_changed" ON "capability"');
    await runner.query('DROP FUNCTION note_capability_change');
    await runner.query('DROP TABLE "capability_change"');
  }
}

const up = [
  // No foreign key: the row of a deleted capability tells that it is gone.
  `CREATE TABLE "capability_change" ("capability_id" uuid NOT NULL, "changed_xid" bigint NOT NULL,
     CONSTRAINT "PK_3280b16221aa8d4f58d438fcaa3" PRIMARY KEY ("capability_id"))`,
  'CREATE INDEX "capability_change_xid" ON "capability_change" ("changed_xid")',
  `CREATE FUNCTION note_capability_change() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE changed uuid;
   BEGIN
     IF TG_TABLE_NAME = 'capability' THEN
       changed := coalesce(NEW.id, OLD.id);
     ELSE
       changed := coalesce(NEW.capability_id, OLD.capability_id);
     END IF;
     IF changed IS NOT NULL THEN
       INSERT INTO capability_change AS known (capability_id, changed_xid)
       VALUES (changed, pg_current_xact_id()::text::bigint)
       ON CONFLICT (capability_id) DO UPDATE SET changed_xid = excluded.changed_xid
         WHERE known.changed_xid <> excluded.changed_xid;
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER "capability_changed" AFTER INSERT OR UPDATE OR DELETE ON "capability"
     FOR EACH ROW EXECUTE FUNCTION note_capability_change()`,
  `CREATE TRIGGER "indicator_changes_capability" AFTER INSERT OR UPDATE OR DELETE ON "indicator"
     FOR EACH ROW EXECUTE FUNCTION note_capability_change()`,
  `CREATE TABLE "match_statistics" ("version" bigint NOT NULL, "documents" integer NOT NULL,
     "mean_lengths" double precision array NOT NULL, "terms" bytea NOT NULL, "taken_xid" bigint NOT NULL,
     "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
     CONSTRAINT "PK_8781d4860b6143aa208172330fa" PRIMARY KEY ("version"))`,
  'ALTER TABLE "match_run" ADD "statistics_version" bigint',
];
