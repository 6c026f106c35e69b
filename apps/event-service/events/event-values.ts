import { isDeepStrictEqual } from 'node:util';
import type { EventChange, EventCreation } from '#libs/contracts/events/event-editing.js';
import type { Event } from '#libs/persistence/entities/event.entity.js';

const DATES = [
  'startsAt',
  'endsAt',
  'registrationOpensAt',
  'registrationClosesAt',
  'slotsStartAt',
  'slotsEndAt',
] as const;

const PLAIN = [
  'programmeId',
  'editionNo',
  'kind',
  'title',
  'titleEn',
  'intro',
  'onlineUrl',
  'hostId',
  'tags',
  'capacity',
  'approvalRequired',
  'groupMax',
  'offerHours',
  'questions',
  'slotMinutes',
  'roomChangeMinutes',
] as const;

type Settings = Omit<EventChange, 'updatedAt' | 'moveAlong' | 'venue'>;

/** The given settings as values of the row; what is not given is left out. */
function rowValues(settings: Settings): Partial<Event> {
  const plain = PLAIN.filter((field) => settings[field] !== undefined).map((field) => [
    field,
    settings[field],
  ]);
  const dates = DATES.filter((field) => settings[field] !== undefined).map((field) => {
    const value = settings[field];
    return [field, typeof value === 'string' ? new Date(value) : null];
  });
  return Object.fromEntries([...plain, ...dates]) as Partial<Event>;
}

/** An edition number counts within a programme only, and templates are no editions. */
const tidy = <Values extends Pick<Event, 'programmeId' | 'editionNo' | 'isTemplate'>>(
  event: Values,
): Values => (event.programmeId === null || event.isTemplate ? { ...event, editionNo: null } : event);

/** A row to insert: a draft with the usual value for everything that is not given. */
export function newEvent(
  body: EventCreation,
  context: { readonly venueId: string | null; readonly createdBy: string; readonly now: Date },
): Omit<Event, 'id'> {
  return tidy({
    ...EMPTY_EVENT,
    kind: body.kind,
    title: body.title,
    startsAt: new Date(body.startsAt),
    endsAt: new Date(body.endsAt),
    capacity: body.capacity,
    ...rowValues(body),
    isTemplate: body.isTemplate,
    venueId: context.venueId,
    createdBy: context.createdBy,
    createdAt: context.now,
    updatedAt: context.now,
  });
}

const EMPTY_EVENT = {
  programmeId: null,
  editionNo: null,
  titleEn: null,
  intro: null,
  state: 'draft',
  timeZone: 'Asia/Shanghai',
  onlineUrl: null,
  seatsTaken: 0,
  registrationOpensAt: null,
  registrationClosesAt: null,
  approvalRequired: false,
  groupMax: 1,
  offerHours: 24,
  questions: [],
  tags: [],
  hostId: null,
  clonedFromId: null,
  slotMinutes: null,
  slotsStartAt: null,
  slotsEndAt: null,
  roomChangeMinutes: 0,
  stateNote: null,
  publishedAt: null,
  heldAt: null,
} satisfies Partial<Event>;

/** The row after a change. With `moveAlong`, the end and the slots follow the start unless they are given too. */
export function resolveChange(before: Event, body: EventChange, venueId: string | null): Event {
  const given = rowValues(body);
  const moved = (given.startsAt ?? before.startsAt).getTime() - before.startsAt.getTime();
  const follow = (instant: Date | null) => (instant === null ? null : new Date(instant.getTime() + moved));
  const followed =
    body.moveAlong && moved !== 0
      ? {
          endsAt: follow(before.endsAt) ?? before.endsAt,
          slotsStartAt: follow(before.slotsStartAt),
          slotsEndAt: follow(before.slotsEndAt),
        }
      : {};
  return tidy({ ...before, ...followed, ...given, venueId });
}

/** Names of the fields whose values differ. */
export function changedFields(before: Event, after: Event): string[] {
  return (Object.keys(after) as (keyof Event)[]).filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  );
}
