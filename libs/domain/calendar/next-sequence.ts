import { canonicalInvitation } from './canonical-invitation.js';
import type { CalendarInvitation } from './invitation.js';

export interface RevisionComparison {
  /** Something an attendee can see differs; when false, nothing is sent. */
  changed: boolean;
  /** SEQUENCE grows by one. */
  material: boolean;
  /** Earlier answers no longer hold: everyone goes back to NEEDS-ACTION with RSVP=TRUE. */
  resetsReplies: boolean;
}

/**
 * What the difference between two revisions means (RFC 5546 §2.1.4, RFC 6638 §3.2.8). Time, zone,
 * status and cancellation are material and ask everyone again. A changed place and a removed attendee
 * are material too (calendars drop updates whose SEQUENCE did not grow) but keep the answers. Other
 * changes are sent again with the same SEQUENCE and a newer DTSTAMP. The answers themselves, DTSTAMP,
 * SEQUENCE, CREATED and LAST-MODIFIED never count.
 */
export function compareRevisions(previous: CalendarInvitation, next: CalendarInvitation): RevisionComparison {
  const before = canonicalInvitation(previous);
  const after = canonicalInvitation(next);
  const resetsReplies = timePart(before) !== timePart(after);
  const remaining = new Set(after.attendees.map((attendee) => attendee.email.toLowerCase()));
  const removed = before.attendees.some((attendee) => !remaining.has(attendee.email.toLowerCase()));
  const material = resetsReplies || removed || places(before) !== places(after);
  return { changed: material || semanticText(before) !== semanticText(after), material, resetsReplies };
}

/** SEQUENCE of the next message: one more after a material change, else unchanged. */
export function nextSequence(previous: CalendarInvitation, next: CalendarInvitation): number {
  return previous.sequence + (compareRevisions(previous, next).material ? 1 : 0);
}

/**
 * 32 hex digits over everything `compareRevisions` looks at: equal fingerprints mean that nothing is
 * to be sent. FNV-1a, 128 bits (IETF draft-eastlake-fnv), over the UTF-8 form.
 */
export function invitationFingerprint(invitation: CalendarInvitation): string {
  return fnv1a128(semanticText(canonicalInvitation(invitation)));
}

function places(inv: CalendarInvitation): string {
  return JSON.stringify([inv.location, (inv.overrides ?? []).map(({ location }) => location)]);
}

function timePart(inv: CalendarInvitation): string {
  const cancels = inv.method === 'CANCEL';
  return JSON.stringify([
    inv.start.getTime(),
    inv.end.getTime(),
    inv.timeZone,
    cancels ? '' : inv.status,
    cancels,
    inv.cancelledWhole,
    ...seriesPart(inv),
  ]);
}

/** Nothing for an event that takes place once, so that its fingerprint stays what it was. */
function seriesPart(inv: CalendarInvitation): unknown[] {
  const overrides = (inv.overrides ?? []).map(({ recurrenceId, start, end }) => [recurrenceId, start, end]);
  const parts = [inv.allDay === true, inv.recurrence ?? null, overrides, inv.recurrenceId ?? null];
  return JSON.stringify(parts) === '[false,null,[],null]' ? [] : parts;
}

function semanticText(inv: CalendarInvitation): string {
  const attendees = inv.attendees
    .map(({ name, email, role, cutype }) => [email.toLowerCase(), name, role, cutype])
    .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
  return JSON.stringify([
    inv.uid,
    timePart(inv),
    inv.summary,
    inv.description,
    inv.location,
    inv.url,
    [inv.organizer.name, inv.organizer.email],
    attendees,
    inv.reminders,
    ...(inv.overrides ?? []).map(({ summary, description, location }) => [summary, description, location]),
  ]);
}

/** The offset basis in limbs of 22 bits, the lowest first; the highest has the 18 that are left of 128. */
const FNV_OFFSET = 0x6c62272e07bb014262b821756295c58dn;
const LIMB = 0x3fffff;
const TOP_LIMB = 0x3ffff;
/** The prime is 2^88 + 0x13b, and 88 bits are four limbs: a product needs no big integers. */
const FNV_LOW = 0x13b;

const limb = (at: number): number => Number(BigInt.asUintN(22, FNV_OFFSET >> BigInt(22 * at)));
const OFFSET_LIMBS = [0, 1, 2, 3, 4, 5].map(limb);

/** FNV-1a with 128 bits of the UTF-8 form of a text, as 32 hex digits. O(octets). */
export function fnv1a128(text: string): string {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = OFFSET_LIMBS;
  for (const octet of new TextEncoder().encode(text)) {
    const low = a ^ octet;
    const second = b;
    let sum = low * FNV_LOW;
    a = sum & LIMB;
    sum = second * FNV_LOW + (sum >>> 22);
    b = sum & LIMB;
    sum = c * FNV_LOW + (sum >>> 22);
    c = sum & LIMB;
    sum = d * FNV_LOW + (sum >>> 22);
    d = sum & LIMB;
    sum = e * FNV_LOW + low + (sum >>> 22);
    e = sum & LIMB;
    f = (f * FNV_LOW + second + (sum >>> 22)) & TOP_LIMB;
  }
  const hash = [f, e, d, c, b, a].reduce((sum, part) => (sum << 22n) | BigInt(part), 0n);
  return hash.toString(16).padStart(32, '0');
}
