import { z } from 'zod';
import { offerKind } from '../market/record-facts.js';
import { code, instant, lineText, pageOf, pageQuery, paragraph, uuid } from '../primitives.js';
import { matchAnswer, matchOverride } from './matches.js';

/** `one-sided`: exactly one side is interested and the other has not declined. */
export const boardState = z.enum(['none', 'one-sided', 'mutual', 'declined', 'overridden']);

export const boardQuery = pageQuery.extend({
  /** Needs that led to a meeting or a deal at one of its events. */
  programmeId: uuid.optional(),
  eventId: uuid.optional(),
  needId: uuid.optional(),
  capabilityId: uuid.optional(),
  /** Part of the need's title or number. */
  need: lineText().max(100).optional(),
  /** A code of list technology-field, of the need or the capability, with those beneath it. */
  field: code.optional(),
  /** Part of the name of the capability's organisation. */
  institute: lineText().max(100).optional(),
  minScore: z.coerce.number().min(0).max(1).optional(),
  offerKind: offerKind.optional(),
  state: boardState.optional(),
  modelVersion: z.string().max(100).optional(),
  sort: z.enum(['score', 'newest', 'answered', 'need']).default('score'),
});
export type BoardQuery = z.infer<typeof boardQuery>;

const boardEnd = z.object({
  id: uuid,
  number: z.string().nullable(),
  title: z.string(),
  organisation: z.string().nullable(),
  status: z.string(),
  answer: matchAnswer,
  answerReason: z.string().nullable(),
  answeredAt: instant.nullable(),
});

export const boardRow = z.object({
  id: uuid,
  score: z.number(),
  rank: z.number().int(),
  /** False = fell out of the last run and is shown only here. */
  current: z.boolean(),
  /** `organizer`: proposed by a person, not by the engine. */
  origin: z.enum(['engine', 'organizer']),
  need: boardEnd,
  capability: boardEnd,
  offerKind,
  /** The rule that keeps the pair off every list; null when none does. */
  exclusion: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
  mutualAt: instant.nullable(),
  met: z.boolean(),
  deal: z.object({ id: uuid, dealNo: z.string(), stage: z.string() }).nullable(),
  override: z
    .object({ kind: matchOverride, note: z.string().nullable(), by: z.string().nullable(), at: instant })
    .nullable(),
  modelVersion: z.string(),
  createdAt: instant,
  updatedAt: instant,
});
export type BoardRow = z.infer<typeof boardRow>;
/** `counts`: pairs in each state under the other filters. */
export const boardPage = pageOf(boardRow).extend({ counts: z.record(boardState, z.number().int()) });
export type BoardPage = z.infer<typeof boardPage>;

/** A pair that the engine did not propose may be pinned; hiding and clearing are for pairs that exist. */
export const overridePair = z.object({
  needId: uuid,
  capabilityId: uuid,
  action: z.enum(['pin', 'hide', 'clear']),
  note: paragraph(500).nullable().default(null),
});
export type OverridePair = z.infer<typeof overridePair>;
