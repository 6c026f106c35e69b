import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Templates and cancelled events keep their agenda without keeping its rooms from others. */
export class AgendaHoldsRoom1795305900000 implements MigrationInterface {
  readonly name = 'AgendaHoldsRoom1795305900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agenda_session ADD COLUMN "holds_room" boolean NOT NULL DEFAULT true');
    await runner.query('ALTER TABLE agenda_session DROP CONSTRAINT agenda_session_room_once');
    await runner.query(
      `ALTER TABLE agenda_session ADD CONSTRAINT "agenda_session_room_once" EXCLUDE
       USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (holds_room)`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Not undone: rooms kept free by it may be taken twice by now.');
  }
}
