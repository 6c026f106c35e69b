import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDICES = [
  ['meeting_of_match', '"meeting" ("match_id")'],
  ['meeting_of_need', '"meeting" ("need_id")'],
  ['deal_need', '"deal" ("need_id")'],
  ['deal_event', '"deal" ("event_id")'],
  ['calendar_object_person', '"calendar_object" ("person_id")'],
  ['calendar_object_of_meeting', '"calendar_object" ("meeting_id") WHERE meeting_id IS NOT NULL'],
] as const;

/**
 * What became of a need or a match, and what is in somebody's calendar, was looked for in all meetings, deals and
 * invitations: with ten thousands of them the funnel of the numbers took minutes.
 */
export class RowsOfMany1795323070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of INDICES) await runner.query(`CREATE INDEX "${name}" ON ${columns}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name] of INDICES) await runner.query(`DROP INDEX "${name}"`);
  }
}
