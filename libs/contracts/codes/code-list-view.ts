import { z } from 'zod';

export const codeItemView = z.object({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  parent: z.string().nullable(),
  /** False for codes that only old records still carry. */
  active: z.boolean(),
});
export type CodeItemView = z.infer<typeof codeItemView>;

/** GET /api/codes: every list at its current version, by list id. */
export const codeListsView = z.record(
  z.string(),
  z.object({ zh: z.string(), en: z.string(), version: z.string(), items: z.array(codeItemView) }),
);
export type CodeListsView = z.infer<typeof codeListsView>;
