import type { EntityManager } from 'typeorm';
import type { CancellationView } from '#libs/contracts/meetings/cancellation.js';
import { breaksWithout } from '#libs/domain/meetings/breaks-without.js';
import { overlaps } from '#libs/domain/time/interval.js';
import { cancelMeetings } from '#libs/persistence/meetings/cancel-meetings.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import type { MeetingRow } from './meeting-rows.js';
import { readMessages } from './read-messages.js';
import { countFreePairs } from './waiting-pairs.js';

/**
 * Cancels a meeting and tells what came of it; for a transaction that is taken back. The event's row is locked.
 * `readerId`: who asks.
 */
export async function previewCancellation(
  manager: EntityManager,
  row: MeetingRow,
  grid: EventGrid,
  readerId: string | null,
  now: Date,
): Promise<CancellationView> {
  const gaps = await gapsWithout(manager, row, grid, readerId);
  const ids = await cancelMeetings(manager, [row.id], { actorId: readerId, reason: '' }, now);
  const messages = await readMessages(manager, row.eventId, ids);
  return {
    told: messages.map(({ personId, person, organisation }) => ({
      person,
      organisation,
      mine: personId === readerId,
    })),
    gaps,
    slot: await freedSlot(manager, row, now),
  };
}

/** People of a meeting in order: the two sides, then guests. */
const peopleOf = (row: MeetingRow) => [
  { personId: row.enterprisePersonId, person: row.enterprisePerson, organisation: row.enterprise },
  { personId: row.institutePersonId, person: row.institutePerson, organisation: row.institute },
  ...row.guests,
];

/** Whose published day has an idle run where the meeting was, with its ends. */
async function gapsWithout(
  manager: EntityManager,
  row: MeetingRow,
  { slots }: EventGrid,
  readerId: string | null,
): Promise<CancellationView['gaps']> {
  const people = peopleOf(row);
  const seats = await manager.query<{ personId: string; meetingId: string; startsAt: Date; endsAt: Date }[]>(
    `SELECT s.person_id AS "personId", s.meeting_id AS "meetingId", s.starts_at AS "startsAt", s.ends_at AS "endsAt"
     FROM meeting_seat s JOIN meeting m ON m.id = s.meeting_id WHERE m.event_id = $1 AND s.person_id = ANY($2)`,
    [row.eventId, people.map(({ personId }) => personId)],
  );
  const taken = (of: typeof seats) =>
    slots.flatMap((slot, index) =>
      of.some((seat) => overlaps({ start: seat.startsAt.getTime(), end: seat.endsAt.getTime() }, slot))
        ? [index]
        : [],
    );
  return people.flatMap(({ personId, person, organisation }) => {
    const own = seats.filter((seat) => seat.personId === personId);
    const { before, after, gap } = breaksWithout(
      taken(own),
      taken(own.filter((seat) => seat.meetingId === row.id)),
    );
    const [from, to] = gap === null ? [] : [slots[gap.from], slots[gap.to]];
    if (from === undefined || to === undefined) return [];
    return [
      {
        person,
        organisation,
        mine: personId === readerId,
        startsAt: new Date(from.end).toISOString(),
        endsAt: new Date(to.start).toISOString(),
        breaksBefore: before,
        breaksAfter: after,
      },
    ];
  });
}

/** What is left of the place of a meeting that was cancelled, with those who could use it. */
async function freedSlot(
  manager: EntityManager,
  { id, eventId, status, startsAt, endsAt }: MeetingRow,
  now: Date,
): Promise<CancellationView['slot']> {
  if (status !== 'scheduled' || startsAt === null || endsAt === null || endsAt <= now) return null;
  const span = { start: Math.max(startsAt.getTime(), now.getTime()), end: endsAt.getTime() };
  return {
    startsAt: new Date(span.start).toISOString(),
    endsAt: endsAt.toISOString(),
    waiting: await countFreePairs(manager, eventId, id, span),
  };
}
