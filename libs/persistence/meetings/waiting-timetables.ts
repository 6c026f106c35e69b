import type { EntityManager } from 'typeorm';

/**
 * Timetables that nobody works on: queued ones, and those whose worker died while computing. Whoever computes one holds
 * a lock on its row, which ends with the connection, so that no clock is needed to tell a slow worker from a dead one.
 */
export async function waitingTimetables(manager: EntityManager): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    "SELECT id FROM timetable WHERE status IN ('queued', 'computing') ORDER BY id FOR UPDATE SKIP LOCKED",
  );
  return rows.map((row) => row.id);
}
