/** The methods our own objects use (RFC 5546 §1.4); replies are only read and validated. */
export type InvitationMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';
export type InvitationStatus = 'CONFIRMED' | 'TENTATIVE';
export type ParticipationStatus = 'NEEDS-ACTION' | 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'DELEGATED';
export type AttendeeRole = 'CHAIR' | 'REQ-PARTICIPANT' | 'OPT-PARTICIPANT' | 'NON-PARTICIPANT';
export type CalendarUserType = 'INDIVIDUAL' | 'GROUP' | 'RESOURCE' | 'ROOM' | 'UNKNOWN';
export type CalendarTimeZone = 'Asia/Shanghai' | 'UTC';

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

/**
 * One event of one calendar object. Text fields are plain text, '' when absent; instants are kept to
 * the second, the precision of RFC 5545 §3.3.5.
 */
export interface CalendarInvitation {
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
  organizer: InvitationOrganizer;
  attendees: InvitationAttendee[];
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
