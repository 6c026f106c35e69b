import { z } from 'zod';
import { code, instant, line, optionalLine, paragraph, uuid } from '../primitives.js';
import { tableFeature } from '../meetings/table-features.js';
import { eventView, questionView, venueView } from './event-views.js';

const question = questionView.extend({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  zh: line(120),
  en: z.string().trim().max(200),
  options: z.array(z.object({ value: line(60), zh: line(120), en: z.string().trim().max(200) })).max(50),
});

/** Keys are unique; a choice has at least two different options and nothing else has any. */
export const questionsBody = z
  .array(question)
  .max(30)
  .superRefine((questions, context) => {
    const keys = new Set<string>();
    for (const [index, { key, kind, options }] of questions.entries()) {
      if (keys.has(key)) context.addIssue({ code: 'custom', path: [index, 'key'], message: 'used twice' });
      keys.add(key);
      const values = new Set(options.map((option) => option.value));
      const isChoice = kind === 'choice' || kind === 'choices';
      if (isChoice ? values.size < 2 || values.size < options.length : options.length > 0) {
        const message = isChoice ? 'at least two different options' : 'only a choice has options';
        context.addIssue({ code: 'custom', path: [index, 'options'], message });
      }
    }
  });

export const venueBody = z.object({ name: line(120), address: optionalLine(300).default(null) });

const settings = {
  programmeId: uuid.nullable(),
  editionNo: z.number().int().min(1).max(100_000).nullable(),
  kind: code,
  title: line(160),
  titleEn: optionalLine(240),
  intro: paragraph(20_000).nullable(),
  startsAt: instant,
  endsAt: instant,
  /** Found by name and address, or created; null = no place. */
  venue: venueBody.nullable(),
  onlineUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  hostId: uuid.nullable(),
  tags: z.array(line(30)).max(12),
  capacity: z.number().int().min(1).max(1_000_000),
  registrationOpensAt: instant.nullable(),
  registrationClosesAt: instant.nullable(),
  approvalRequired: z.boolean(),
  groupMax: z.number().int().min(1).max(1000),
  offerHours: z.number().int().min(1).max(720),
  questions: questionsBody,
  slotMinutes: z.number().int().min(5).max(240).nullable(),
  slotsStartAt: instant.nullable(),
  slotsEndAt: instant.nullable(),
  /** Minutes everybody needs from a table to one in another room. */
  roomChangeMinutes: z.number().int().min(0).max(240),
};

/** POST /api/organizer/events. What is left out has the usual value. */
export const eventCreation = z
  .object(settings)
  .partial()
  .required({ kind: true, title: true, startsAt: true, endsAt: true, capacity: true })
  .extend({ isTemplate: z.boolean().default(false) });
export type EventCreation = z.infer<typeof eventCreation>;

/**
 * PATCH /api/organizer/events/:id. `updatedAt` is that of the version the editor saw. `moveAlong` moves sessions, slots
 * and scheduled meetings by as much as the start moves.
 */
export const eventChange = z
  .object(settings)
  .partial()
  .extend({ updatedAt: instant, moveAlong: z.boolean().default(false) });
export type EventChange = z.infer<typeof eventChange>;

/** POST /api/organizer/events/:id/copies: a new event or template; everything but registrations, moved to the new start. */
export const eventCopy = z.object({
  startsAt: instant.optional(),
  title: line(160).optional(),
  /** Default: that of the original, or none beside a new title. */
  titleEn: optionalLine(240).optional(),
  /** Default: the next of the programme. */
  editionNo: z.number().int().min(1).max(100_000).optional(),
  asTemplate: z.boolean().default(false),
});
export type EventCopy = z.infer<typeof eventCopy>;

export const sessionBody = z
  .object({
    title: line(160),
    abstract: paragraph(4000).nullable().default(null),
    startsAt: instant,
    endsAt: instant,
    /** Name of a room of the event's venue; created when new. */
    room: line(80).nullable().default(null),
    speakers: z
      .array(
        z.object({
          name: line(60),
          title: optionalLine(120).default(null),
          organisation: optionalLine(160).default(null),
        }),
      )
      .max(30)
      .default([]),
  })
  .refine((session) => Date.parse(session.endsAt) > Date.parse(session.startsAt), {
    path: ['endsAt'],
    message: 'must be after the start',
  });

