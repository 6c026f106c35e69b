import { z } from 'zod';
import { day, instant } from '../primitives.js';

/** A path of the web application ("/events/…") or an absolute address; the notification service makes it absolute. */
const link = z.string().min(1);
const note = z.string().nullish();

/** What most mails about an event say of it. */
const eventWords = {
  event: z.string(),
  startsAt: instant.nullish(),
  endsAt: instant.nullish(),
  place: z.string().nullish(),
  link: link.nullish(),
};

const reviewed = z.object({ title: z.string(), note, link });

const invitationMoment = z.object({
  summary: z.string(),
  startsAt: instant,
  endsAt: instant,
  place: z.string(),
});

/** Mails with a calendar part; written by `sync*Invitation*` only. */
const invitation = invitationMoment.extend({
  kind: z.enum(['event', 'meeting']),
  /** Title of the event. */
  title: z.string(),
  host: z.string().nullable(),
  link,
  note,
  details: z.string(),
  cancelledWhole: z.boolean(),
  /** What an update replaces. */
  before: invitationMoment.nullable(),
});

/** Every kind of mail with the payload its template needs; each exists in Chinese and English. */
export const topics = {
  'verify-email': z.object({ link }),
  'reset-password': z.object({ link }),
  'join-organisation': z.object({ link, organisation: z.string(), inviter: z.string().nullish() }),
  /** Somebody tried to sign up with an address that has an account. */
  'already-registered': z.object({ link }),
  'organisation-verified': z.object({
    organisation: z.string(),
    outcome: z.enum(['verified', 'rejected']),
    note,
    link: link.nullish(),
  }),
  'need-returned': reviewed,
  'need-published': reviewed,
  'need-expired': z.object({ title: z.string(), expiresAt: day, link }),
  'capability-returned': reviewed,
  'capability-published': reviewed,
  'registration-pending': z.object(eventWords),
  'registration-waitlisted': z.object({ ...eventWords, position: z.number().int().nullish() }),
  'registration-offer': z.object({
    ...eventWords,
    acceptLink: link,
    declineLink: link.nullish(),
    expiresAt: instant,
  }),
  'registration-rejected': z.object({ ...eventWords, note }),
  'registration-cancelled': z.object({ ...eventWords, note }),
  /** An offer that nobody answered, or a registration that nobody had decided about when the event was over. */
  'registration-expired': z.object({ ...eventWords, because: z.enum(['offer-unanswered', 'not-decided']) }),
  /** The event was called off before the reader had a seat. */
  'registration-event-cancelled': z.object({ ...eventWords, note }),
  /** Another time or place of an event that the reader waits for. */
  'registration-event-moved': z.object({
    ...eventWords,
    before: z.object({ startsAt: instant, endsAt: instant, place: z.string() }),
  }),
  /** `minutes` after start or end of an event (negative: before), as its organizers set it. */
  'event-reminder': z.object({
    ...eventWords,
    anchor: z.enum(['start', 'end']),
    minutes: z.number().int(),
    note,
    /** The page that shows the address of the online room to those who may see it. */
    online: link.nullish(),
  }),
  /** A request for a meeting, what became of it, or a freed slot that waits for an answer. */
  'meeting-request': z.object({
    ...eventWords,
    state: z.enum(['asked', 'proposed', 'accepted', 'declined', 'withdrawn', 'expired', 'slot-offered']),
    counterpart: z.string(),
    note,
    answerBy: instant.nullish(),
  }),
  'match-mutual': z.object({ title: z.string(), counterpart: z.string(), link }),
  /** New matches until `until` of records the reader answers for; `more` = records with new matches not listed. */
  'match-digest': z.object({
    until: instant,
    total: z.number().int(),
    items: z.array(
      z.object({
        side: z.enum(['need', 'capability']),
        title: z.string(),
        count: z.number().int(),
        best: z.number(),
        link,
      }),
    ),
    more: z.number().int(),
    link,
  }),
  /** What a person wrote to the address that calendar answers go to, for those who run the event. */
  'mail-forwarded': z.object({
    from: z.string(),
    fromName: z.string(),
    subject: z.string(),
    text: z.string(),
    event: z.string().nullable(),
    link,
  }),
  /** Another time that the reader proposed for an event or meeting, and that stays a proposal. */
  'proposal-declined': z.object({
    ...eventWords,
    proposedStartsAt: instant,
    proposedEndsAt: instant,
    note,
  }),
  'invitation-request': invitation,
  'invitation-update': invitation,
  'invitation-cancel': invitation,
} as const satisfies Record<string, z.ZodType>;

export type Topic = keyof typeof topics;
export type TopicPayload<T extends Topic> = z.infer<(typeof topics)[T]>;

export const TOPICS = Object.keys(topics) as Topic[];
