import { z } from 'zod';
import { uuid } from '../primitives.js';

export const platformRole = z.enum(['organizer', 'administrator', 'broker', 'service_officer']);
export const locale = z.enum(['zh-CN', 'en']);

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
