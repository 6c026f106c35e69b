/** What is said of an event in a chat group. */
interface Facts {
  readonly summary?: unknown;
  readonly startsAt?: unknown;
  readonly endsAt?: unknown;
  readonly place?: unknown;
}

/** The payload of a mail about an event. */
export interface EventWords extends Facts {
  readonly before?: (Facts & Readonly<Record<string, unknown>>) | null;
  readonly cancelledWhole?: unknown;
  readonly [word: string]: unknown;
}

/** The last message of a robot about an event. */
export interface SaidOfEvent {
  readonly topic: string;
  readonly payload: EventWords;
  /** People were invited again after it was called off. */
  readonly reopened: boolean;
}

const FACTS = ['summary', 'startsAt', 'endsAt', 'place'] as const;

const differ = (one: Facts, other: Facts): boolean =>
  FACTS.some((fact) => (one[fact] ?? '') !== (other[fact] ?? ''));

/**
 * Whether a mail to a guest is news to a robot that said `last`: every guest is told of a change, a robot once. Compared
 * with what it said last and not with all it ever said, so that a title that goes back and forth is said each time.
 * That one guest gives back a place is no news of the event, nor is what changed for that guest alone.
 */
export function isEventNews(topic: string, payload: EventWords, last: SaidOfEvent | undefined): boolean {
  const over = last?.topic === 'invitation-cancel' && !last.reopened;
  if (topic === 'invitation-cancel') return payload.cancelledWhole === true && !over;
  if (topic === 'invitation-request') return last === undefined || last.topic === 'invitation-cancel';
  if (payload.before && !differ(payload.before, payload)) return false;
  return last === undefined || last.topic === 'invitation-cancel' || differ(last.payload, payload);
}
