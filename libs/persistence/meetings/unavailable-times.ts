import type { EntityManager } from 'typeorm';
import type { Interval } from '#libs/domain/time/interval.js';

interface SpanRow {
  personId: string;
  startsAt: Date;
  endsAt: Date;
}

/**
 * When people can have no meeting at an event: their absences there, their talks anywhere, and their published meetings
 * at other events; by person id, epoch milliseconds. People without any are left out.
 */
export async function unavailableTimes(
  manager: EntityManager,
  eventId: string,
  personIds: readonly string[],
): Promise<Map<string, Interval[]>> {
  const rows = await manager.query<SpanRow[]>(
    `SELECT person_id AS "personId", starts_at AS "startsAt", ends_at AS "endsAt" FROM (
       SELECT person_id, starts_at, ends_at FROM absence WHERE event_id = $1 AND person_id = ANY($2)
       UNION ALL
       SELECT s.person_id, a.starts_at, a.ends_at FROM speaker s
       JOIN agenda_session a ON a.id = s.session_id JOIN event e ON e.id = a.event_id
       WHERE s.person_id = ANY($2) AND e.state <> 'cancelled' AND NOT e.is_template
         AND (e.id = $1 OR e.state <> 'draft')
       UNION ALL
       SELECT s.person_id, s.starts_at, s.ends_at FROM meeting_seat s JOIN meeting m ON m.id = s.meeting_id
       WHERE s.person_id = ANY($2) AND m.event_id <> $1
     ) busy ORDER BY person_id, starts_at, ends_at`,
    [eventId, personIds],
  );
  const spans = new Map<string, Interval[]>();
  for (const { personId, startsAt, endsAt } of rows) {
    const list = spans.get(personId) ?? [];
    list.push({ start: startsAt.getTime(), end: endsAt.getTime() });
    spans.set(personId, list);
  }
  return spans;
}
