import { z } from 'zod';
import { instant, uuid } from '../primitives.js';
import { meetingEvent, meetingGuest, meetingStatus, meetingTopic } from './meetings.js';

/** GET /my/schedule?from&to: days of Asia/Shanghai, both included. */
export const scheduleQuery = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });
export type ScheduleQuery = z.infer<typeof scheduleQuery>;

export const scheduleEntry = z.object({
  kind: z.enum(['event', 'meeting']),
  /** Of the event or the meeting. */
  id: uuid,
  eventId: uuid,
  /** The ticket; null for a meeting. */
  registrationId: uuid.nullable(),
  title: z.string(),
  titleEn: z.string().nullable(),
  /** Whom a meeting is with. */
  counterpart: z.string().nullable(),
  counterpartPerson: z.string().nullable(),
  startsAt: instant,
  endsAt: instant,
  venue: z.string().nullable(),
  address: z.string().nullable(),
  room: z.string().nullable(),
  table: z.string().nullable(),
  /** Whether the event has 1:1 meetings at all. */
  oneToOne: z.boolean(),
  /** Titles of the entries that overlap in time. */
  conflicts: z.array(z.string()),
});
export type ScheduleEntry = z.infer<typeof scheduleEntry>;
export const mySchedule = z.object({ from: z.iso.date(), to: z.iso.date(), entries: z.array(scheduleEntry) });
export type MySchedule = z.infer<typeof mySchedule>;

/** GET /events/:id/timetable: the caller's own meetings at an event. */
export const myTimetable = z.object({
  event: meetingEvent.extend({ startsAt: instant, endsAt: instant }),
  meetings: z.array(
    z.object({
      id: uuid,
      status: meetingStatus,
      counterpart: z.string(),
      counterpartPerson: z.string(),
      /** Others who take part. */
      guests: z.array(meetingGuest),
      need: z.string().nullable(),
      capability: z.string().nullable(),
      also: z.array(meetingTopic),
      startsAt: instant.nullable(),
      endsAt: instant.nullable(),
      table: z.string().nullable(),
      room: z.string().nullable(),
      canCancel: z.boolean(),
    }),
  ),
});
export type MyTimetable = z.infer<typeof myTimetable>;

const span = z.object({ startsAt: instant, endsAt: instant });
/** Times in which a person can have no meeting; `personId` is for organizers, default the caller. */
export const absenceQuery = z.object({ personId: uuid.optional() });
export type AbsenceQuery = z.infer<typeof absenceQuery>;
export const absenceBody = z.object({ personId: uuid.optional(), spans: z.array(span).max(20) });
export type AbsenceBody = z.infer<typeof absenceBody>;
export const absenceView = z.object({
  personId: uuid,
  /** Joined where they touch, in order of time. */
  spans: z.array(span),
  /** Slots of the event, to choose from. */
  slots: z.array(span),
  /** Published meetings that lie in them; they stay until the organizer publishes again. */
  meetingsHit: z.number().int(),
});
export type AbsenceView = z.infer<typeof absenceView>;
