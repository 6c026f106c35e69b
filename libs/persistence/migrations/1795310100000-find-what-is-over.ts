import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sweep finds needs and registrations whose time is over without reading all others. */
export class FindWhatIsOver1795310100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX "need_expiry" ON "need" ("expires_at") WHERE status = 'published'`);
    await runner.query(
      `CREATE INDEX "registration_undecided" ON "registration" ("event_id") WHERE status IN ('pending', 'waitlisted', 'offered')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "registration_undecided"');
    await runner.query('DROP INDEX "need_expiry"');
  }
}
