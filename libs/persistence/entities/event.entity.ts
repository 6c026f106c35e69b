import { EntitySchema } from 'typeorm';
import { bool, createdAt, id, integer, json, oneOf, refersTo, text, texts, time, uuid } from '../columns.js';

/** A brand under which editions of events are run and reported, e.g. a series of matchmaking sessions. */
export interface Programme {
  id: string;
  slug: string;
  name: string;
  nameEn: string | null;
  intro: string | null;
  /** Code of list event-kind: what its events usually are. */
  kind: string;
  color: string;
  ownerId: string | null;
  archivedAt: Date | null;
  createdAt: Date;
}
export const ProgrammeEntity = new EntitySchema<Programme>({
  name: 'programme',
  columns: {
    id: id(),
    slug: text(),
    name: text(),
    nameEn: text({ nullable: true }),
    intro: text({ nullable: true }),
    kind: text(),
    color: text({ default: '#1668dc' }),
    ownerId: uuid({ nullable: true }),
    archivedAt: time({ nullable: true }),
    createdAt: createdAt(),
  },
  uniques: [
    { name: 'programme_slug', columns: ['slug'] },
    { name: 'programme_name', columns: ['name'] },
  ],
  foreignKeys: [refersTo('organisation', 'ownerId', 'SET NULL')],
});

export interface Venue {
  id: string;
  name: string;
  address: string | null;
  createdAt: Date;
}
export const VenueEntity = new EntitySchema<Venue>({
  name: 'venue',
  columns: { id: id(), name: text(), address: text({ nullable: true }), createdAt: createdAt() },
  uniques: [{ name: 'venue_name', columns: ['name', 'address'] }],
});

export interface Room {
  id: string;
  venueId: string;
  name: string;
  capacity: number | null;
}
export const RoomEntity = new EntitySchema<Room>({
  name: 'room',
  columns: { id: id(), venueId: uuid(), name: text(), capacity: integer({ nullable: true }) },
  uniques: [{ name: 'room_name', columns: ['venueId', 'name'] }],
  foreignKeys: [refersTo('venue', 'venueId', 'CASCADE')],
});

export const EVENT_STATES = [
  'draft',
  'published',
  'registration_closed',
  'held',
  'archived',
  'cancelled',
] as const;
export type EventState = (typeof EVENT_STATES)[number];

export interface FormQuestion {
  key: string;
  kind: 'text' | 'number' | 'choice' | 'choices' | 'yesno';
  zh: string;
  en: string;
  required: boolean;
  options: { value: string; zh: string; en: string }[];
}

