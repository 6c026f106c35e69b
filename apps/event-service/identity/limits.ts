import type { AttemptLimit } from '#libs/persistence/identity/attempts.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Every rate limit of accounts; a key of table attempt_counter is `<name>:<what is limited>`. */
export const LIMITS = {
  /** Failed sign-ins and wrong current passwords of one address. */
  'sign-in-address': { max: 10, windowMs: 15 * MINUTE },
  /** Failed sign-ins from one IP address; an office shares one. */
  'sign-in-ip': { max: 50, windowMs: 15 * MINUTE },
  /** Sign-ups from one IP address. */
  'sign-up-ip': { max: 200, windowMs: HOUR },
  /** Mails that anybody can cause to one address: verification, forgotten password, invitations. */
  'mail-address': { max: 5, windowMs: HOUR },
  /** Invitations that one person causes. */
  'invite-person': { max: 60, windowMs: HOUR },
} as const satisfies Record<string, AttemptLimit>;

export type LimitName = keyof typeof LIMITS;

/** How long things live, in milliseconds. */
export const LIFETIMES = {
  session: 30 * DAY,
  verifyEmail: 2 * DAY,
  resetPassword: HOUR,
  joinOrganisation: 14 * DAY,
} as const;
