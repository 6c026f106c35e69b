import { EntitySchema } from 'typeorm';
import { bool, createdAt, id, oneOf, refersTo, text, time, uuid } from '../columns.js';

export const MEETING_REQUEST_STATUSES = ['open', 'accepted', 'declined', 'withdrawn', 'expired'] as const;

/** Somebody at an event asks somebody else there for a meeting. */
export interface MeetingRequest {
  id: string;
  eventId: string;
  fromPersonId: string;
  fromOrganisationId: string;
  toPersonId: string;
  toOrganisationId: string;
  status: (typeof MEETING_REQUEST_STATUSES)[number];
  /** Who said the last word; the other one has to answer. */
  lastWordBy: 'from' | 'to';
  /** Time proposed last; null = the organizers shall set it. */
  startsAt: Date | null;
  endsAt: Date | null;
  message: string | null;
  /** Why it was declined or withdrawn; the other side reads it. */
  reason: string | null;
  /** Without an answer until then it expires. */
  answerBy: Date;
  answeredAt: Date | null;
  meetingId: string | null;
  /** Accepted by nobody: organizers made a meeting of the two. */
  byOrganizer: boolean;
  createdAt: Date;
  updatedAt: Date;
}
export const MeetingRequestEntity = new EntitySchema<MeetingRequest>({
  name: 'meeting_request',
  columns: {
    id: id(),
    eventId: uuid(),
    fromPersonId: uuid(),
    fromOrganisationId: uuid(),
    toPersonId: uuid(),
    toOrganisationId: uuid(),
    status: text({ default: 'open' }),
    lastWordBy: text({ default: 'from' }),
    startsAt: time({ nullable: true }),
    endsAt: time({ nullable: true }),
    message: text({ nullable: true }),
    reason: text({ nullable: true }),
    answerBy: time(),
    answeredAt: time({ nullable: true }),
    meetingId: uuid({ nullable: true }),
    byOrganizer: bool(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  indices: [
    {
      name: 'meeting_request_open_once',
      columns: ['eventId', 'fromPersonId', 'toPersonId'],
      unique: true,
      where: "status = 'open'",
    },
    { name: 'meeting_request_to', columns: ['toPersonId', 'eventId'] },
    { name: 'meeting_request_due', columns: ['answerBy'], where: "status = 'open'" },
  ],
  checks: [
    { name: 'meeting_request_status', expression: oneOf('status', MEETING_REQUEST_STATUSES) },
    { name: 'meeting_request_last_word', expression: oneOf('lastWordBy', ['from', 'to']) },
    { name: 'meeting_request_two_people', expression: 'from_person_id <> to_person_id' },
    { name: 'meeting_request_time', expression: '(starts_at IS NULL) = (ends_at IS NULL)' },
  ],
  foreignKeys: [
    refersTo('event', 'eventId', 'CASCADE'),
    refersTo('person', 'fromPersonId', 'CASCADE'),
    refersTo('organisation', 'fromOrganisationId', 'CASCADE'),
    refersTo('person', 'toPersonId', 'CASCADE'),
    refersTo('organisation', 'toOrganisationId', 'CASCADE'),
    refersTo('meeting', 'meetingId', 'SET NULL'),
  ],
});

/** The slot of a meeting that does not take place, or what is left of it, offered to a pair that waits for one. */
export interface SlotOffer {
  id: string;
  eventId: string;
  /** The meeting that was cancelled, or where somebody did not come. */
  freedId: string;
  meetingId: string;
  status: 'open' | 'taken' | 'declined' | 'expired' | 'withdrawn';
  enterpriseAccepted: boolean;
  instituteAccepted: boolean;
  startsAt: Date;
  endsAt: Date;
  expiresAt: Date;
  createdAt: Date;
}
export const SlotOfferEntity = new EntitySchema<SlotOffer>({
  name: 'slot_offer',
  columns: {
    id: id(),
    eventId: uuid(),
    freedId: uuid(),
    meetingId: uuid(),
    status: text({ default: 'open' }),
    enterpriseAccepted: bool(),
    instituteAccepted: bool(),
    startsAt: time(),
    endsAt: time(),
    expiresAt: time(),
    createdAt: createdAt(),
  },
  uniques: [{ name: 'slot_offer_once', columns: ['freedId', 'meetingId'] }],
  indices: [
    {
      name: 'slot_offer_open_once',
      columns: ['freedId'],
      unique: true,
      where: "status IN ('open', 'taken')",
    },
    { name: 'slot_offer_meeting', columns: ['meetingId'] },
    { name: 'slot_offer_due', columns: ['expiresAt'], where: "status = 'open'" },
  ],
  checks: [
    {
      name: 'slot_offer_status',
      expression: oneOf('status', ['open', 'taken', 'declined', 'expired', 'withdrawn']),
    },
    { name: 'slot_offer_order', expression: 'ends_at > starts_at' },
  ],
  foreignKeys: [
    refersTo('event', 'eventId', 'CASCADE'),
    refersTo('meeting', 'freedId', 'CASCADE'),
    refersTo('meeting', 'meetingId', 'CASCADE'),
  ],
});
