import { EntitySchema } from 'typeorm';
import { createdAt, id, integer, json, oneOf, refersTo, text, time, uuid } from '../columns.js';

export const REGISTRATION_STATUSES = [
  'pending',
  'confirmed',
  'waitlisted',
  'offered',
  'rejected',
  'cancelled',
  'expired',
] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/**
 * One person's place at an event, for `groupSize` heads. `seatsHeld` equals groupSize while confirmed or offered, else 0;
 * the sum over an event is kept in event.seatsTaken in the same transaction.
 */
export interface Registration {
  id: string;
  eventId: string;
  personId: string;
  organisationId: string | null;
  groupSize: number;
  status: RegistrationStatus;
  seatsHeld: number;
  answers: Record<string, unknown>;
  /** Order of the waiting list: earlier first. */
  waitingSince: Date | null;
  /** How often smaller groups were let past this one. */
  timesPassed: number;
  offeredAt: Date | null;
  offerExpiresAt: Date | null;
  /** SHA-256, hex, of the token in the links of the last offer's mail. */
  offerTokenHash: string | null;
  /** Short code printed on the ticket; the QR carries it signed. */
  ticketCode: string;
  note: string | null;
  createdAt: Date;
  confirmedAt: Date | null;
  cancelledAt: Date | null;
  updatedAt: Date;
}
export const RegistrationEntity = new EntitySchema<Registration>({
  name: 'registration',
  columns: {
    id: id(),
    eventId: uuid(),
    personId: uuid(),
    organisationId: uuid({ nullable: true }),
    groupSize: integer({ default: 1 }),
    status: text(),
    seatsHeld: integer({ default: 0 }),
    answers: json({ default: () => "'{}'" }),
    waitingSince: time({ nullable: true }),
    timesPassed: integer({ default: 0 }),
    offeredAt: time({ nullable: true }),
    offerExpiresAt: time({ nullable: true }),
    offerTokenHash: text({ nullable: true }),
    ticketCode: text(),
    note: text({ nullable: true }),
    createdAt: createdAt(),
    confirmedAt: time({ nullable: true }),
    cancelledAt: time({ nullable: true }),
    updatedAt: createdAt(),
  },
  uniques: [{ name: 'registration_ticket', columns: ['ticketCode'] }],
  indices: [
    {
      name: 'registration_active_once',
      columns: ['eventId', 'personId'],
      unique: true,
      where: "status IN ('pending', 'confirmed', 'waitlisted', 'offered')",
    },
    { name: 'registration_event', columns: ['eventId', 'status'] },
    { name: 'registration_person', columns: ['personId'] },
    {
      name: 'registration_undecided',
      columns: ['eventId'],
      where: "status IN ('pending', 'waitlisted', 'offered')",
    },
    { name: 'registration_offer', columns: ['offerExpiresAt'], where: "status = 'offered'" },
  ],
  checks: [
    { name: 'registration_status_known', expression: oneOf('status', REGISTRATION_STATUSES) },
    { name: 'registration_group', expression: 'group_size >= 1' },
    {
      name: 'registration_seats',
      expression: "seats_held = CASE WHEN status IN ('confirmed', 'offered') THEN group_size ELSE 0 END",
    },
  ],
  foreignKeys: [
    refersTo('event', 'eventId'),
    refersTo('person', 'personId'),
    refersTo('organisation', 'organisationId', 'SET NULL'),
  ],
});

/** Somebody came; at most one row per registration, so a second scan changes nothing. */
export interface CheckIn {
  id: string;
  registrationId: string;
  eventId: string;
  headCount: number;
  method: 'scan' | 'name' | 'self';
  checkedInBy: string | null;
  at: Date;
}
export const CheckInEntity = new EntitySchema<CheckIn>({
  name: 'check_in',
  columns: {
    id: id(),
    registrationId: uuid(),
    eventId: uuid(),
    headCount: integer(),
    method: text(),
    checkedInBy: uuid({ nullable: true }),
    at: createdAt(),
  },
  uniques: [{ name: 'check_in_once', columns: ['registrationId'] }],
  indices: [{ name: 'check_in_event', columns: ['eventId'] }],
  checks: [
    { name: 'check_in_method', expression: oneOf('method', ['scan', 'name', 'self']) },
    { name: 'check_in_heads', expression: 'head_count >= 1' },
  ],
  foreignKeys: [
    refersTo('registration', 'registrationId'),
    refersTo('event', 'eventId'),
    refersTo('person', 'checkedInBy', 'SET NULL'),
  ],
});
