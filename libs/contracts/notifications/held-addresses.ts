import { z } from 'zod';
import { instant, uuid } from '../primitives.js';

/** GET /api/organizer/held-addresses: addresses that mail is held back from, the latest first. */
export const heldAddressesView = z.object({
  rows: z.array(
    z.object({
      id: uuid,
      address: z.string(),
      heldAt: instant,
      failures: z.number().int(),
      diagnostic: z.string(),
    }),
  ),
});
export type HeldAddressesView = z.infer<typeof heldAddressesView>;
