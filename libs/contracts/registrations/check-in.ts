import { z } from 'zod';
import { blockText, instant, lineText, pageQuery, uuid } from '../primitives.js';
import { eventBrief } from './registration.js';

/**
 * POST /organizer/events/:id/check-ins: exactly one of `qr` (content of a scanned code), `ticketCode` (typed from the
 * ticket) and `registrationId` (found by name). `headCount` defaults to the whole group. `overrideNote` is an organizer's
 * reason for a check-in outside the event's hours.
 */
export const checkInBody = z
  .object({
    qr: lineText().min(1).max(300).optional(),
    ticketCode: lineText().min(1).max(40).optional(),
    registrationId: uuid.optional(),
    headCount: z.number().int().min(1).max(10_000).optional(),
    overrideNote: blockText().min(1).max(300).optional(),
  })
  .refine(
    (body) =>
      [body.qr, body.ticketCode, body.registrationId].filter((value) => value !== undefined).length === 1,
    { message: 'give one of qr, ticketCode and registrationId' },
  );
export type CheckInBody = z.infer<typeof checkInBody>;

/** Counted in heads and in registrations; a no-show is a confirmed registration without check-in. */
export const attendance = z.object({
  confirmedHeads: z.number().int(),
  checkedInHeads: z.number().int(),
  confirmedRegistrations: z.number().int(),
  checkedInRegistrations: z.number().int(),
  noShows: z.number().int(),
});
export type Attendance = z.infer<typeof attendance>;

export const checkInResult = z.object({
  registrationId: uuid,
  name: z.string(),
  organisation: z.string().nullable(),
  groupSize: z.number().int(),
  headCount: z.number().int(),
  /** True when this registration was checked in before; `at` is the first time then. */
  already: z.boolean(),
  at: instant,
  attendance,
});
export type CheckInResult = z.infer<typeof checkInResult>;

/** GET /organizer/events/:id/check-ins: confirmed registrations with their check-in. */
export const checkInQuery = pageQuery.extend({ state: z.enum(['all', 'present', 'absent']).default('all') });
export type CheckInQuery = z.infer<typeof checkInQuery>;

export const attendeeRow = z.object({
  registrationId: uuid,
  name: z.string(),
  phone: z.string().nullable(),
  organisation: z.string().nullable(),
  groupSize: z.number().int(),
  ticketCode: z.string(),
  headCount: z.number().int().nullable(),
  checkedInAt: instant.nullable(),
});
export type AttendeeRow = z.infer<typeof attendeeRow>;

export const attendeePage = z.object({
  rows: z.array(attendeeRow),
  total: z.number().int(),
  page: z.number().int(),
  pageSize: z.number().int(),
  event: eventBrief,
  attendance,
});
export type AttendeePage = z.infer<typeof attendeePage>;

export const eventRegistrationParams = z.object({ id: uuid, registrationId: uuid });
