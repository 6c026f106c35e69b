import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import { brokenLastingRules, type BrokenRule, type PublishRule } from '#libs/domain/event/publish-rules.js';
import { formatShanghaiSpan } from '#libs/domain/time/shanghai-time.js';
import type { Event } from '#libs/persistence/entities/event.entity.js';
import { countTables, ruleProblems } from './event-steps.js';

/** Rules that even a draft has to keep, because the rest of the platform relies on them. */
const ALWAYS: readonly PublishRule[] = ['ends-before-start'];

/** Refuses values that contradict each other. Throws `request.invalid` or `event.must-stay-ready`. */
export async function checkValues(
  manager: EntityManager,
  event: Event,
  change: { readonly before: Event | null; readonly now: Date },
): Promise<void> {
  const tables = event.id === '' ? 0 : await countTables(manager, event.id);
  const broken: BrokenRule[] = brokenLastingRules(event, tables);
  const reversed =
    event.slotsStartAt !== null && event.slotsEndAt !== null && event.slotsEndAt <= event.slotsStartAt;
  const always = broken.filter(
    ({ rule }) => ALWAYS.includes(rule) || (reversed && rule === 'slots-too-short'),
  );
  if (always.length > 0) throw new AppError('request.invalid', {}, ruleProblems(always));
  const { before } = change;
  if (before === null || !['published', 'registration_closed'].includes(event.state)) return;
  const moved = before.startsAt.getTime() !== event.startsAt.getTime();
  if (moved && event.startsAt <= change.now) broken.unshift({ field: 'startsAt', rule: 'starts-in-past' });
  if (broken.length === 0) return;
  throw new AppError('event.must-stay-ready', { count: broken.length }, ruleProblems(broken));
}

export function checkCapacity(event: Pick<Event, 'seatsTaken'>, capacity: number): void {
  if (capacity >= event.seatsTaken) return;
  throw new AppError('event.capacity-below-seats', { taken: event.seatsTaken, capacity }, [
    { field: 'capacity', message: 'below-seats' },
  ]);
}

/** Every session has to lie within the event. Throws `event.session-outside` naming the first that does not. */
export async function checkAgendaInside(manager: EntityManager, event: Event): Promise<void> {
  const [outside] = await manager.query<{ title: string }[]>(
    `SELECT title FROM agenda_session WHERE event_id = $1 AND (starts_at < $2 OR ends_at > $3)
     ORDER BY starts_at, id LIMIT 1`,
    [event.id, event.startsAt, event.endsAt],
  );
  if (outside !== undefined) throw new AppError('event.session-outside', { session: outside.title });
}

/** Scheduled meetings have to lie within the window of the slots. Throws `event.meetings-outside`. */
export async function checkMeetingsInside(manager: EntityManager, event: Event): Promise<void> {
  const [row] = await manager.query<[{ n: number }]>(
    `SELECT count(*)::int AS n FROM meeting
     WHERE event_id = $1 AND status = 'scheduled' AND NOT (starts_at >= $2 AND ends_at <= $3)`,
    [event.id, event.slotsStartAt ?? event.startsAt, event.slotsEndAt ?? event.endsAt],
  );
  if (row.n > 0) throw new AppError('event.meetings-outside', { count: row.n });
}

interface Clash {
  room: string;
  session: string;
  other: string;
  startsAt: Date;
  endsAt: Date;
}

/** Refuses sessions whose room is taken by another session at that time. Throws `event.room-taken` naming both. */
export async function checkRoomsFree(
  manager: EntityManager,
  sessions: readonly {
    readonly roomId: string | null;
    readonly startsAt: Date;
    readonly endsAt: Date;
    readonly title: string;
  }[],
  eventId: string,
): Promise<void> {
  const placed = sessions.filter((session) => session.roomId !== null);
  const [clash] = await manager.query<Clash[]>(
    `WITH wanted AS (
       SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[])
         WITH ORDINALITY AS w(room_id, starts_at, ends_at, title, n)),
     held AS (
       SELECT room_id, starts_at, ends_at, title, n AS n, NULL::text AS event FROM wanted
       UNION ALL
       SELECT s.room_id, s.starts_at, s.ends_at, s.title, 0, e.title
       FROM agenda_session s JOIN event e ON e.id = s.event_id
       WHERE s.holds_room AND s.event_id <> $5 AND s.room_id = ANY($1))
     SELECT r.name AS room, w.title AS session, concat_ws(' · ', h.event, h.title) AS other,
            h.starts_at AS "startsAt", h.ends_at AS "endsAt"
     FROM wanted w JOIN held h ON h.room_id = w.room_id AND h.n < w.n
       AND tstzrange(h.starts_at, h.ends_at) && tstzrange(w.starts_at, w.ends_at)
     JOIN room r ON r.id = w.room_id ORDER BY w.n, h.n, h.starts_at LIMIT 1`,
    [
      placed.map((session) => session.roomId),
      placed.map((session) => session.startsAt),
      placed.map((session) => session.endsAt),
      placed.map((session) => session.title),
      eventId,
    ],
  );
  if (clash === undefined) return;
  const { room, session, other, startsAt, endsAt } = clash;
  const span = formatShanghaiSpan(startsAt, endsAt, 'zh-CN');
  throw new AppError('event.room-taken', { room, session, other: `${other} ${span}` });
}
