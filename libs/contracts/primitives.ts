import { z } from 'zod';
import { manyLines, oneLine } from '#libs/domain/text/clean-text.js';

/** Building blocks of every contract. Instants travel as ISO 8601 in UTC, days as YYYY-MM-DD, money as decimal yuan. */
export const uuid = z.uuid();
export const instant = z.iso.datetime({ offset: true });
export const day = z.iso.date();
export const amount = z.string().regex(/^\d{1,16}(\.\d{1,2})?$/);
/** A code of a code list; that it exists in the list is checked by the server. */
export const code = z.string().min(1).max(64);
/** What people type: in one line, and in several. Control characters are left out, NUL above all: no database keeps it. */
export const lineText = () => z.string().overwrite(oneLine).trim();
export const blockText = () => z.string().overwrite(manyLines).trim();
export const line = (max = 200) => lineText().min(1).max(max);
export const optionalLine = (max = 200) => lineText().max(max).nullable();
export const paragraph = (max = 4000) => blockText().max(max);
export const idParams = z.object({ id: uuid });

/** `?page=1&pageSize=20&q=...` of every list; pages count from 1. */
export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(20),
  q: lineText().max(100).optional(),
});

/** A page of a list: `total` counts all rows that fit the query. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
  });

export const done = z.object({ ok: z.literal(true) });

/** A query flag: `?mine=true`. */
export const queryFlag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A repeatable query value: `?status=a&status=b` or `?status=a`; without it an empty list. */
export const queryList = <Item extends z.ZodType<string>>(item: Item) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item).max(50)).default([]);
