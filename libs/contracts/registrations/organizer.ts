import { z } from 'zod';
import { instant, line, pageQuery, queryList, uuid } from '../primitives.js';
import { answers, eventBrief, formQuestion, registrationStatus } from './registration.js';

/** GET /organizer/events/:id/registrations */
export const participantsQuery = pageQuery.extend({ status: queryList(registrationStatus).default([]) });
export type ParticipantsQuery = z.infer<typeof participantsQuery>;

export const participantRow = z.object({
  id: uuid,
  personId: uuid,
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  organisation: z.string().nullable(),
  status: registrationStatus,
  groupSize: z.number().int(),
  answers,
  position: z.number().int().nullable(),
  timesPassed: z.number().int(),
  offerExpiresAt: instant.nullable(),
  note: z.string().nullable(),
  createdAt: instant,
  checkedInAt: instant.nullable(),
});
export type ParticipantRow = z.infer<typeof participantRow>;

export const participantPage = z.object({
  rows: z.array(participantRow),
  total: z.number().int(),
  page: z.number().int(),
  pageSize: z.number().int(),
  event: eventBrief,
  questions: z.array(formQuestion),
  capacity: z.number().int(),
  seatsTaken: z.number().int(),
  /** Registrations per status, whatever the filter. */
  counts: z.record(registrationStatus, z.number().int()),
});
export type ParticipantPage = z.infer<typeof participantPage>;

export const registrationIds = z.array(uuid).min(1).max(500);
export const approveBody = z.object({ ids: registrationIds });
export const rejectBody = z.object({ ids: registrationIds, note: line(500) });

/** What became of each id; `unchanged` when its status did not allow it (any more). */
export const bulkOutcome = z.object({
  results: z.array(
    z.object({ id: uuid, outcome: z.enum(['confirmed', 'waitlisted', 'rejected', 'unchanged']) }),
  ),
});
export type BulkOutcome = z.infer<typeof bulkOutcome>;

/** POST /organizer/events/:id/registrations: puts in somebody who has an account. */
export const addParticipantBody = z.object({
  email: z.email(),
  groupSize: z.number().int().min(1).max(10_000).default(1),
  answers: answers.default({}),
});
export type AddParticipantBody = z.infer<typeof addParticipantBody>;
