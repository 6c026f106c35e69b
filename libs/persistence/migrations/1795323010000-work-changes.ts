import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An expert's works are part of what is matched: a change of them is a change of the record, whoever writes it. Once per
 * statement, however many works it writes; where the record itself was written in the same transaction, as people's edits
 * and imports do, its version has been counted already.
 */
export class WorkChanges1795323010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['written', 'moved', 'removed'])
      await runner.query(`DROP TRIGGER "work_${name}_changes_capability" ON "capability_work"`);
    await runner.query('DROP FUNCTION note_work_changes');
  }
}

const up = [
  // `xmin` holds the lower half of the transaction's number. Ids in order, so that two writers wait and do not block each other.
  `CREATE FUNCTION note_work_changes() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE changed uuid[];
   BEGIN
     SELECT array_agg(DISTINCT capability_id ORDER BY capability_id) INTO changed FROM touched;
     IF TG_OP = 'UPDATE' THEN
       SELECT array_agg(DISTINCT id ORDER BY id) INTO changed
       FROM (SELECT unnest(changed) AS id UNION SELECT capability_id FROM before) AS both_sides;
     END IF;
     IF changed IS NULL THEN RETURN NULL; END IF;
     PERFORM 1 FROM capability WHERE id = ANY(changed) ORDER BY id FOR UPDATE;
     UPDATE capability SET version = version + 1 WHERE id = ANY(changed)
       AND xmin::text::bigint <> pg_current_xact_id()::text::bigint % 4294967296;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER "work_written_changes_capability" AFTER INSERT ON "capability_work"
     REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_work_changes()`,
  `CREATE TRIGGER "work_moved_changes_capability" AFTER UPDATE ON "capability_work"
     REFERENCING NEW TABLE AS touched OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION note_work_changes()`,
  `CREATE TRIGGER "work_removed_changes_capability" AFTER DELETE ON "capability_work"
     REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_work_changes()`,
];
