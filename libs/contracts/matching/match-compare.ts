import { z } from 'zod';
import { uuid } from '../primitives.js';
import { matchSide, matchView } from './matches.js';

/** `?ids=a,b,c`: two to four matches that share their need or their capability. */
export const compareQuery = z.object({
  ids: z
    .string()
    .max(200)
    .transform((value) => value.split(','))
    .pipe(
      z
        .array(uuid)
        .min(2)
        .max(4)
        .refine((ids) => new Set(ids).size === ids.length, { message: 'A match is named twice.' }),
    ),
});
export type CompareQuery = z.infer<typeof compareQuery>;

/** What differs between the other sides; null where unknown or hidden from the reader. */
const comparedRecord = z.object({
  fields: z.array(z.string()),
  regionCode: z.string().nullable(),
  trlScheme: z.string().nullable(),
  /** Technology readiness: the capability's own, or what the need asks for. */
  trl: z.number().int().nullable(),
  /** Codes of list transfer-mode (capability) or solve-mode (need); null when hidden. */
  modes: z.array(z.string()).nullable(),
  /** Price of a capability or budget of a need in 10,000 yuan; null when hidden. */
  money: z
    .object({ min: z.number().nullable(), max: z.number().nullable(), negotiable: z.boolean() })
    .nullable(),
});

/** Columns are `matches`, in the order asked for; every `values` below has one entry per column. */
export const compareView = z.object({
  /** The record all of them share. */
  subject: z.object({ kind: matchSide, id: uuid, title: z.string() }),
  matches: z.array(z.object({ match: matchView, other: comparedRecord })),
  /** Parts of the scores; null = the factor plays no part in that pair. */
  factors: z.array(z.object({ code: z.string(), values: z.array(z.number().nullable()) })),
  /** By the need's indicator; null = not compared in that pair. */
  indicators: z.array(
    z.object({
      name: z.string(),
      values: z.array(
        z
          .object({
            wanted: z.string(),
            offered: z.string().nullable(),
            outcome: z.enum(['met', 'not_met', 'unknown']),
          })
          .nullable(),
      ),
    }),
  ),
});
export type CompareView = z.infer<typeof compareView>;