/** One edition. `seatsTaken` counts confirmed and offered seats and can never pass `capacity` (check constraint). */
export interface Event {
  id: string;
  programmeId: string | null;
  editionNo: number | null;
  kind: string;
  title: string;
  titleEn: string | null;
  intro: string | null;
  state: EventState;
  isTemplate: boolean;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  venueId: string | null;
  onlineUrl: string | null;
  capacity: number;
  seatsTaken: number;
  registrationOpensAt: Date | null;
  registrationClosesAt: Date | null;
  approvalRequired: boolean;
  /** Largest group one registration may bring; 1 = single persons only. */
  groupMax: number;
  /** Hours an offered seat is kept for somebody from the waiting list. */
  offerHours: number;
  questions: FormQuestion[];
  tags: string[];
  hostId: string | null;
  clonedFromId: string | null;
  /** 1:1 meetings: length of a slot in minutes and the window in which slots lie; null = no 1:1 meetings. */
  slotMinutes: number | null;
  slotsStartAt: Date | null;
  slotsEndAt: Date | null;
  /** Minutes everybody needs from a table to one in another room. */
  roomChangeMinutes: number;
  /** Text a cancellation mail carries. */
  stateNote: string | null;
  publishedAt: Date | null;
  heldAt: Date | null;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
}
export const EventEntity = new EntitySchema<Event>({
  name: 'event',
  columns: {
    id: id(),
    programmeId: uuid({ nullable: true }),
    editionNo: integer({ nullable: true }),
    kind: text(),
    title: text(),
    titleEn: text({ nullable: true }),
    intro: text({ nullable: true }),
    state: text({ default: 'draft' }),
    isTemplate: bool(),
    startsAt: time(),
    endsAt: time(),
    timeZone: text({ default: 'Asia/Shanghai' }),
    venueId: uuid({ nullable: true }),
    onlineUrl: text({ nullable: true }),
    capacity: integer(),
    seatsTaken: integer({ default: 0 }),
    registrationOpensAt: time({ nullable: true }),
    registrationClosesAt: time({ nullable: true }),
    approvalRequired: bool(),
    groupMax: integer({ default: 1 }),
    offerHours: integer({ default: 24 }),
    questions: json({ default: () => "'[]'" }),
    tags: texts(),
    hostId: uuid({ nullable: true }),
    clonedFromId: uuid({ nullable: true }),
    slotMinutes: integer({ nullable: true }),
    slotsStartAt: time({ nullable: true }),
    slotsEndAt: time({ nullable: true }),
    roomChangeMinutes: integer({ default: 0 }),
    stateNote: text({ nullable: true }),
    publishedAt: time({ nullable: true }),
    heldAt: time({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  uniques: [{ name: 'event_edition', columns: ['programmeId', 'editionNo'] }],
  indices: [{ name: 'event_state_start', columns: ['state', 'startsAt'] }],
  checks: [
    { name: 'event_state_known', expression: oneOf('state', EVENT_STATES) },
    { name: 'event_order', expression: 'ends_at > starts_at' },
    { name: 'event_seats', expression: 'seats_taken >= 0 AND seats_taken <= capacity' },
    { name: 'event_group', expression: 'group_max >= 1' },
    { name: 'event_room_change', expression: 'room_change_minutes BETWEEN 0 AND 240' },
    { name: 'event_slots', expression: 'slots_end_at > slots_start_at' },
  ],
  foreignKeys: [
    refersTo('programme', 'programmeId'),
    refersTo('venue', 'venueId'),
    refersTo('organisation', 'hostId', 'SET NULL'),
    refersTo('event', 'clonedFromId', 'SET NULL'),
    refersTo('person', 'createdBy', 'SET NULL'),
  ],
});

export interface AgendaSession {
  id: string;
  eventId: string;
  roomId: string | null;
  startsAt: Date;
  endsAt: Date;
  title: string;
  abstract: string | null;
  /** False for sessions of templates and cancelled events: they keep nobody else out of the room. */
  holdsRoom: boolean;
}
export const AgendaSessionEntity = new EntitySchema<AgendaSession>({
  name: 'agenda_session',
  columns: {
    id: id(),
    eventId: uuid(),
    roomId: uuid({ nullable: true }),
    startsAt: time(),
    endsAt: time(),
    title: text(),
    abstract: text({ nullable: true }),
    holdsRoom: bool({ default: true }),
  },
  indices: [{ name: 'agenda_session_event', columns: ['eventId', 'startsAt'] }],
  checks: [{ name: 'agenda_session_order', expression: 'ends_at > starts_at' }],
  exclusions: [
    {
      name: 'agenda_session_room_once',
      expression: 'USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (holds_room)',
    },
  ],
  foreignKeys: [refersTo('event', 'eventId', 'CASCADE'), refersTo('room', 'roomId', 'SET NULL')],
});

export interface Speaker {
  id: string;
  sessionId: string;
  personId: string | null;
  name: string;
  title: string | null;
  organisation: string | null;
  position: number;
}
export const SpeakerEntity = new EntitySchema<Speaker>({
  name: 'speaker',
  columns: {
    id: id(),
    sessionId: uuid(),
    personId: uuid({ nullable: true }),
    name: text(),
    title: text({ nullable: true }),
    organisation: text({ nullable: true }),
    position: integer({ default: 0 }),
  },
  indices: [{ name: 'speaker_session', columns: ['sessionId'] }],
  foreignKeys: [
    refersTo('agenda_session', 'sessionId', 'CASCADE'),
    refersTo('person', 'personId', 'SET NULL'),
  ],
});

/** A table at which 1:1 meetings take place. */
export interface MeetingTable {
  id: string;
  eventId: string;
  roomId: string | null;
  label: string;
  position: number;
  features: string[];
  /** Whose meetings take place here when it is free. */
  homeOrganisationId: string | null;
}
export const MeetingTableEntity = new EntitySchema<MeetingTable>({
  name: 'meeting_table',
  columns: {
    id: id(),
    eventId: uuid(),
    roomId: uuid({ nullable: true }),
    label: text(),
    position: integer(),
    features: texts(),
    homeOrganisationId: uuid({ nullable: true }),
  },
  uniques: [{ name: 'meeting_table_label', columns: ['eventId', 'label'] }],
  checks: [{ name: 'meeting_table_features', expression: "features <@ ARRAY['screen', 'quiet']::text[]" }],
  foreignKeys: [
    refersTo('event', 'eventId', 'CASCADE'),
    refersTo('room', 'roomId', 'SET NULL'),
    refersTo('organisation', 'homeOrganisationId', 'SET NULL'),
  ],
});
