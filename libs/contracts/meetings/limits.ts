import { z } from 'zod';
import { code, uuid } from '../primitives.js';

const bound = z.number().int().min(0).max(200).nullable();

/** How many meetings a person, an organisation or all organisations of a kind should have; exactly one is named. */
const limit = z
  .object({
    personId: uuid.nullable().default(null),
    organisationId: uuid.nullable().default(null),
    organisationKind: code.nullable().default(null),
    /** Falling short is avoided as far as possible. */
    min: bound.default(null),
    /** Never more than these. */
    max: bound.default(null),
  })
  .refine(
    ({ personId, organisationId, organisationKind }) =>
      [personId, organisationId, organisationKind].filter((one) => one !== null).length === 1,
    { message: 'exactly one of person, organisation and kind' },
  )
  .refine(({ min, max }) => min !== null || max !== null, { path: ['max'], message: 'a least or a most' })
  .refine(({ min, max }) => min === null || max === null || min <= max, {
    path: ['max'],
    message: 'must not be below the least',
  });

/** PUT /organizer/events/:id/meeting-limits: all of them. */
export const limitsBody = z.object({
  limits: z
    .array(limit)
    .max(1000)
    .refine(
      (limits) =>
        new Set(limits.map((one) => one.personId ?? one.organisationId ?? one.organisationKind)).size ===
        limits.length,
      { message: 'somebody is named twice' },
    ),
});
export type LimitsBody = z.infer<typeof limitsBody>;

export const limitsView = z.object({
  limits: z.array(
    z.object({
      personId: uuid.nullable(),
      organisationId: uuid.nullable(),
      organisationKind: code.nullable(),
      /** Of the person or organisation; null for a kind. */
      name: z.string().nullable(),
      min: z.number().int().nullable(),
      max: z.number().int().nullable(),
    }),
  ),
});
export type LimitsView = z.infer<typeof limitsView>;
