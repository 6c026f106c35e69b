import { EntitySchema } from 'typeorm';
import { bool, createdAt, id, integer, json, oneOf, refersTo, text, texts, time, uuid } from '../columns.js';

export const MEETING_STATUSES = ['requested', 'scheduled', 'cancelled', 'held', 'no_show'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

/**
 * A meeting at an event between the two sides of a match, and guests (`meeting_guest`). What else the two agreed on is in
 * `meeting_match`. `startsAt`, `endsAt`, `tableId` say what was published
 * last (null before); drafts live in placements of a timetable.
 */
export interface Meeting {
  id: string;
  eventId: string;
  matchId: string | null;
  needId: string | null;
  capabilityId: string | null;
  enterpriseId: string;
  instituteId: string;
  enterprisePersonId: string;
  institutePersonId: string;
  status: MeetingStatus;
  locked: boolean;
  startsAt: Date | null;
  endsAt: Date | null;
  tableId: string | null;
  /** Slots it takes, one after the other. */
  length: number;
  /** What its table has to have. */
  features: string[];
  /** `must`: the timetable places it before everything that is only liked. */
  wish: 'must' | 'like';
  /** Why it could not be placed in the latest timetable. */
  unplacedReason: string | null;
  /** What the person who cancelled it gave as reason; both sides read it. */
  cancelReason: string | null;
  outcomeAt: Date | null;
  outcomeBy: string | null;
  createdAt: Date;
  updatedAt: Date;
}
export const MeetingEntity = new EntitySchema<Meeting>({
  name: 'meeting',
  columns: {
    id: id(),
    eventId: uuid(),
    matchId: uuid({ nullable: true }),
    needId: uuid({ nullable: true }),
    capabilityId: uuid({ nullable: true }),
    enterpriseId: uuid(),
    instituteId: uuid(),
    enterprisePersonId: uuid(),
    institutePersonId: uuid(),
    status: text({ default: 'requested' }),
    locked: bool(),
    startsAt: time({ nullable: true }),
    endsAt: time({ nullable: true }),
    tableId: uuid({ nullable: true }),
    length: integer({ default: 1 }),
    features: texts(),
    wish: text({ default: 'like' }),
    unplacedReason: text({ nullable: true }),
    cancelReason: text({ nullable: true }),
    outcomeAt: time({ nullable: true }),
    outcomeBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  indices: [
    {
      name: 'meeting_match_once',
      columns: ['eventId', 'matchId'],
      unique: true,
      where: "status <> 'cancelled'",
    },
    { name: 'meeting_event', columns: ['eventId', 'startsAt'] },
    { name: 'meeting_enterprise_person', columns: ['enterprisePersonId'] },
    { name: 'meeting_institute_person', columns: ['institutePersonId'] },
    { name: 'meeting_of_match', columns: ['matchId'] },
    { name: 'meeting_of_need', columns: ['needId'] },
  ],
  checks: [
    { name: 'meeting_status_known', expression: oneOf('status', MEETING_STATUSES) },
    { name: 'meeting_two_people', expression: 'enterprise_person_id <> institute_person_id' },
    { name: 'meeting_length', expression: 'length BETWEEN 1 AND 12' },
    { name: 'meeting_features', expression: "features <@ ARRAY['screen', 'quiet']::text[]" },
    { name: 'meeting_wish', expression: oneOf('wish', ['must', 'like']) },
    {
      name: 'meeting_placed',
      expression:
        "status IN ('requested', 'cancelled') OR (starts_at IS NOT NULL AND ends_at > starts_at AND table_id IS NOT NULL)",
    },
  ],
  exclusions: [
    {
      name: 'meeting_table_once',
      expression:
        "USING gist (table_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status <> 'cancelled') DEFERRABLE INITIALLY DEFERRED",
    },
  ],
  foreignKeys: [
    refersTo('event', 'eventId'),
    refersTo('match', 'matchId', 'SET NULL'),
    refersTo('need', 'needId', 'SET NULL'),
    refersTo('capability', 'capabilityId', 'SET NULL'),
    refersTo('organisation', 'enterpriseId'),
    refersTo('organisation', 'instituteId'),
    refersTo('person', 'enterprisePersonId'),
    refersTo('person', 'institutePersonId'),
    refersTo('meeting_table', 'tableId'),
  ],
});

/** One row per person of a published meeting: the exclusion constraint keeps anybody from sitting at two tables. */
export interface MeetingSeat {
  meetingId: string;
  personId: string;
  startsAt: Date;
  endsAt: Date;
}
export const MeetingSeatEntity = new EntitySchema<MeetingSeat>({
  name: 'meeting_seat',
  columns: {
    meetingId: uuid({ primary: true }),
    personId: uuid({ primary: true }),
    startsAt: time(),
    endsAt: time(),
  },
  indices: [{ name: 'meeting_seat_person', columns: ['personId', 'startsAt'] }],
  exclusions: [
    {
      name: 'meeting_seat_person_once',
      expression:
        'USING gist (person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) DEFERRABLE INITIALLY DEFERRED',
    },
  ],
  foreignKeys: [refersTo('meeting', 'meetingId', 'CASCADE'), refersTo('person', 'personId')],
});

/** A computed timetable of an event: a draft until it is published. */
export interface Timetable {
  id: string;
  eventId: string;
  versionNo: number;
  status: 'queued' | 'computing' | 'draft' | 'published' | 'superseded' | 'failed' | 'preview';
  placed: number;
  unplaced: { meetingId: string; reason: string; detail: Record<string, unknown> }[];
  objective: Record<string, unknown> | null;
  error: string | null;
  /** The late change of which this shows the cost (`preview`) or which it was published for; null = none. */
  change: Record<string, unknown> | null;
  /** Hash of what a preview was computed from. */
  basis: string | null;
  createdBy: string | null;
  createdAt: Date;
  computedAt: Date | null;
  publishedAt: Date | null;
}
export const TimetableEntity = new EntitySchema<Timetable>({
  name: 'timetable',
  columns: {
    id: id(),
    eventId: uuid(),
    versionNo: integer(),
    status: text({ default: 'queued' }),
    placed: integer({ default: 0 }),
    unplaced: json({ default: () => "'[]'" }),
    objective: json({ nullable: true }),
    error: text({ nullable: true }),
    change: json({ nullable: true }),
    basis: text({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    computedAt: time({ nullable: true }),
    publishedAt: time({ nullable: true }),
  },
  uniques: [{ name: 'timetable_version', columns: ['eventId', 'versionNo'] }],
  indices: [
    { name: 'timetable_published_once', columns: ['eventId'], unique: true, where: "status = 'published'" },
  ],
  checks: [
    {
      name: 'timetable_status',
      expression: oneOf('status', [
        'queued',
        'computing',
        'draft',
        'published',
        'superseded',
        'failed',
        'preview',
      ]),
    },
    { name: 'timetable_preview', expression: "status <> 'preview' OR change IS NOT NULL" },
  ],
  foreignKeys: [refersTo('event', 'eventId', 'CASCADE'), refersTo('person', 'createdBy', 'SET NULL')],
});

export interface Placement {
  timetableId: string;
  meetingId: string;
  tableId: string;
  startsAt: Date;
  endsAt: Date;
}
export const PlacementEntity = new EntitySchema<Placement>({
  name: 'placement',
  columns: {
    timetableId: uuid({ primary: true }),
    meetingId: uuid({ primary: true }),
    tableId: uuid(),
    startsAt: time(),
    endsAt: time(),
  },
  checks: [{ name: 'placement_order', expression: 'ends_at > starts_at' }],
  exclusions: [
    {
      name: 'placement_table_once',
      expression:
        'USING gist (timetable_id WITH =, table_id WITH =, tstzrange(starts_at, ends_at) WITH &&) DEFERRABLE INITIALLY DEFERRED',
    },
  ],
  foreignKeys: [
    refersTo('timetable', 'timetableId', 'CASCADE'),
    refersTo('meeting', 'meetingId', 'CASCADE'),
    refersTo('meeting_table', 'tableId'),
  ],
});

export interface PlacementSeat {
  timetableId: string;
  meetingId: string;
  personId: string;
  startsAt: Date;
  endsAt: Date;
}
export const PlacementSeatEntity = new EntitySchema<PlacementSeat>({
  name: 'placement_seat',
  columns: {
    timetableId: uuid({ primary: true }),
    meetingId: uuid({ primary: true }),
    personId: uuid({ primary: true }),
    startsAt: time(),
    endsAt: time(),
  },
  exclusions: [
    {
      name: 'placement_seat_person_once',
      expression:
        'USING gist (timetable_id WITH =, person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) DEFERRABLE INITIALLY DEFERRED',
    },
  ],
  foreignKeys: [
    refersTo('timetable', 'timetableId', 'CASCADE'),
    refersTo('meeting', 'meetingId', 'CASCADE'),
    refersTo('person', 'personId'),
  ],
});

/** What one side said after the meeting; at most one per side, may be rewritten. */
export interface FollowUp {
  id: string;
  meetingId: string;
  side: 'enterprise' | 'institute';
  personId: string;
  rating: number;
  nextStep: 'contract' | 'visit' | 'sample' | 'talk' | 'none';
  note: string | null;
  createdAt: Date;
  updatedAt: Date;
}
export const FollowUpEntity = new EntitySchema<FollowUp>({
  name: 'follow_up',
  columns: {
    id: id(),
    meetingId: uuid(),
    side: text(),
    personId: uuid(),
    rating: integer(),
    nextStep: text(),
    note: text({ nullable: true }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  uniques: [{ name: 'follow_up_side_once', columns: ['meetingId', 'side'] }],
  checks: [
    { name: 'follow_up_side', expression: oneOf('side', ['enterprise', 'institute']) },
    { name: 'follow_up_rating', expression: 'rating BETWEEN 1 AND 5' },
    {
      name: 'follow_up_next',
      expression: oneOf('nextStep', ['contract', 'visit', 'sample', 'talk', 'none']),
    },
  ],
  foreignKeys: [refersTo('meeting', 'meetingId', 'CASCADE'), refersTo('person', 'personId')],
});
