import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/domain/access/actor.js';
import { canSeeOnlineRoom } from '#libs/domain/access/event-access.js';

/** The address of an event's online room when the actor may see it, exactly as the event's page shows it. */
export async function onlineRoomFor(
  manager: EntityManager,
  actor: Actor | null,
  eventId: string,
): Promise<string | null> {
  if (actor === null) return null;
  const [row] = await manager.query<{ onlineUrl: string | null; confirmed: boolean }[]>(
    `SELECT e.online_url AS "onlineUrl", EXISTS (SELECT FROM registration r
       WHERE r.event_id = e.id AND r.person_id = $2 AND r.status = 'confirmed') AS confirmed
     FROM event e WHERE e.id = $1`,
    [eventId, actor.personId],
  );
  if (row === undefined) return null;
  return canSeeOnlineRoom(actor, row.confirmed ? 'confirmed' : null) ? row.onlineUrl : null;
}
