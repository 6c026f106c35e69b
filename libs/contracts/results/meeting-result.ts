import { z } from 'zod';
import { instant, optionalLine, uuid } from '../primitives.js';

export const meetingOutcome = z.enum(['held', 'no_show']);
export type MeetingOutcome = z.infer<typeof meetingOutcome>;
export const recordOutcome = z.object({ outcome: meetingOutcome });
export type RecordOutcome = z.infer<typeof recordOutcome>;

export const meetingSide = z.enum(['enterprise', 'institute']);
export const nextStep = z.enum(['contract', 'visit', 'sample', 'talk', 'none']);

/** One side's word after a meeting; written again, it replaces the earlier one. */
export const writeFollowUp = z.object({
  rating: z.number().int().min(1).max(5),
  nextStep,
  note: optionalLine(2000).default(null),
  /** Only for somebody who belongs to both sides. */
  side: meetingSide.optional(),
});
export type WriteFollowUp = z.infer<typeof writeFollowUp>;

export const followUpView = z.object({
  side: meetingSide,
  rating: z.number().int(),
  nextStep,
  note: z.string().nullable(),
  by: z.string(),
  updatedAt: instant,
});
export type FollowUpView = z.infer<typeof followUpView>;

/** What became of a meeting, as far as the reader may see it: the own side's follow-up, staff see both. */
export const meetingResult = z.object({
  meetingId: uuid,
  status: z.enum(['requested', 'scheduled', 'cancelled', 'held', 'no_show']),
  startsAt: instant.nullable(),
  outcomeAt: instant.nullable(),
  outcomeBy: z.string().nullable(),
  /** Side of the reader; null for staff. */
  side: meetingSide.nullable(),
  mayRecord: z.boolean(),
  /** May take the recorded outcome back. */
  mayUndo: z.boolean(),
  mayFollowUp: z.boolean(),
  mayOpenDeal: z.boolean(),
  deal: z.object({ id: uuid, dealNo: z.string() }).nullable(),
  followUps: z.array(followUpView),
});
export type MeetingResult = z.infer<typeof meetingResult>;
