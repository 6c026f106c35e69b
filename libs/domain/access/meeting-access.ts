import { isMemberOf, isOrganizer, isStaff, type Actor } from './actor.js';

export interface MeetingFacts {
  readonly enterpriseId: string;
  readonly instituteId: string;
  readonly enterprisePersonId: string;
  readonly institutePersonId: string;
  /** Both sides said they are interested. */
  readonly mutual: boolean;
  /** People who take part besides the two sides. */
  readonly guests?: readonly { readonly personId: string }[];
}

export type MeetingSideName = 'enterprise' | 'institute';

const isGuest = (actor: Actor | null, { guests }: MeetingFacts): boolean =>
  actor !== null && (guests ?? []).some((guest) => guest.personId === actor.personId);

/** The side on which the actor sits, or whose organisation they belong to; null for everybody else. */
export function sideOf(actor: Actor | null, meeting: MeetingFacts): MeetingSideName | null {
  if (actor?.personId === meeting.enterprisePersonId) return 'enterprise';
  if (actor?.personId === meeting.institutePersonId) return 'institute';
  if (isMemberOf(actor, meeting.enterpriseId)) return 'enterprise';
  return isMemberOf(actor, meeting.instituteId) ? 'institute' : null;
}

/** The two, colleagues of their organisations, guests, and staff. */
export const canReadMeeting = (actor: Actor | null, meeting: MeetingFacts): boolean =>
  isStaff(actor) || sideOf(actor, meeting) !== null || isGuest(actor, meeting);

/** Contacts open with mutual interest, to both sides; organizers have the registrations anyway. */
export const canReadContacts = (actor: Actor | null, meeting: MeetingFacts): boolean =>
  isOrganizer(actor) || (meeting.mutual && sideOf(actor, meeting) !== null);

/** Cancelling, and saying whether it took place: the two themselves and organizers, not their colleagues. */
export const canDecideMeeting = (actor: Actor | null, meeting: MeetingFacts): boolean =>
  isOrganizer(actor) ||
  (actor !== null && [meeting.enterprisePersonId, meeting.institutePersonId].includes(actor.personId));

/** Whose absences at an event one may read and write. */
export const canSetAbsences = (actor: Actor | null, personId: string): boolean =>
  isOrganizer(actor) || actor?.personId === personId;
