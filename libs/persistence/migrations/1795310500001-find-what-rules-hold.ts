import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A match run finds the few capabilities that hard rules speak of without reading all others. */
export class FindWhatRulesHold1795310500001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, column, where] of INDICES)
      await runner.query(`CREATE INDEX "${name}" ON "capability" ("${column}") WHERE ${where}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name] of INDICES) await runner.query(`DROP INDEX "${name}"`);
  }
}

const INDICES = [
  ['capability_expiry', 'expires_at', 'expires_at IS NOT NULL'],
  ['capability_paused', 'matching_paused_at', 'matching_paused_at IS NOT NULL'],
  ['capability_limited', 'max_open_matches', 'max_open_matches IS NOT NULL'],
  ['capability_held_back', 'disclosure', "disclosure IN ('closed', 'directed')"],
] as const;
