import { z } from 'zod';
import { instant, uuid } from '../primitives.js';
import { matchView } from './matches.js';

export const askMatchQuestion = z.object({ needId: uuid, capabilityId: uuid });
export type AskMatchQuestion = z.infer<typeof askMatchQuestion>;

const lines = z.object({ zh: z.array(z.string()), en: z.array(z.string()) });

/** Why a pair is or is not among the matches. */
export const matchQuestionAnswer = z.object({
  /**
   * `shown`: among the matches; `below`: scored, but others came first; `weak`: below the least score worth showing;
   * `excluded`: a rule forbids it whatever its score.
   */
  outcome: z.enum(['shown', 'below', 'weak', 'excluded']),
  /** The rule that forbids the pair, with what it says in both languages; the score is null then. */
  exclusion: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
  score: z.number().nullable(),
  /** 1-based place among the need's matches; null when not among them. */
  rank: z.number().int().nullable(),
  /** How many matches the need has, and the score of the last of them. */
  shown: z.number().int(),
  lastScore: z.number().nullable(),
  /** The least score worth showing. */
  minScore: z.number(),
  factors: matchView.shape.factors,
  reasons: lines,
  terms: matchView.shape.terms,
  indicators: matchView.shape.indicators,
  /** What speaks against the pair or is not stated, as sentences. */
  missing: lines,
  /** Those of the missing that say that something asked for is not met. */
  unmet: lines,
  modelVersion: z.string(),
});
export type MatchQuestionAnswer = z.infer<typeof matchQuestionAnswer>;

const questionEnd = z.object({ id: uuid, title: z.string(), organisation: z.string().nullable() });

export const matchQuestionView = z.object({
  id: uuid,
  status: z.enum(['waiting', 'answered', 'failed']),
  need: questionEnd,
  capability: questionEnd,
  /** Of the pair, when it is among the matches. */
  matchId: uuid.nullable(),
  /** Null until answered. */
  answer: matchQuestionAnswer.nullable(),
  createdAt: instant,
  answeredAt: instant.nullable(),
});
export type MatchQuestionView = z.infer<typeof matchQuestionView>;
