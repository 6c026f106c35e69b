import { z } from 'zod';
import { code } from '../primitives.js';

/** Somebody who has as many meetings at the event as they may have: a person, an organisation or a kind of these. */
export const fullLimit = z.object({
  /** In Chinese for a kind. */
  name: z.string(),
  organisationKind: code.nullable(),
  max: z.number().int(),
});
export type FullLimit = z.infer<typeof fullLimit>;
