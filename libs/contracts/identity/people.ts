import { z } from 'zod';
import { instant, pageOf, pageQuery, queryFlag, uuid } from '../primitives.js';
import { platformRole } from './me.js';

/** GET /api/admin/people: `q` finds name, e-mail address, telephone number and organisation. */
export const peopleQuery = pageQuery.extend({
  role: platformRole.optional(),
  disabled: queryFlag.optional(),
});
export type PeopleQuery = z.infer<typeof peopleQuery>;

export const personRow = z.object({
  id: uuid,
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  roles: z.array(platformRole),
  emailVerified: z.boolean(),
  disabled: z.boolean(),
  createdAt: instant,
  organisations: z.array(z.object({ id: uuid, name: z.string(), role: z.enum(['owner', 'member']) })),
});
export type PersonRow = z.infer<typeof personRow>;
export const peoplePage = pageOf(personRow);
export type PeoplePage = z.infer<typeof peoplePage>;

export const rolesBody = z.object({
  roles: z
    .array(platformRole)
    .max(4)
    .transform((roles) => [...new Set(roles)].sort()),
});
export type RolesBody = z.infer<typeof rolesBody>;
