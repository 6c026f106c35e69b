import { EntitySchema } from 'typeorm';
import { createdAt, id, integer, json, oneOf, quantity, refersTo, text, time, uuid } from '../columns.js';

export const MATCH_MODEL_STATUSES = ['training', 'candidate', 'active', 'retired', 'failed'] as const;
export type MatchModelStatus = (typeof MATCH_MODEL_STATUSES)[number];

/** A version of the model that scores matches. While none is active, the one the platform ships with is used. */
export interface MatchModel {
  id: string;
  /** Name stored with runs and matches, e.g. `trained-2026-11-22-3`. */
  version: string;
  kind: 'default' | 'trained';
  status: MatchModelStatus;
  /** What the model is made of; its form belongs to the version. */
  parameters: Record<string, unknown>;
  /** Numbers by name as measured at training: score, ndcg10, brier, pairs, ... */
  quality: Record<string, number>;
  /** How many judgements of each source it learned from. */
  trainedOn: Record<string, number>;
  error: string | null;
  /** Why a model that the platform trained by itself was not put to use: `worse:score=0.702/0.711`, `one-sided`, `unmeasured`, `superseded`. */
  keptBack: string | null;
  createdAt: Date;
  createdBy: string | null;
  finishedAt: Date | null;
  activatedAt: Date | null;
  activatedBy: string | null;
}
export const MatchModelEntity = new EntitySchema<MatchModel>({
  name: 'match_model',
  columns: {
    id: id(),
    version: text(),
    kind: text(),
    status: text(),
    parameters: json({ default: () => "'{}'" }),
    quality: json({ default: () => "'{}'" }),
    trainedOn: json({ default: () => "'{}'" }),
    error: text({ nullable: true }),
    keptBack: text({ nullable: true }),
    createdAt: createdAt(),
    createdBy: uuid({ nullable: true }),
    finishedAt: time({ nullable: true }),
    activatedAt: time({ nullable: true }),
    activatedBy: uuid({ nullable: true }),
  },
  uniques: [{ name: 'match_model_version', columns: ['version'] }],
  indices: [
    { name: 'match_model_active_once', columns: ['status'], unique: true, where: "status = 'active'" },
    { name: 'match_model_training_once', columns: ['status'], unique: true, where: "status = 'training'" },
  ],
  checks: [
    { name: 'match_model_kind', expression: oneOf('kind', ['default', 'trained']) },
    { name: 'match_model_status_known', expression: oneOf('status', MATCH_MODEL_STATUSES) },
  ],
  foreignKeys: [refersTo('person', 'createdBy', 'SET NULL'), refersTo('person', 'activatedBy', 'SET NULL')],
});

/** That members of one side saw a pair, by model version; nothing about who they were. */
export interface MatchExposure {
  matchId: string;
  side: 'need' | 'capability';
  modelVersion: string;
  /** As they were when first listed. */
  score: number;
  rank: number;
  /** First time in a list of that side. */
  shownAt: Date;
  /** First time opened. */
  viewedAt: Date | null;
}
export const MatchExposureEntity = new EntitySchema<MatchExposure>({
  name: 'match_exposure',
  columns: {
    matchId: uuid({ primary: true }),
    side: text({ primary: true }),
    modelVersion: text({ primary: true }),
    score: quantity(),
    rank: integer(),
    shownAt: createdAt(),
    viewedAt: time({ nullable: true }),
  },
  indices: [{ name: 'match_exposure_shown', columns: ['shownAt'] }],
  checks: [{ name: 'match_exposure_side', expression: oneOf('side', ['need', 'capability']) }],
  foreignKeys: [refersTo('match', 'matchId', 'CASCADE')],
});

/** Somebody asks why a pair is, or is not, among the matches; the matching worker answers. */
export interface MatchQuestion {
  id: string;
  needId: string;
  capabilityId: string;
  askedBy: string | null;
  status: 'waiting' | 'answered' | 'failed';
  /** In full; reduced to what the reader may see when read. */
  answer: Record<string, unknown> | null;
  createdAt: Date;
  answeredAt: Date | null;
}
export const MatchQuestionEntity = new EntitySchema<MatchQuestion>({
  name: 'match_question',
  columns: {
    id: id(),
    needId: uuid(),
    capabilityId: uuid(),
    askedBy: uuid({ nullable: true }),
    status: text({ default: 'waiting' }),
    answer: json({ nullable: true }),
    createdAt: createdAt(),
    answeredAt: time({ nullable: true }),
  },
  indices: [
    {
      name: 'match_question_waiting_once',
      columns: ['askedBy', 'needId', 'capabilityId'],
      unique: true,
      where: "status = 'waiting'",
    },
  ],
  checks: [
    { name: 'match_question_status', expression: oneOf('status', ['waiting', 'answered', 'failed']) },
    { name: 'match_question_answer', expression: "(status = 'answered') = (answer IS NOT NULL)" },
  ],
  foreignKeys: [
    refersTo('need', 'needId', 'CASCADE'),
    refersTo('capability', 'capabilityId', 'CASCADE'),
    refersTo('person', 'askedBy', 'SET NULL'),
  ],
});
