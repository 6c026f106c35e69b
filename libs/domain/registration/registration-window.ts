export interface RegistrationWindow {
  readonly state: 'draft' | 'published' | 'registration_closed' | 'held' | 'archived' | 'cancelled';
  readonly isTemplate: boolean;
  readonly startsAt: Date;
  readonly registrationOpensAt: Date | null;
  readonly registrationClosesAt: Date | null;
}

/**
 * Why nobody can register at `now`, or null when it is open. Without a closing time registration ends when the event
 * begins; the opening instant belongs to the window, the closing instant does not.
 */
export function registrationClosedReason(event: RegistrationWindow, now: Date): 'not-open' | 'closed' | null {
  if (event.isTemplate || event.state === 'draft') return 'not-open';
  if (event.state !== 'published') return 'closed';
  if (event.registrationOpensAt !== null && now < event.registrationOpensAt) return 'not-open';
  return now >= (event.registrationClosesAt ?? event.startsAt) ? 'closed' : null;
}

/** Over by the clock, or because the organizers said that it was held. */
export const isEventOver = (
  event: Pick<RegistrationWindow, 'state'> & { readonly endsAt: Date },
  now: Date,
): boolean => event.state === 'held' || event.state === 'archived' || now >= event.endsAt;

/** Organizers add people, and the waiting list moves up, until the event is over or off. */
export const isSeatingPossible = (
  event: Pick<RegistrationWindow, 'state' | 'isTemplate'> & { readonly endsAt: Date },
  now: Date,
): boolean =>
  !event.isTemplate &&
  (event.state === 'published' || event.state === 'registration_closed') &&
  now < event.endsAt;
