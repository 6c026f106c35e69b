import { z } from 'zod';
import { instant, line, pageOf, pageQuery, uuid } from '../primitives.js';
import { fullLimit } from './full-limit.js';
import { tableFeature } from './table-features.js';

export const meetingStatus = z.enum(['requested', 'scheduled', 'cancelled', 'held', 'no_show']);

/**
 * Why a mutual interest became no meeting: the side has nobody registered, both would be the same person, the meeting
 * was cancelled before, the need or capability is no longer open, the two people met at the event already, or one of them or
 * of their organisations has as many meetings as they may have.
 */
export const skipReason = z.enum([
  'enterprise-absent',
  'institute-absent',
  'same-person',
  'cancelled-before',
  'closed',
  'met-before',
  'maximum',
]);
export type SkipReason = z.infer<typeof skipReason>;

/** Meant: also what goes beyond a maximum of a person, an organisation or a kind of these. */
const beyondMaxima = z.boolean().optional();
export const collectBody = z.object({ beyondMaxima }).optional();
export type CollectBody = z.infer<typeof collectBody>;

/** POST /organizer/events/:id/meetings/collect; mutual interests with neither side at the event are not listed. */
export const collectReport = z.object({
  /** Meetings: one of every two people. */
  created: z.number().int(),
  /** Further interests of two people who have a meeting, given to it. */
  joined: z.number().int(),
  /** Interests that had a meeting before. */
  existing: z.number().int(),
  skipped: z.array(
    z.object({
      matchId: uuid,
      need: z.string(),
      enterprise: z.string(),
      capability: z.string(),
      institute: z.string(),
      reason: skipReason,
      /** Who has as many meetings as they may have, for `maximum`. */
      full: fullLimit.nullable(),
    }),
  ),
  /** Meetings that were left out for a maximum. */
  beyondMaxima: z.number().int(),
});
export type CollectReport = z.infer<typeof collectReport>;

const settings = {
  /** Slots it takes, one after the other. */
  length: z.number().int().min(1).max(12),
  /** What its table has to have. */
  features: z.array(tableFeature).max(10),
  wish: z.enum(['must', 'like']),
  /** People who take part besides the two sides. */
  guestIds: z.array(uuid).max(10),
};
export const addMeetingBody = z
  .object({ enterprisePersonId: uuid, institutePersonId: uuid })
  .extend(z.object(settings).partial().shape)
  .extend({ beyondMaxima });
export type AddMeetingBody = z.infer<typeof addMeetingBody>;
/** PATCH /organizer/meetings/:id: what is left out stays. */
export const meetingChange = z.object(settings).partial();
export type MeetingChange = z.infer<typeof meetingChange>;
/** What became of the meeting's place in the draft: it had none, it still fits, or it was taken out. */
export const meetingChangeReport = z.object({ draft: z.enum(['none', 'kept', 'taken-out']) });
export type MeetingChangeReport = z.infer<typeof meetingChangeReport>;

export const lockBody = z.object({ locked: z.boolean() });
export const cancelMeetingBody = z.object({ reason: line(500) });

export const created = z.object({ id: uuid });

/** GET /organizer/events/:id/meeting-people: who can have meetings. */
export const meetingPeopleQuery = pageQuery.extend({ side: z.enum(['enterprise', 'institute']).optional() });
export type MeetingPeopleQuery = z.infer<typeof meetingPeopleQuery>;
export const meetingPeoplePage = pageOf(
  z.object({
    personId: uuid,
    name: z.string(),
    organisationId: uuid,
    organisation: z.string(),
    organisationKind: z.string(),
    meetings: z.number().int(),
  }),
);
export type MeetingPeoplePage = z.infer<typeof meetingPeoplePage>;

export const meetingEvent = z.object({
  id: uuid,
  title: z.string(),
  titleEn: z.string().nullable(),
  state: z.string(),
  venue: z.string().nullable(),
  address: z.string().nullable(),
});

export const meetingSide = z.object({
  organisationId: uuid,
  organisation: z.string(),
  personId: uuid,
  person: z.string(),
  /** Null while sealed: opened by mutual interest, for the other side and organizers. */
  contact: z.object({ email: z.string(), phone: z.string().nullable() }).nullable(),
});

/** Somebody who takes part besides the two sides. */
export const meetingGuest = z.object({
  personId: uuid,
  person: z.string(),
  organisationId: uuid,
  organisation: z.string(),
});
export type MeetingGuestView = z.infer<typeof meetingGuest>;

/** A further match that a meeting stands for. */
export const meetingTopic = z.object({
  matchId: uuid,
  needId: uuid,
  need: z.string(),
  capabilityId: uuid,
  capability: z.string(),
});
export type MeetingTopic = z.infer<typeof meetingTopic>;

/** GET /meetings/:id */
export const meetingView = z.object({
  id: uuid,
  status: meetingStatus,
  /** Which side the reader is on; null for organizers and staff. */
  mySide: z.enum(['enterprise', 'institute']).nullable(),
  event: meetingEvent,
  enterprise: meetingSide,
  institute: meetingSide,
  guests: z.array(meetingGuest),
  need: z.object({ id: uuid, title: z.string() }).nullable(),
  capability: z.object({ id: uuid, title: z.string() }).nullable(),
  /** What else the two agreed on; they sit down once. */
  also: z.array(meetingTopic),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  table: z.string().nullable(),
  room: z.string().nullable(),
  cancelReason: z.string().nullable(),
  canCancel: z.boolean(),
  /** May say whether it took place, as an organizer or one of the two. */
  canReport: z.boolean(),
});
export type MeetingView = z.infer<typeof meetingView>;
