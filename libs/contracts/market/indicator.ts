import { z } from 'zod';
import { blockText, line, lineText } from '../primitives.js';

export const comparator = z.enum(['lt', 'le', 'eq', 'ge', 'gt', 'between']);
export type Comparator = z.infer<typeof comparator>;

/** One technical indicator: 定位精度 ≤ 0.05 m. `valueHigh` is the upper end of `between`; `raw` the words as written. */
export const indicatorFields = z.object({
  name: line(100),
  comparator,
  value: z.number(),
  valueHigh: z.number().nullable(),
  unit: lineText().max(30).nullable(),
  raw: lineText().max(300),
});
export type IndicatorFields = z.infer<typeof indicatorFields>;

const ordered = (row: IndicatorFields) =>
  row.comparator === 'between'
    ? row.valueHigh !== null && row.valueHigh >= row.value
    : row.valueHigh === null;

export const indicatorInput = indicatorFields.refine(ordered, {
  path: ['valueHigh'],
  message: 'field.interval',
});

/** POST /api/indicators/parse: what a free text says, for confirmation. */
export const parseIndicatorsBody = z.object({ text: blockText().min(1).max(4000) });
export const parsedIndicators = z.object({
  indicators: z.array(indicatorFields),
  /** Clauses in which no indicator was recognised, as written. */
  unread: z.array(z.string()),
});
export type ParsedIndicators = z.infer<typeof parsedIndicators>;
