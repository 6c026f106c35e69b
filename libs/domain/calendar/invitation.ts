import type { Recurrence } from './recurrence.js';

/**
 * Methods of objects with a whole event in them (RFC 5546 §1.4): the organizer's REQUEST, CANCEL, PUBLISH and
 * DECLINECOUNTER, an attendee's REPLY and COUNTER. REFRESH has none: `writeRefresh`.
 */
export type InvitationMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH' | 'REPLY' | 'COUNTER' | 'DECLINECOUNTER';
export type InvitationStatus = 'CONFIRMED' | 'TENTATIVE';
export type ParticipationStatus = 'NEEDS-ACTION' | 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'DELEGATED';
export type AttendeeRole = 'CHAIR' | 'REQ-PARTICIPANT' | 'OPT-PARTICIPANT' | 'NON-PARTICIPANT';
export type CalendarUserType = 'INDIVIDUAL' | 'GROUP' | 'RESOURCE' | 'ROOM' | 'UNKNOWN';
/** `UTC` or an IANA name. */
export type CalendarTimeZone = string;

export interface InvitationOrganizer {
  name: string;
  email: string;
}

export interface InvitationAttendee {
  name: string;
  email: string;
  /** Default NEEDS-ACTION. */
  partstat?: ParticipationStatus;
  /** Default REQ-PARTICIPANT. */
  role?: AttendeeRole;
  /** Default true; always false in a CANCEL, which asks for no reply. */
  rsvp?: boolean;
  /** Default INDIVIDUAL. */
  cutype?: CalendarUserType;
}

/** One occurrence of a series that differs from the others (RFC 5545 §3.8.4.4). */
export interface InvitationOverride {
  /** Original start of the occurrence. */
  recurrenceId: Date;
  start: Date;
  end: Date;
  summary: string;
  description: string;
  location: string;
}

/** Whom an object is from and to: all that differs between those who are told the same. */
export interface CalendarPeople {
  organizer: InvitationOrganizer;
  attendees: InvitationAttendee[];
}

/**
 * One event of one calendar object, with all of its occurrences when it is a series. Text fields are plain text, '' when absent; instants are kept to
 * the second, the precision of RFC 5545 §3.3.5.
 */
export interface CalendarInvitation extends CalendarPeople {
  method: InvitationMethod;
  /** Stable over all revisions, visible ASCII, at most 255 octets (RFC 7986 §5.3). */
  uid: string;
  sequence: number;
  /** DTSTAMP: when this message was made. */
  stampedAt: Date;
  start: Date;
  /** Exclusive, later than `start`. */
  end: Date;
  timeZone: CalendarTimeZone;
  summary: string;
  description: string;
  location: string;
  /** An http(s) address or ''. */
  url: string;
  status: InvitationStatus;
  /** Minutes before the start; never sent in a CANCEL. */
  reminders: number[];
  createdAt: Date;
  lastModifiedAt: Date;
  /**
   * The event itself is called off. A CANCEL with `false` uninvites the listed attendees only and
   * carries no STATUS (RFC 5546 §3.2.5). Not allowed in a REQUEST.
   */
  cancelledWhole: boolean;
  /** Whole days: start and end are midnights in `timeZone`, written as dates. Default false. */
  allDay?: boolean;
  /** At most one rule. Occurrences that do not take place are in `excluded`. Default: takes place once. */
  recurrence?: Recurrence | null;
  /** Default none. Left out of a CANCEL. */
  overrides?: InvitationOverride[];
  /** The one occurrence that the message is about, by its original start; default the whole event. */
  recurrenceId?: Date | null;
}

/** The model cannot be written as a valid object, or the bytes cannot be read as one. */
export class InvalidInvitationError extends Error {
  override readonly name = 'InvalidInvitationError';
  constructor(
    readonly field: string,
    reason: string,
  ) {
    super(`${field}: ${reason}`);
  }
}
