/**
 * Why a registration expired: a seat was offered and not taken in time; the organizers had not decided when the event
 * was over; the waiting list never got to it; or the event was cancelled.
 */
export type ExpiryReason = 'offer-unanswered' | 'not-decided' | 'never-offered' | 'event-cancelled';

/** Null for a registration that did not expire. Only those who waited have `waitingSince`, only offers `offeredAt`, only those of cancelled events a note: the reason. */
export function expiryReason(registration: {
  readonly status: string;
  readonly waitingSince: Date | null;
  readonly offeredAt: Date | null;
  readonly note: string | null;
}): ExpiryReason | null {
  if (registration.status !== 'expired') return null;
  if (registration.note !== null) return 'event-cancelled';
  if (registration.offeredAt !== null) return 'offer-unanswered';
  return registration.waitingSince === null ? 'not-decided' : 'never-offered';
}
