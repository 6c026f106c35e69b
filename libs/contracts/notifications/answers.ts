import { z } from 'zod';
import { instant, paragraph, uuid } from '../primitives.js';

export const calendarAnswer = z.enum(['ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED']);

/** `/api/rsvp/:token`: the signed link of an invitation. */
export const answerParams = z.object({ token: z.string().regex(/^[0-9a-f-]{36}\.[A-Za-z0-9_-]{22}$/) });

/** GET /api/rsvp/:token: what the invitation says, and the answer that counts now. */
export const answerView = z.object({
  kind: z.enum(['event', 'meeting']),
  summary: z.string(),
  startsAt: instant,
  endsAt: instant,
  place: z.string(),
  name: z.string(),
  eventId: uuid,
  /** `off`: called off or taken back; `over`: it has ended. Only `open` takes answers. */
  state: z.enum(['open', 'off', 'over']),
  answer: calendarAnswer.nullable(),
  comment: z.string(),
  statedAt: instant.nullable(),
  channel: z.enum(['mail', 'web']).nullable(),
});
export type AnswerView = z.infer<typeof answerView>;

/** POST /api/rsvp/:token */
export const answerBody = z.object({
  answer: z.enum(['ACCEPTED', 'DECLINED', 'TENTATIVE']),
  comment: paragraph(1000).default(''),
});
export type AnswerBody = z.infer<typeof answerBody>;

const answerCounts = z.object({
  invited: z.number().int(),
  accepted: z.number().int(),
  declined: z.number().int(),
  tentative: z.number().int(),
  delegated: z.number().int(),
  /** Nobody has answered since the time was last changed. */
  waiting: z.number().int(),
});

export const proposalView = z.object({
  id: uuid,
  kind: z.enum(['event', 'meeting']),
  meetingId: uuid.nullable(),
  name: z.string(),
  organisation: z.string().nullable(),
  startsAt: instant,
  endsAt: instant,
  /** When it takes place now. */
  currentStartsAt: instant,
  currentEndsAt: instant,
  comment: z.string(),
  statedAt: instant,
  status: z.enum(['open', 'accepted', 'declined']),
  /** The event can be moved there: another time than now, in the future. Meetings are moved on the timetable. */
  movable: z.boolean(),
  /** Open, and what it asks for is the plan by now: it can be closed. */
  taken: z.boolean(),
});
export type ProposalView = z.infer<typeof proposalView>;

/** POST /api/organizer/proposals/:id/decline */
export const declineProposalBody = z.object({ note: paragraph(1000).default('') });
export type DeclineProposalBody = z.infer<typeof declineProposalBody>;

/**
 * GET /api/organizer/events/:id/answers: the answers of all channels, one per invitation, the latest statement counts.
 * `counts` are about the event itself; meetings are in `rows` only.
 */
export const eventAnswers = z.object({
  counts: answerCounts,
  rows: z.array(
    z.object({
      personId: uuid,
      name: z.string(),
      /** The one the person is registered for, else one they belong to. */
      organisation: z.string().nullable(),
      kind: z.enum(['event', 'meeting']),
      meetingId: uuid.nullable(),
      /** What the invitation says. */
      summary: z.string(),
      startsAt: instant,
      endsAt: instant,
      answer: calendarAnswer.nullable(),
      comment: z.string(),
      channel: z.enum(['mail', 'web']).nullable(),
      statedAt: instant.nullable(),
      /** Answers to single occurrences that differ from the one to the whole. */
      occurrences: z.array(z.object({ startsAt: instant, answer: calendarAnswer })),
    }),
  ),
  proposals: z.array(proposalView),
});
export type EventAnswers = z.infer<typeof eventAnswers>;
