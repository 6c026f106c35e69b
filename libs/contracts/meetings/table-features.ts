import { z } from 'zod';

/** What a table can have and a meeting can need: a screen to show something, a place without noise. */
export const tableFeature = z.enum(['screen', 'quiet']);
export type TableFeature = z.infer<typeof tableFeature>;