/** PUT /api/organizer/events/:id/agenda: the whole agenda. */
export const agendaBody = z.object({ updatedAt: instant, sessions: z.array(sessionBody).max(300) });
export type AgendaBody = z.infer<typeof agendaBody>;

/** PUT /api/organizer/events/:id/rooms: creates rooms of the venue, or changes how many people they hold. */
export const roomsBody = z.object({
  rooms: z
    .array(
      z.object({ name: line(80), capacity: z.number().int().min(1).max(100_000).nullable().default(null) }),
    )
    .max(100),
});
export type RoomsBody = z.infer<typeof roomsBody>;

const tableBody = z.object({
  id: uuid.optional(),
  label: line(40),
  room: line(80).nullable().default(null),
  /** What it has; left out = as before. */
  features: z.array(tableFeature).max(10).optional(),
  /** Whose meetings take place here when it is free; left out = as before. */
  homeOrganisationId: uuid.nullable().optional(),
});
/** PUT /api/organizer/events/:id/tables: so many numbered tables, or each by its label (with `id` to rename one). */
export const tablesBody = z.union([
  z.object({
    updatedAt: instant,
    count: z.number().int().min(0).max(500),
    room: line(80).nullable().default(null),
  }),
  z.object({
    updatedAt: instant,
    tables: z
      .array(tableBody)
      .max(500)
      .refine((tables) => new Set(tables.map((table) => table.label)).size === tables.length, {
        message: 'a label is used twice',
      }),
  }),
]);
export type TablesBody = z.infer<typeof tablesBody>;

export const eventAction = z.enum([
  'publish',
  'close_registration',
  'reopen_registration',
  'hold',
  'archive',
  'cancel',
]);
export type EventActionView = z.infer<typeof eventAction>;
export const transitionBody = z.object({ action: eventAction, note: optionalLine(500).default(null) });
export type TransitionBody = z.infer<typeof transitionBody>;

/** Who would hear of a change or cancellation, and what would be touched. */
export const eventImpact = z.object({
  confirmed: z.number().int(),
  offered: z.number().int(),
  waitlisted: z.number().int(),
  pending: z.number().int(),
  meetings: z.number().int(),
});
export type EventImpact = z.infer<typeof eventImpact>;

export const publishRule = z.enum([
  'title-missing',
  'kind-missing',
  'starts-in-past',
  'ends-before-start',
  'capacity-missing',
  'window-reversed',
  'window-after-start',
  'window-over',
  'slots-missing',
  'slots-outside',
  'slots-too-short',
  'tables-missing',
]);

export const tableView = z.object({
  id: uuid,
  label: z.string(),
  room: z.string().nullable(),
  features: z.array(tableFeature),
  home: z.object({ id: uuid, name: z.string() }).nullable(),
  inUse: z.boolean(),
});
export const roomView = z.object({ id: uuid, name: z.string(), capacity: z.number().int().nullable() });

/** GET /api/organizer/events/:id: everything the editor shows. */
export const organizerEventView = eventView.extend({
  isTemplate: z.boolean(),
  clonedFromId: uuid.nullable(),
  programmeId: uuid.nullable(),
  hostId: uuid.nullable(),
  seatsTaken: z.number().int(),
  offerHours: z.number().int(),
  slotMinutes: z.number().int().nullable(),
  slotsStartAt: instant.nullable(),
  slotsEndAt: instant.nullable(),
  roomChangeMinutes: z.number().int(),
  rooms: z.array(roomView),
  tableList: z.array(tableView),
  actions: z.array(eventAction),
  missing: z.array(publishRule),
  heldAt: instant.nullable(),
  publishedAt: instant.nullable(),
  updatedAt: instant,
});
export type OrganizerEventView = z.infer<typeof organizerEventView>;

export const created = z.object({ id: uuid });

/** GET /api/organizer/venues: for choosing a place again. */
export const venueList = z.object({ venues: z.array(venueView.extend({ rooms: z.array(z.string()) })) });
export type VenueList = z.infer<typeof venueList>;
export const venueQuery = z.object({ q: z.string().trim().max(100).optional() });
