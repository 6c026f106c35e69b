import { EntitySchema } from 'typeorm';
import { createdAt, id, integer, json, oneOf, quantity, refersTo, text, time, uuid } from '../columns.js';

export const RUN_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

/** A match run: all published needs, one need, or one capability, against the other side. Resumes at `cursor`. */
export interface MatchRun {
  id: string;
  scope: 'all' | 'need' | 'capability';
  subjectId: string | null;
  status: (typeof RUN_STATUSES)[number];
  modelVersion: string;
  /** Version of the corpus statistics of the last chunk, a decimal string; null before the first. */
  statisticsVersion: string | null;
  total: number;
  done: number;
  matchesFound: number;
  /** Id of the last need that is finished; needs are worked in id order. */
  cursor: string | null;
  error: string | null;
  requestedBy: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}
export const MatchRunEntity = new EntitySchema<MatchRun>({
  name: 'match_run',
  columns: {
    id: id(),
    scope: text(),
    subjectId: uuid({ nullable: true }),
    status: text({ default: 'queued' }),
    modelVersion: text(),
    statisticsVersion: { type: 'bigint', nullable: true },
    total: integer({ default: 0 }),
    done: integer({ default: 0 }),
    matchesFound: integer({ default: 0 }),
    cursor: uuid({ nullable: true }),
    error: text({ nullable: true }),
    requestedBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    startedAt: time({ nullable: true }),
    finishedAt: time({ nullable: true }),
  },
  indices: [
    { name: 'match_run_status', columns: ['status'] },
    {
      name: 'match_run_waiting_once',
      columns: ['scope', 'subjectId'],
      unique: true,
      where: "status = 'queued' AND subject_id IS NOT NULL",
    },
  ],
  checks: [
    { name: 'match_run_scope', expression: oneOf('scope', ['all', 'need', 'capability']) },
    { name: 'match_run_status_known', expression: oneOf('status', RUN_STATUSES) },
    { name: 'match_run_subject', expression: "(scope = 'all') = (subject_id IS NULL)" },
  ],
  foreignKeys: [refersTo('person', 'requestedBy', 'SET NULL')],
});

export const ANSWERS = ['none', 'interested', 'declined', 'later'] as const;
export type MatchAnswer = (typeof ANSWERS)[number];

/** A pair worth showing, with its score (0..1), factors and reasons, and what both sides said. */
export interface Match {
  id: string;
  needId: string;
  capabilityId: string;
  score: number;
  /** 1-based place among the need's matches. */
  rank: number;
  factors: unknown[];
  reasons: unknown[];
  modelVersion: string;
  needVersion: number;
  capabilityVersion: number;
  runId: string | null;
  /** 'current' = shown; 'stale' = fell out of a later run; answers keep a pair alive whatever its score. */
  state: 'current' | 'stale';
  /** The hard rule that forbids the pair; it is shown to nobody while set. */
  exclusion: Record<string, unknown> | null;
  needAnswer: MatchAnswer;
  needAnswerReason: string | null;
  needAnswerNote: string | null;
  needAnsweredBy: string | null;
  needAnsweredAt: Date | null;
  capabilityAnswer: MatchAnswer;
  capabilityAnswerReason: string | null;
  capabilityAnswerNote: string | null;
  capabilityAnsweredBy: string | null;
  capabilityAnsweredAt: Date | null;
  mutualAt: Date | null;
  /** 'organizer' = proposed by a person; the engine's score is filled in afterwards. */
  origin: 'engine' | 'organizer';
  /** What organizers decided about the pair; survives every run. */
  override: 'pinned' | 'hidden' | null;
  overrideNote: string | null;
  overrideBy: string | null;
  overrideAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}
const side = (prefix: 'need' | 'capability') => ({
  [`${prefix}Answer`]: text({ default: 'none' }),
  [`${prefix}AnswerReason`]: text({ nullable: true }),
  [`${prefix}AnswerNote`]: text({ nullable: true }),
  [`${prefix}AnsweredBy`]: uuid({ nullable: true }),
  [`${prefix}AnsweredAt`]: time({ nullable: true }),
});
export const MatchEntity = new EntitySchema<Match>({
  name: 'match',
  columns: {
    id: id(),
    needId: uuid(),
    capabilityId: uuid(),
    score: quantity(),
    rank: integer(),
    factors: json(),
    reasons: json(),
    modelVersion: text(),
    needVersion: integer(),
    capabilityVersion: integer(),
    runId: uuid({ nullable: true }),
    state: text({ default: 'current' }),
    exclusion: json({ nullable: true }),
    ...side('need'),
    ...side('capability'),
    mutualAt: time({ nullable: true }),
    origin: text({ default: 'engine' }),
    override: text({ nullable: true }),
    overrideNote: text({ nullable: true }),
    overrideBy: uuid({ nullable: true }),
    overrideAt: time({ nullable: true }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  uniques: [{ name: 'match_pair', columns: ['needId', 'capabilityId'] }],
  indices: [
    { name: 'match_capability', columns: ['capabilityId', 'score'] },
    { name: 'match_need_rank', columns: ['needId', 'rank'] },
    { name: 'match_mutual', columns: ['mutualAt'], where: 'mutual_at IS NOT NULL' },
    { name: 'match_override', columns: ['overrideAt'], where: 'override IS NOT NULL' },
    { name: 'match_new', columns: ['createdAt'], where: "state = 'current'" },
  ],
  checks: [
    { name: 'match_score', expression: 'score >= 0 AND score <= 1' },
    { name: 'match_state', expression: oneOf('state', ['current', 'stale']) },
    { name: 'match_need_answer', expression: oneOf('needAnswer', ANSWERS) },
    { name: 'match_capability_answer', expression: oneOf('capabilityAnswer', ANSWERS) },
    { name: 'match_origin', expression: oneOf('origin', ['engine', 'organizer']) },
    { name: 'match_override_known', expression: oneOf('override', ['pinned', 'hidden']) },
    { name: 'match_override_dated', expression: '(override IS NULL) = (override_at IS NULL)' },
    {
      name: 'match_mutual_both',
      expression: "mutual_at IS NULL OR (need_answer = 'interested' AND capability_answer = 'interested')",
    },
  ],
  foreignKeys: [
    refersTo('need', 'needId', 'CASCADE'),
    refersTo('capability', 'capabilityId', 'CASCADE'),
    refersTo('match_run', 'runId', 'SET NULL'),
    refersTo('person', 'overrideBy', 'SET NULL'),
  ],
});
