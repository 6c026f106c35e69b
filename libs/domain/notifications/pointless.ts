/** What decides until when a message is of use. */
export interface Occasion {
  readonly anchor?: string | null;
  readonly minutes?: number | null;
  readonly startsAt?: string | null;
  readonly endsAt?: string | null;
  /** Until when an offer can be accepted. */
  readonly expiresAt?: string | null;
}

/**
 * Whether a message that leaves at `at` comes too late to be of use: a reminder of what has begun, or of the end of what
 * is over, an offer that lapsed, an invitation to what is past. Words after the end of an event never come too late.
 */
export function isPointless(topic: string, payload: Occasion, at: Date): boolean {
  const past = (instant: string | null | undefined): boolean => Boolean(instant) && new Date(instant!) <= at;
  if (topic === 'registration-offer') return past(payload.expiresAt);
  if (topic === 'invitation-request' || topic === 'invitation-update') return past(payload.endsAt);
  if (topic !== 'event-reminder') return false;
  const minutes = payload.minutes ?? 0;
  if (payload.anchor === 'end' && minutes >= 0) return false;
  return past(payload.anchor === 'start' && minutes < 0 ? payload.startsAt : payload.endsAt);
}
