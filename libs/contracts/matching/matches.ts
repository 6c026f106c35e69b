import { z } from 'zod';
import { offerKind, requestKind } from '../market/record-facts.js';
import { code, instant, lineText, pageOf, pageQuery, paragraph, queryFlag, uuid } from '../primitives.js';

export const matchSide = z.enum(['need', 'capability']);
export const matchAnswer = z.enum(['none', 'interested', 'declined', 'later']);

const pairEnd = z.object({
  id: uuid,
  title: z.string(),
  /** Null when the record hides its organisation from the reader. */
  organisation: z.string().nullable(),
});

export const matchOverride = z.enum(['pinned', 'hidden']);
const lines = z.object({ zh: z.array(z.string()), en: z.array(z.string()) });
/**
 * UTF-16 offsets in a field as the matcher read it; `item` is the index in keywords, otherwise 0. The need's `body` is
 * problem, keyTech, expectedGoal, publicSummary, the capability's `text` abstract, keyTech, market, publicSummary:
 * those that are stated, one a line.
 */
const termPosition = z.object({
  field: z.enum(['title', 'keywords', 'body', 'text']),
  item: z.number().int(),
  start: z.number().int(),
  end: z.number().int(),
});

export const matchView = z.object({
  id: uuid,
  /** 0..1. A pair that organizers proposed has 0 and no factors until the engine has looked at it. */
  score: z.number(),
  rank: z.number().int(),
  /** How sure the matcher is: strong from 0.6, good from 0.4. */
  band: z.enum(['strong', 'good', 'possible']),
  need: pairEnd,
  capability: pairEnd,
  requestKind,
  /** Offers of each kind are ranked on their own. */
  offerKind,
  /**
   * One of the records was changed since, and the pair is not among those ranked by the new text (or soon will be): score
   * and reasons speak of the earlier one, and no places in it are given.
   */
  outdated: z.boolean(),
  /** Sentences that say why, in both languages. */
  reasons: lines,
  /** Those of the reasons that speak against the pair, or tell what is not stated and who could add it. */
  missing: lines,
  /** Those of the missing that say that something asked for is not met. */
  unmet: lines,
  /** Shared words, strongest first. */
  terms: z.array(z.string()),
  /** The same words with places where they stand; `share` of the pair's shared weight, 0..1. */
  shared: z.array(
    z.object({
      term: z.string(),
      share: z.number(),
      need: z.array(termPosition),
      capability: z.array(termPosition),
    }),
  ),
  indicators: z.array(
    z.object({
      name: z.string(),
      wanted: z.string(),
      offered: z.string().nullable(),
      outcome: z.enum(['met', 'not_met', 'unknown']),
    }),
  ),
  /** Parts of the score, by factor; they sum to it. */
  factors: z.array(z.object({ code: z.string(), contribution: z.number() })),
  /** On which side the reader stands; null for staff. */
  side: matchSide.nullable(),
  myAnswer: matchAnswer,
  myReason: z.string().nullable(),
  myNote: z.string().nullable(),
  theirInterest: z.boolean(),
  /** For staff: what both sides said. */
  answers: z.object({ need: matchAnswer, capability: matchAnswer }).nullable(),
  mutualAt: instant.nullable(),
  /** The live deal of the pair, if one was opened. */
  deal: z.object({ id: uuid, dealNo: z.string() }).nullable(),
  /** Pinned by the organizers: shown first, whatever its score. */
  recommended: z.boolean(),
  /** What organizers decided about the pair; null for everybody else and where nothing was decided. */
  override: z
    .object({ kind: matchOverride, note: z.string().nullable(), by: z.string().nullable(), at: instant })
    .nullable(),
  modelVersion: z.string(),
  updatedAt: instant,
});
export type MatchView = z.infer<typeof matchView>;
export const matchPage = pageOf(matchView);
export type MatchPage = z.infer<typeof matchPage>;

export const matchQuery = pageQuery.extend({
  filter: z.enum(['open', 'interested', 'later', 'theirs', 'mutual', 'declined', 'all']).default('open'),
  /** Offers of this kind only: a technology need has achievements and experts. */
  offerKind: offerKind.optional(),
  /** The filters below are about the other side's record. A code of list technology-field with those beneath it. */
  field: code.optional(),
  /** A division code, or its first 2 or 4 digits. */
  region: code.optional(),
  minScore: z.coerce.number().min(0).max(1).optional(),
  /** Part of the other organisation's name; never finds what hides its organisation from the reader. */
  organisation: lineText().max(100).optional(),
  /** Pinned pairs come first in either order. */
  sort: z.enum(['score', 'newest']).default('score'),
});

export const answerMatch = z.object({
  answer: matchAnswer,
  /** Code of list decline-reason; asked for when declining. */
  reason: code.nullable().default(null),
  note: paragraph(500).nullable().default(null),
});

export const matchContact = z.object({
  organisation: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
});
export type MatchContact = z.infer<typeof matchContact>;

/** A need or capability of the reader's organisations with the state of its matches. */
export const matchSubject = z.object({
  kind: matchSide,
  /** Kind of the request or of the offer. */
  recordKind: z.union([requestKind, offerKind]),
  id: uuid,
  number: z.string().nullable(),
  title: z.string(),
  organisation: z.string(),
  total: z.number().int(),
  open: z.number().int(),
  theirs: z.number().int(),
  mutual: z.number().int(),
  bestScore: z.number().nullable(),
});
export type MatchSubject = z.infer<typeof matchSubject>;
export const matchSubjectPage = pageOf(matchSubject);
export const matchSubjectQuery = pageQuery.extend({
  kind: matchSide.optional(),
  mutual: queryFlag.optional(),
});

export const runStatus = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export const matchRunView = z.object({
  id: uuid,
  scope: z.enum(['all', 'need', 'capability']),
  subject: z.string().nullable(),
  status: runStatus,
  total: z.number().int(),
  done: z.number().int(),
  matchesFound: z.number().int(),
  modelVersion: z.string(),
  error: z.string().nullable(),
  requestedBy: z.string().nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
});
export type MatchRunView = z.infer<typeof matchRunView>;
export const matchRunPage = pageOf(matchRunView);
export const startMatchRun = z.object({
  scope: z.enum(['all', 'need', 'capability']),
  subjectId: uuid.nullable().default(null),
});
