import { z } from 'zod';
import { instant, pageOf, uuid } from '../primitives.js';

export const matchModelStatus = z.enum(['training', 'candidate', 'active', 'retired', 'failed']);

/** Numbers by name, e.g. score, ndcg10, brier, pairs, needs; as measured when the model was trained. */
const numbersByName = z.record(z.string(), z.number());

export const matchModelView = z.object({
  id: uuid,
  version: z.string(),
  kind: z.enum(['default', 'trained']),
  status: matchModelStatus,
  quality: numbersByName,
  /** How many judgements of each source it learned from. */
  trainedOn: numbersByName,
  error: z.string().nullable(),
  /**
   * Why a version that the platform trained by itself was not put to use: `worse:` and the measures in which it is behind
   * the version in use, as `score=0.702/0.711` (its own first), joined by commas; `one-sided` where hardly anybody declined, or agreed;
   * `unmeasured` where too few pairs were new to the latter; `superseded` when another
   * one was put to use meanwhile. Null when it was put to use, or a person trained it.
   */
  keptBack: z.string().nullable(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  finishedAt: instant.nullable(),
  activatedAt: instant.nullable(),
  activatedBy: z.string().nullable(),
});
export type MatchModelView = z.infer<typeof matchModelView>;

/** The model by which runs started now are scored; without an active row, the one the platform ships with. */
export const modelInUse = z.object({ version: z.string(), kind: z.enum(['default', 'trained']) });
export const matchModelPage = pageOf(matchModelView).extend({ inUse: modelInUse });
export type MatchModelPage = z.infer<typeof matchModelPage>;
