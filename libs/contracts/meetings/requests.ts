import { z } from 'zod';
import { instant, line, lineText, uuid } from '../primitives.js';
import { fullLimit } from './full-limit.js';
import { meetingEvent } from './meetings.js';

export const requestStatus = z.enum(['open', 'accepted', 'declined', 'withdrawn', 'expired']);

export const meetingRequestView = z.object({
  id: uuid,
  status: requestStatus,
  /** Whether the reader asked, or was asked. */
  mine: z.boolean(),
  /** The reader has to answer: accept, decline or propose another time. */
  myTurn: z.boolean(),
  organisation: z.string(),
  /** Whom it went to, or who asked. */
  person: z.string(),
  /** Of its meeting once there is one, else proposed last; null = the organizers shall set it. */
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  message: z.string().nullable(),
  reason: z.string().nullable(),
  answerBy: instant,
  answeredAt: instant.nullable(),
  meetingId: uuid.nullable(),
  /** Answered by nobody: the organizers made a meeting of the two. */
  byOrganizer: z.boolean(),
  /** Why an open request cannot be accepted now; null otherwise. */
  full: fullLimit.nullable(),
});
export type MeetingRequestView = z.infer<typeof meetingRequestView>;

/** A freed slot that waits for the reader's answer. */
export const slotOfferView = z.object({
  id: uuid,
  meetingId: uuid,
  status: z.enum(['open', 'taken', 'declined', 'expired', 'withdrawn']),
  organisation: z.string(),
  person: z.string(),
  table: z.string(),
  /** When it was offered for a slot that had begun; else when the slot begins. */
  startsAt: instant,
  endsAt: instant,
  expiresAt: instant,
  iAccepted: z.boolean(),
  otherAccepted: z.boolean(),
});
export type SlotOfferView = z.infer<typeof slotOfferView>;

/** GET /events/:id/meeting-requests: the reader's own, and what they need to write one. */
export const myRequests = z.object({
  event: meetingEvent,
  /** Registered for an organisation, and the event may still be arranged. */
  mayAsk: z.boolean(),
  /** Slots that are still open, and whether the reader has them free. */
  slots: z.array(z.object({ startsAt: instant, endsAt: instant, free: z.boolean() })),
  requests: z.array(meetingRequestView),
  offers: z.array(slotOfferView),
});
export type MyRequests = z.infer<typeof myRequests>;

/** GET /events/:id/meeting-partners: organisations at the event that the reader may ask. */
export const partnersQuery = z.object({ q: lineText().max(100).optional() });
export type PartnersQuery = z.infer<typeof partnersQuery>;
const partnerState = z.enum(['none', 'asked', 'meeting']);
export const meetingPartners = z.object({
  rows: z.array(
    z.object({
      organisationId: uuid,
      organisation: z.string(),
      kind: z.string(),
      /** With any of them: `asked`: a request is open; `meeting`: there is a meeting already. */
      state: partnerState,
      /** Who is registered for it, the earliest first. */
      people: z.array(z.object({ personId: uuid, name: z.string(), state: partnerState })),
    }),
  ),
});
export type MeetingPartners = z.infer<typeof meetingPartners>;

/** Start of an open slot; null = the organizers shall set the time. */
const wantedStart = instant.nullable();
const message = z
  .string()
  .trim()
  .max(500)
  .transform((text) => text || null)
  .nullish();

/** Without a person it goes to whoever of the organisation registered first. */
export const askBody = z.object({
  organisationId: uuid,
  personId: uuid.nullish(),
  startsAt: wantedStart,
  message,
});
export type AskBody = z.infer<typeof askBody>;
export const proposeBody = z.object({ startsAt: wantedStart, message });
export type ProposeBody = z.infer<typeof proposeBody>;
export const declineBody = z.object({ reason: line(500).nullish() });
export type DeclineBody = z.infer<typeof declineBody>;
export const offerAnswer = z.object({ accept: z.boolean() });
export type OfferAnswer = z.infer<typeof offerAnswer>;
