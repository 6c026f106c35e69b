import { cleanText } from '../calendar/calendar-text.js';
import type { CalendarInvitation } from '../calendar/invitation.js';
import { compareRevisions } from '../calendar/next-sequence.js';

/** What an attendee was told last. */
export interface KnownInvitation {
  readonly state: 'active' | 'cancelled';
  readonly sequence: number;
  /** The last REQUEST. */
  readonly invitation: CalendarInvitation;
}

/**
 * What the attendee's calendar should hold. `translated`: the same in the other language, in which the calendar may still
 * hold it. `whole`: the event itself is called off, not only this attendee's part.
 */
export type WantedInvitation =
  | {
      readonly kind: 'active';
      readonly invitation: CalendarInvitation;
      readonly translated?: () => CalendarInvitation;
    }
  | { readonly kind: 'gone'; readonly whole: boolean };

export interface InvitationMessage {
  readonly purpose: 'request' | 'update' | 'cancel';
  readonly invitation: CalendarInvitation;
}

/**
 * The message that brings an attendee's calendar from what it holds to what it should hold; null when there is nothing
 * to say. SEQUENCE starts at 0, grows by one with a material change, a cancellation and a new invitation after one
 * (RFC 5546 §2.1.4, §3.2.5); changed words keep it and carry a newer DTSTAMP. Somebody who was never invited gets no
 * CANCEL, and nobody hears about what is over at `now`. SEQUENCE, DTSTAMP, CREATED, LAST-MODIFIED of `wanted` are not
 * looked at.
 */
export function decideInvitation(
  known: KnownInvitation | null,
  wanted: WantedInvitation,
  now: Date,
): InvitationMessage | null {
  if (wanted.kind === 'gone') return decideCancel(known, wanted.whole, now);
  if (wanted.invitation.end <= now) return null;
  const createdAt = known?.invitation.createdAt ?? now;
  const stamped = { ...wanted.invitation, stampedAt: nextStamp(known, now), createdAt, lastModifiedAt: now };
  if (known === null) return { purpose: 'request', invitation: { ...stamped, sequence: 0 } };
  const next = { ...stamped, sequence: known.sequence + 1 };
  if (known.state === 'cancelled') return { purpose: 'request', invitation: next };
  const { changed, material } = compareRevisions(known.invitation, stamped);
  if (!changed) return null;
  return { purpose: 'update', invitation: material ? next : { ...stamped, sequence: known.sequence } };
}

const WORDS = ['summary', 'description', 'location'] as const;

/**
 * What a calendar holds, with the words of `wanted` wherever it says the same in the other language: who changed the
 * language is not told that the event changed.
 */
export function inWordsOf(wanted: WantedInvitation, held: CalendarInvitation): CalendarInvitation {
  if (wanted.kind !== 'active' || wanted.translated === undefined) return held;
  const { invitation } = wanted;
  const other = WORDS.filter((field) => cleanText(invitation[field]) !== cleanText(held[field]));
  if (other.length === 0) return held;
  const translated = wanted.translated();
  const same = other.filter((field) => cleanText(translated[field]) === cleanText(held[field]));
  return { ...held, ...Object.fromEntries(same.map((field) => [field, invitation[field]])) };
}

function decideCancel(known: KnownInvitation | null, whole: boolean, now: Date): InvitationMessage | null {
  if (known === null || known.state === 'cancelled' || known.invitation.end <= now) return null;
  return {
    purpose: 'cancel',
    invitation: {
      ...known.invitation,
      method: 'CANCEL',
      cancelledWhole: whole,
      sequence: known.sequence + 1,
      stampedAt: nextStamp(known, now),
      lastModifiedAt: now,
    },
  };
}

/** DTSTAMP orders messages of one SEQUENCE (RFC 5546 §2.1.5) and has whole seconds: two never get the same. */
function nextStamp(known: KnownInvitation | null, now: Date): Date {
  if (known === null) return now;
  return new Date(Math.max(now.getTime(), known.invitation.stampedAt.getTime() + 1000));
}
