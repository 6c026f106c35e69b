import { statusIn } from '../calendar/inbound/classify-bounce.js';

/** What a mail server or the way to it answered; `status` is the SMTP reply code that `text` begins with, null when there was no reply. */
export interface DeliveryFailure {
  readonly status: number | null;
  readonly text: string;
}

/**
 * `deferred`: another try may succeed. `throttled`: the same, and the provider asks for less of everything. `refused`:
 * another try will not succeed.
 */
type FailureClass = 'deferred' | 'throttled' | 'refused';

/**
 * Chinese providers answer 550 when they throttle ("550 Ip frequency limited", "550 Connection frequency limited" of
 * QQ Mail): giving up would drop mail to good addresses.
 */
const THROTTLED = /frequency|frequently|rate.?limit|too many|throttl|try again|频率|频繁/i;
/** Greylisting (RFC 6647 §2.1) holds back one sender and recipient, not the domain. */
const GREYLISTED = /gr[ea]y.?list|try again/i;
/** RFC 3463 §3.3: the mailbox is full, which passes. */
const MAILBOX_FULL = '5.2.2';
/** Sign-in to our own server failed (RFC 4954 §6): nothing is wrong with the mail. */
const SIGN_IN = new Set([530, 534, 535, 538]);

export function classifyFailure({ status, text }: DeliveryFailure): FailureClass {
  if (status === null || SIGN_IN.has(status)) return 'deferred';
  if (THROTTLED.test(text) && !GREYLISTED.test(text)) return 'throttled';
  const isFull = statusIn(text) === MAILBOX_FULL;
  return status < 500 || isFull || GREYLISTED.test(text) ? 'deferred' : 'refused';
}

export const MAX_ATTEMPTS = 8;
const FIRST_DELAY_MS = 60_000;
const LONGEST_DELAY_MS = 6 * 3_600_000;

/**
 * Milliseconds to wait after the `attempt`-th try (from 1): one minute, three times as long each time, up to a quarter
 * more by `jitter` (0 to 1) so that mails deferred together do not return together, never more than six hours.
 */
export function retryDelayMs(attempt: number, jitter: number): number {
  const delay = FIRST_DELAY_MS * 3 ** (attempt - 1) * (1 + jitter / 4);
  return Math.round(Math.min(LONGEST_DELAY_MS, delay));
}
