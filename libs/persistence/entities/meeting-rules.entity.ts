import { EntitySchema } from 'typeorm';
import { id, integer, refersTo, text, time, uuid } from '../columns.js';

/** What a table can have and a meeting can need. */
export const TABLE_FEATURES = ['screen', 'quiet'] as const;
export type TableFeature = (typeof TABLE_FEATURES)[number];

/** Somebody who takes part in a meeting besides its two sides, for whichever organisation. */
export interface MeetingGuest {
  meetingId: string;
  personId: string;
  organisationId: string;
}
export const MeetingGuestEntity = new EntitySchema<MeetingGuest>({
  name: 'meeting_guest',
  columns: {
    meetingId: uuid({ primary: true }),
    personId: uuid({ primary: true }),
    organisationId: uuid(),
  },
  indices: [{ name: 'meeting_guest_person', columns: ['personId'] }],
  foreignKeys: [
    refersTo('meeting', 'meetingId', 'CASCADE'),
    refersTo('person', 'personId'),
    refersTo('organisation', 'organisationId'),
  ],
});

/** A further match of the same two people that their meeting stands for, besides `Meeting.matchId`. */
export interface MeetingMatch {
  meetingId: string;
  matchId: string;
}
export const MeetingMatchEntity = new EntitySchema<MeetingMatch>({
  name: 'meeting_match',
  columns: { meetingId: uuid({ primary: true }), matchId: uuid({ primary: true }) },
  indices: [{ name: 'meeting_match_match', columns: ['matchId'] }],
  foreignKeys: [refersTo('meeting', 'meetingId', 'CASCADE'), refersTo('match', 'matchId', 'CASCADE')],
});

/** How many meetings a person, an organisation or all organisations of a kind should have at an event. */
export interface MeetingLimit {
  id: string;
  eventId: string;
  personId: string | null;
  organisationId: string | null;
  /** Code of list organisation-kind. */
  organisationKind: string | null;
  /** Falling short is avoided as far as possible. */
  minMeetings: number | null;
  /** Never more than these. */
  maxMeetings: number | null;
}
export const MeetingLimitEntity = new EntitySchema<MeetingLimit>({
  name: 'meeting_limit',
  columns: {
    id: id(),
    eventId: uuid(),
    personId: uuid({ nullable: true }),
    organisationId: uuid({ nullable: true }),
    organisationKind: text({ nullable: true }),
    minMeetings: integer({ nullable: true }),
    maxMeetings: integer({ nullable: true }),
  },
  uniques: [
    { name: 'meeting_limit_person', columns: ['eventId', 'personId'] },
    { name: 'meeting_limit_organisation', columns: ['eventId', 'organisationId'] },
    { name: 'meeting_limit_kind', columns: ['eventId', 'organisationKind'] },
  ],
  checks: [
    {
      name: 'meeting_limit_of_one',
      expression: 'num_nonnulls(person_id, organisation_id, organisation_kind) = 1',
    },
    {
      name: 'meeting_limit_order',
      expression:
        'num_nonnulls(min_meetings, max_meetings) > 0 AND min_meetings >= 0 AND max_meetings >= 0 AND min_meetings <= max_meetings',
    },
  ],
  foreignKeys: [
    refersTo('event', 'eventId', 'CASCADE'),
    refersTo('person', 'personId', 'CASCADE'),
    refersTo('organisation', 'organisationId', 'CASCADE'),
  ],
});

/** A time in which a participant of an event can have no meeting. */
export interface Absence {
  id: string;
  eventId: string;
  personId: string;
  startsAt: Date;
  endsAt: Date;
}
export const AbsenceEntity = new EntitySchema<Absence>({
  name: 'absence',
  columns: { id: id(), eventId: uuid(), personId: uuid(), startsAt: time(), endsAt: time() },
  indices: [{ name: 'absence_event_person', columns: ['eventId', 'personId'] }],
  checks: [{ name: 'absence_order', expression: 'ends_at > starts_at' }],
  foreignKeys: [refersTo('event', 'eventId', 'CASCADE'), refersTo('person', 'personId', 'CASCADE')],
});
