import { z } from 'zod';
import { code, instant, pageOf, pageQuery, queryFlag, uuid } from '../primitives.js';
import { programmeView } from './programmes.js';

export const eventState = z.enum([
  'draft',
  'published',
  'registration_closed',
  'held',
  'archived',
  'cancelled',
]);
export type EventStateView = z.infer<typeof eventState>;

/** Whether one can register now: `waiting_list` = yes, but only to wait for a seat. */
export const registrationDoor = z.enum(['not_open', 'open', 'waiting_list', 'closed']);
export type RegistrationDoorView = z.infer<typeof registrationDoor>;

export const questionView = z.object({
  key: z.string(),
  kind: z.enum(['text', 'number', 'choice', 'choices', 'yesno']),
  zh: z.string(),
  en: z.string(),
  required: z.boolean(),
  options: z.array(z.object({ value: z.string(), zh: z.string(), en: z.string() })),
});

export const programmeMark = z.object({
  id: uuid,
  slug: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  color: z.string(),
});
export const venueView = z.object({ id: uuid, name: z.string(), address: z.string().nullable() });

/** A row of every list of events. */
export const eventRow = z.object({
  id: uuid,
  title: z.string(),
  titleEn: z.string().nullable(),
  kind: z.string(),
  state: eventState,
  programme: programmeMark.nullable(),
  editionNo: z.number().int().nullable(),
  startsAt: instant,
  endsAt: instant,
  venue: venueView.nullable(),
  online: z.boolean(),
  capacity: z.number().int(),
  seatsLeft: z.number().int(),
  door: registrationDoor,
  tags: z.array(z.string()),
});
export type EventRow = z.infer<typeof eventRow>;
export const eventPage = pageOf(eventRow);
export type EventPage = z.infer<typeof eventPage>;

export const eventQuery = pageQuery.extend({
  programme: uuid.optional(),
  kind: code.optional(),
  time: z.enum(['upcoming', 'past']).optional(),
});
export type EventQuery = z.infer<typeof eventQuery>;

export const speakerView = z.object({
  name: z.string(),
  title: z.string().nullable(),
  organisation: z.string().nullable(),
});
export const sessionView = z.object({
  id: uuid,
  title: z.string(),
  abstract: z.string().nullable(),
  startsAt: instant,
  endsAt: instant,
  room: z.string().nullable(),
  speakers: z.array(speakerView),
});
export type SessionView = z.infer<typeof sessionView>;

export const slotsView = z.object({ minutes: z.number().int(), startsAt: instant, endsAt: instant });

/** GET /api/events/:id. */
export const eventView = eventRow.extend({
  intro: z.string().nullable(),
  host: z.object({ id: uuid, name: z.string() }).nullable(),
  /** Only for organizers and people with a confirmed registration. */
  onlineUrl: z.string().nullable(),
  registrationOpensAt: instant.nullable(),
  registrationClosesAt: instant.nullable(),
  approvalRequired: z.boolean(),
  groupMax: z.number().int(),
  questions: z.array(questionView),
  slots: slotsView.nullable(),
  tables: z.number().int(),
  agenda: z.array(sessionView),
  /** Why it was cancelled. */
  stateNote: z.string().nullable(),
  /** The caller's registration: the live one, else the latest. */
  registration: z.object({ id: uuid, status: z.string(), groupSize: z.number().int() }).nullable(),
});
export type EventView = z.infer<typeof eventView>;

/** GET /api/programmes/:slug: with its public events, newest first. */
export const programmeDetail = programmeView.extend({ events: z.array(eventRow) });
export type ProgrammeDetail = z.infer<typeof programmeDetail>;

export const organizerEventQuery = pageQuery.extend({
  state: eventState.optional(),
  programme: uuid.optional(),
  kind: code.optional(),
  templates: queryFlag.optional(),
});
export type OrganizerEventQuery = z.infer<typeof organizerEventQuery>;

export const organizerEventRow = eventRow.extend({
  isTemplate: z.boolean(),
  seatsTaken: z.number().int(),
  waiting: z.number().int(),
  pending: z.number().int(),
  checkedIn: z.number().int(),
  /** Whether it has a window for 1:1 meetings. */
  oneToOne: z.boolean(),
});
/** A page of all events with how many there are in each state (and `templates`), whatever page is shown. */
export const organizerEventPage = pageOf(organizerEventRow).extend({
  counts: z.object({
    all: z.number().int(),
    draft: z.number().int(),
    published: z.number().int(),
    registration_closed: z.number().int(),
    held: z.number().int(),
    archived: z.number().int(),
    cancelled: z.number().int(),
    templates: z.number().int(),
  }),
});
export type OrganizerEventPage = z.infer<typeof organizerEventPage>;
