import { z } from 'zod';
import { instant, line, uuid } from '../primitives.js';
import { locale } from './me.js';

/** An e-mail address as it is stored and compared: trimmed, lower case. */
export const emailAddress = z.preprocess(
  (value) => (typeof value === 'string' ? value.trim().toLowerCase() : value),
  z.email().max(254),
);
/** Longer passwords would only cost hashing time; what is too short is said by the server with a sentence. */
export const password = z.string().min(1).max(200);
/** A link that was cut on its way is answered like an unknown one: with a sentence about the link. */
export const rawToken = z.string().min(1).max(200);

/** A path of this platform to go on to; nothing that a browser could take for another site. */
export const nextPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/);

export const signUpBody = z.object({
  email: emailAddress,
  name: line(60),
  password,
  locale: locale.default('zh-CN'),
  /** Where to go after the first sign-in; travels in the link of the mail. */
  next: nextPath.optional(),
});
export type SignUpBody = z.infer<typeof signUpBody>;

export const emailBody = z.object({ email: emailAddress, next: nextPath.optional() });
export type EmailBody = z.infer<typeof emailBody>;

export const tokenBody = z.object({ token: rawToken });
export type TokenBody = z.infer<typeof tokenBody>;

export const signInBody = z.object({ email: emailAddress, password });
export type SignInBody = z.infer<typeof signInBody>;

export const resetPasswordBody = z.object({ token: rawToken, password });
export type ResetPasswordBody = z.infer<typeof resetPasswordBody>;

export const changePasswordBody = z.object({ current: password, password });
export type ChangePasswordBody = z.infer<typeof changePasswordBody>;

export const firstAdministratorBody = z.object({
  token: rawToken,
  email: emailAddress,
  name: line(60),
  password,
});
export type FirstAdministratorBody = z.infer<typeof firstAdministratorBody>;

/** One browser in which the person is signed in. */
export const sessionView = z.object({
  id: uuid,
  userAgent: z.string().nullable(),
  ip: z.string().nullable(),
  createdAt: instant,
  lastSeenAt: instant,
  /** The one that asks. */
  current: z.boolean(),
});
export const sessionsView = z.object({ rows: z.array(sessionView) });
export type SessionsView = z.infer<typeof sessionsView>;
