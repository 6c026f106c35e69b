import { z } from 'zod';
import { instant, line, uuid } from '../primitives.js';
import { dealStage } from './deal.js';

/** The enterprise's own word that its need is solved. */
export const acceptNeed = z.object({ statement: line(2000), dealId: uuid.nullable().default(null) });
export type AcceptNeed = z.infer<typeof acceptNeed>;

export const needAcceptanceView = z.object({
  accepted: z.boolean(),
  acceptedAt: instant.nullable(),
  /** Only for the two sides and staff. */
  statement: z.string().nullable(),
  acceptedBy: z.string().nullable(),
  organisation: z.string().nullable(),
  deal: z.object({ id: uuid, dealNo: z.string() }).nullable(),
  /** The reader belongs to the need's own organisation. */
  isOwner: z.boolean(),
  /** The reader may accept it now. */
  mayAccept: z.boolean(),
  /** Deals of the need that the acceptance can name. */
  deals: z.array(z.object({ id: uuid, dealNo: z.string(), title: z.string(), stage: dealStage })),
});
export type NeedAcceptanceView = z.infer<typeof needAcceptanceView>;
