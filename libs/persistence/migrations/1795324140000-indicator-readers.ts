import type { MigrationInterface, QueryRunner } from 'typeorm';

const TRIGGER = (
  events: string,
) => `CREATE TRIGGER "indicator_changes_capability" AFTER ${events} ON "indicator"
  FOR EACH ROW EXECUTE FUNCTION note_capability_change()`;

/**
 * By which reader an indicator was made of its words; 0 for all that are stored, since nobody noted it. A capability has
 * not changed when only that is noted.
 */
export class IndicatorReaders1795324140000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "indicator" ADD "reader_version" integer DEFAULT 0');
    await runner.query('ALTER TABLE "indicator" ALTER COLUMN "reader_version" DROP DEFAULT');
    await runner.query('DROP TRIGGER "indicator_changes_capability" ON "indicator"');
    await runner.query(
      TRIGGER(
        'INSERT OR DELETE OR UPDATE OF "capability_id", "position", "name", "comparator", "value", "value_high", "unit", "raw"',
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER "indicator_changes_capability" ON "indicator"');
    await runner.query(TRIGGER('INSERT OR UPDATE OR DELETE'));
    await runner.query('ALTER TABLE "indicator" DROP COLUMN "reader_version"');
  }
}
