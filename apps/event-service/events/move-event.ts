import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import { AgendaSessionEntity } from '#libs/persistence/entities/event.entity.js';
import { brokenConstraint } from '#libs/platform/database/transactions.js';
import { checkRoomsFree } from './event-checks.js';
import { findOrCreateRooms } from './event-steps.js';

const MOVED_WITH_EVENT = [
  "UPDATE meeting SET starts_at = starts_at + $2::interval, ends_at = ends_at + $2::interval WHERE event_id = $1 AND status = 'scheduled'",
  "UPDATE meeting_seat s SET starts_at = s.starts_at + $2::interval, ends_at = s.ends_at + $2::interval FROM meeting m WHERE m.id = s.meeting_id AND m.event_id = $1 AND m.status = 'scheduled'",
  'UPDATE placement p SET starts_at = p.starts_at + $2::interval, ends_at = p.ends_at + $2::interval FROM timetable t WHERE t.id = p.timetable_id AND t.event_id = $1',
  'UPDATE placement_seat p SET starts_at = p.starts_at + $2::interval, ends_at = p.ends_at + $2::interval FROM timetable t WHERE t.id = p.timetable_id AND t.event_id = $1',
];

/** Moves an event's sessions, scheduled meetings and timetables by `milliseconds`. Throws when a room or person is not free. */
export async function moveAgendaAndMeetings(
  manager: EntityManager,
  eventId: string,
  milliseconds: number,
): Promise<void> {
  const by = `${milliseconds} milliseconds`;
  const freed: [{ id: string }[], number] = await manager.query(
    'UPDATE agenda_session SET holds_room = false WHERE event_id = $1 AND holds_room RETURNING id',
    [eventId],
  );
  await manager.query(
    'UPDATE agenda_session SET starts_at = starts_at + $2::interval, ends_at = ends_at + $2::interval WHERE event_id = $1',
    [eventId, by],
  );
  await holdRooms(manager, eventId, freed[0].length > 0);
  try {
    for (const statement of MOVED_WITH_EVENT) await manager.query(statement, [eventId, by]);
    await manager.query('SET CONSTRAINTS ALL IMMEDIATE');
  } catch (error) {
    if (brokenConstraint(error) === 'meeting_seat_person_once') throw new AppError('event.meetings-clash');
    throw error;
  }
  await manager.query('SET CONSTRAINTS ALL DEFERRED');
}

/** Gives sessions and tables rooms of the same names at the event's new venue; without a venue they have none. */
export async function moveToVenue(
  manager: EntityManager,
  eventId: string,
  venueId: string | null,
  holds: boolean,
): Promise<void> {
  const used: { name: string }[] = await manager.query(
    `SELECT DISTINCT r.name FROM room r
     WHERE r.id IN (SELECT room_id FROM agenda_session WHERE event_id = $1
                    UNION ALL SELECT room_id FROM meeting_table WHERE event_id = $1)`,
    [eventId],
  );
  if (venueId !== null) {
    await findOrCreateRooms(
      manager,
      venueId,
      used.map((room) => room.name),
    );
  }
  await manager.query('UPDATE agenda_session SET holds_room = false WHERE event_id = $1', [eventId]);
  for (const table of ['agenda_session', 'meeting_table']) {
    await manager.query(
      `UPDATE ${table} t SET room_id = (SELECT n.id FROM room o JOIN room n ON n.name = o.name AND n.venue_id = $2
                                        WHERE o.id = t.room_id)
       WHERE event_id = $1 AND room_id IS NOT NULL`,
      [eventId, venueId],
    );
  }
  await holdRooms(manager, eventId, holds);
}

/** Lets the sessions of an event keep their rooms, or give them free. Throws `event.room-taken`. */
export async function holdRooms(manager: EntityManager, eventId: string, holds: boolean): Promise<void> {
  if (holds) {
    const sessions = await manager.find(AgendaSessionEntity, {
      where: { eventId },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
    await checkRoomsFree(manager, sessions, eventId);
  }
  await manager.query('UPDATE agenda_session SET holds_room = $2 WHERE event_id = $1', [eventId, holds]);
}
