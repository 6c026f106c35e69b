import { shanghaiClock, shanghaiDay, shanghaiInstant } from '../time/shanghai-time.js';

/** Minutes of the day in Asia/Shanghai; `until` may be on the next day. Equal = none. */
export interface QuietHours {
  readonly from: number;
  readonly until: number;
}

export const DEFAULT_QUIET_HOURS: QuietHours = { from: 22 * 60, until: 8 * 60 };
/** Minute of the day at which digests leave. */
export const DEFAULT_DIGEST_AT = 9 * 60;

const DAY_MS = 24 * 3_600_000;

const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const minuteOf = (at: Date): number => {
  const { hour, minute } = shanghaiClock(at);
  return hour * 60 + minute;
};

export function isQuiet(at: Date, { from, until }: QuietHours): boolean {
  const minute = minuteOf(at);
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** `at` itself, or the end of the quiet hours it lies in. */
export function afterQuietHours(at: Date, quiet: QuietHours): Date {
  return isQuiet(at, quiet) ? nextAt(at, quiet.until) : at;
}

/** The next instant later than `at` at which clocks in Shanghai show `minute` of the day. */
export function nextAt(at: Date, minute: number): Date {
  const today = shanghaiInstant(shanghaiDay(at), clockTime(minute))!;
  return today > at ? today : new Date(today.getTime() + DAY_MS);
}

/** What decides whether somebody may be woken. */
export interface Urgency {
  readonly topic: string;
  /** Start as it holds now, or as it held before it was called off; ISO. */
  readonly startsAt?: string | null;
  /** Start before the change; ISO. */
  readonly before?: { readonly startsAt?: string | null; readonly endsAt?: string | null } | null;
  readonly endsAt?: string | null;
}

const CALLS_OFF: readonly string[] = [
  'invitation-cancel',
  'registration-cancelled',
  'registration-event-cancelled',
];
const MOVES: readonly string[] = ['invitation-update', 'registration-event-moved'];

/** A cancellation, or another time, of what starts (or would have started) within 24 hours does not wait for morning. */
export function isUrgent(message: Urgency, now: Date): boolean {
  const soon = (start: string | null | undefined): boolean => {
    if (!start) return false;
    const left = new Date(start).getTime() - now.getTime();
    return left > -DAY_MS / 24 && left <= DAY_MS;
  };
  if (CALLS_OFF.includes(message.topic)) return soon(message.startsAt);
  if (!MOVES.includes(message.topic) || !message.before) return false;
  const { before } = message;
  const moved =
    !sameInstant(before.startsAt, message.startsAt) || !sameInstant(before.endsAt, message.endsAt);
  return moved && (soon(message.startsAt) || soon(before.startsAt));
}

/** The database writes instants in another form than JSON. */
const sameInstant = (a: string | null | undefined, b: string | null | undefined): boolean =>
  new Date(a ?? 0).getTime() === new Date(b ?? 0).getTime();
