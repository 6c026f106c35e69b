/**
 * Why a registration expired: a seat was offered and not taken in time; the organizers had not decided when the event
 * was over; or the waiting list never got to it.
 */
export type ExpiryReason = 'offer-unanswered' | 'not-decided' | 'never-offered';

/** Null for a registration that did not expire. Only those who waited have `waitingSince`, only offers `offeredAt`. */
export function expiryReason(registration: {
  readonly status: string;
  readonly waitingSince: Date | null;
  readonly offeredAt: Date | null;
}): ExpiryReason | null {
  if (registration.status !== 'expired') return null;
  if (registration.offeredAt !== null) return 'offer-unanswered';
  return registration.waitingSince === null ? 'not-decided' : 'never-offered';
}
