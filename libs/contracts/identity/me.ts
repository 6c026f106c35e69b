import { z } from 'zod';
import { line, uuid } from '../primitives.js';

export const platformRole = z.enum(['organizer', 'administrator', 'broker', 'service_officer']);
export const locale = z.enum(['zh-CN', 'en']);
/** A telephone number as people write it: digits, spaces, dashes, brackets, a leading plus, an extension. */
export const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d\s()（）-]{5,24}(?:(?:转|ext\.?|x)\s?\d{1,6})?$/);

/** The signed-in person as the pages need it: GET /api/me. */
export const me = z.object({
  id: uuid,
  email: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  locale,
  roles: z.array(platformRole),
  organisations: z.array(
    z.object({
      id: uuid,
      name: z.string(),
      kind: z.string(),
      status: z.enum(['pending', 'verified', 'rejected']),
      role: z.enum(['owner', 'member']),
    }),
  ),
});
export type Me = z.infer<typeof me>;

/** `person` is null for a visitor. `mailbox` says whether mails go to the mailbox page instead of the network. */
export const meAnswer = z.object({ person: me.nullable(), mailbox: z.boolean() });
export type MeAnswer = z.infer<typeof meAnswer>;

/** PATCH /api/me: what a person may change about themselves; what is left out stays. */
export const meBody = z.object({
  name: line(60).optional(),
  phone: phone.nullable().optional(),
  locale: locale.optional(),
});
export type MeBody = z.infer<typeof meBody>;
