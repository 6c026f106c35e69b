import type { CalendarInvitation } from '../calendar/invitation.js';

const INSTANTS = ['stampedAt', 'start', 'end', 'createdAt', 'lastModifiedAt'] as const;
type InstantField = (typeof INSTANTS)[number];

/** An invitation as a JSON column keeps it: instants are ISO strings. */
export type StoredInvitation = Omit<CalendarInvitation, InstantField> & Record<InstantField, string>;

export function toStoredInvitation(invitation: CalendarInvitation): StoredInvitation {
  const instants = Object.fromEntries(INSTANTS.map((field) => [field, invitation[field].toISOString()]));
  return { ...invitation, ...(instants as Record<InstantField, string>) };
}

export function fromStoredInvitation(stored: StoredInvitation): CalendarInvitation {
  const instants = Object.fromEntries(INSTANTS.map((field) => [field, new Date(stored[field])]));
  return { ...stored, ...(instants as Record<InstantField, Date>) };
}
