import { z } from 'zod';
import { instant, paragraph, uuid } from '../primitives.js';

export const blockKind = z.enum(['competitor', 'dispute', 'other']);

/** Another organisation with which this one is not matched. */
export const blockView = z.object({
  id: uuid,
  /** The other organisation. */
  organisation: z.object({ id: uuid, name: z.string() }),
  kind: blockKind,
  /** Stated by the organisation whose page this is; false = by the other one (organizers only see those). */
  own: z.boolean(),
  note: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: instant,
  mayEnd: z.boolean(),
});
export type BlockView = z.infer<typeof blockView>;

export const blockList = z.object({
  rows: z.array(blockView),
  may: z.object({ state: z.boolean(), recordDispute: z.boolean() }),
});
export type BlockList = z.infer<typeof blockList>;

/** Disputes are recorded by organizers, the other kinds by members. */
export const blockBody = z.object({
  organisationId: uuid,
  kind: blockKind,
  note: paragraph(500).nullable().default(null),
});
export type BlockBody = z.infer<typeof blockBody>;

export const blockStated = z.object({
  id: uuid,
  /** Pairs that left the lists at once. */
  withdrawn: z.number().int(),
  /** Pairs with a meeting or a deal, which stay: they are settled there. */
  kept: z.number().int(),
});
export type BlockStated = z.infer<typeof blockStated>;

export const blockParams = z.object({ id: uuid, blockId: uuid });
