import { z } from 'zod';
import {
  code,
  instant,
  line,
  optionalLine,
  pageOf,
  pageQuery,
  paragraph,
  queryFlag,
  uuid,
} from '../primitives.js';

/** The part of a programme's address: lower-case letters, digits and single hyphens. */
export const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
export const color = z.string().regex(/^#[0-9a-f]{6}$/i);

export const programmeBody = z.object({
  slug,
  name: line(80),
  nameEn: optionalLine(120).default(null),
  intro: paragraph().nullable().default(null),
  /** Code of list event-kind. */
  kind: code,
  color: color.default('#1668dc'),
  ownerId: uuid.nullable().default(null),
});
export type ProgrammeBody = z.infer<typeof programmeBody>;

export const programmeQuery = pageQuery.extend({ kind: code.optional(), archived: queryFlag.optional() });
export type ProgrammeQuery = z.infer<typeof programmeQuery>;

export const programmeView = z.object({
  id: uuid,
  slug: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  intro: z.string().nullable(),
  kind: z.string(),
  color: z.string(),
  owner: z.object({ id: uuid, name: z.string() }).nullable(),
  archivedAt: instant.nullable(),
  /** Public events: all of them, those still to come, and those marked as held. */
  editions: z.number().int(),
  upcoming: z.number().int(),
  held: z.number().int(),
});
export type ProgrammeView = z.infer<typeof programmeView>;
export const programmePage = pageOf(programmeView);
export type ProgrammePage = z.infer<typeof programmePage>;

export const slugParams = z.object({ slug });
export const nextEdition = z.object({ editionNo: z.number().int() });
