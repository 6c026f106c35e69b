import { z } from 'zod';
import { code, instant, pageOf, pageQuery, uuid } from '../primitives.js';
import { meetingEvent } from './meetings.js';

/** What organizers want of who meets whom. */
export const assignmentSettings = z.object({
  /** Meetings one person has at most, those there are already included; null = as many as there are slots. */
  maxMeetings: z.number().int().min(1).max(99).nullable(),
  /** Everybody who can gets as many. */
  floor: z.number().int().min(0).max(20),
  /** Pairs with a lower score are proposed only when a side is interested; 0 to 1. */
  minScore: z.number().min(0).max(1),
  /** Points for a score of 1, for interest of one side and of both. */
  scoreWeight: z.number().int().min(0).max(10_000),
  oneSidedWeight: z.number().int().min(0).max(10_000),
  mutualWeight: z.number().int().min(0).max(10_000),
});
export type AssignmentSettings = z.infer<typeof assignmentSettings>;

export const DEFAULT_ASSIGNMENT: AssignmentSettings = {
  maxMeetings: null,
  floor: 1,
  minScore: 0.3,
  scoreWeight: 1_000,
  oneSidedWeight: 500,
  mutualWeight: 1_500,
};

export const assignmentStage = z.enum(['reading', 'choosing', 'writing']);
export type AssignmentStage = z.infer<typeof assignmentStage>;

export const assignmentFigures = z.object({
  /** `optimal`: no other set of pairs is better. */
  proof: z.enum(['optimal', 'gap']),
  pairs: z.number().int(),
  chosen: z.number().int(),
  /** Pinned pairs that are not among them. */
  missedPins: z.number().int(),
  /** Meetings missing to the floor, summed over people. */
  shortfall: z.number().int(),
  people: z.number().int(),
  /** Places at tables that were left; null = no slots or tables yet. */
  capacity: z.number().int().nullable(),
  milliseconds: z.number().int(),
});
export type AssignmentFigures = z.infer<typeof assignmentFigures>;

/** Somebody with fewer meetings than they should have (`least`, absent in older proposals): how many they have and would have, of how many that could be. */
export const shortPerson = z.object({
  personId: uuid,
  person: z.string(),
  organisation: z.string(),
  least: z.number().int().optional(),
  meetings: z.number().int(),
  candidates: z.number().int(),
});
export type ShortPerson = z.infer<typeof shortPerson>;

/** An organisation, or all of a kind, with fewer meetings than they should have together. */
export const shortGroup = z.object({
  organisationId: uuid.nullable(),
  /** Null for one organisation. */
  organisationKind: code.nullable(),
  /** Null for a kind. */
  name: z.string().nullable(),
  least: z.number().int(),
  meetings: z.number().int(),
  /** Pairs of theirs that could be. */
  candidates: z.number().int(),
});
export type ShortGroup = z.infer<typeof shortGroup>;

export const assignmentSummary = z.object({
  id: uuid,
  status: z.enum(['queued', 'computing', 'ready', 'failed']),
  stage: assignmentStage.nullable(),
  settings: assignmentSettings,
  figures: assignmentFigures.nullable(),
  short: z.array(shortPerson),
  shortGroups: z.array(shortGroup),
  error: z.string().nullable(),
  createdAt: instant,
  computedAt: instant.nullable(),
  /** Proposed pairs that are no meetings yet. */
  open: z.number().int(),
  /** When pairs of it became meetings last, and how many of those can still be taken back. */
  accepted: z.object({ at: instant, meetings: z.number().int(), removable: z.number().int() }).nullable(),
});
export type AssignmentSummary = z.infer<typeof assignmentSummary>;

/** GET /organizer/events/:id/assignment */
export const assignmentView = z.object({
  event: meetingEvent,
  settings: assignmentSettings,
  latest: assignmentSummary.nullable(),
  /** People registered for an organisation, and meetings there are. */
  people: z.number().int(),
  meetings: z.number().int(),
  slots: z.number().int(),
  tables: z.number().int(),
  /** Meetings may still be arranged. */
  open: z.boolean(),
});
export type AssignmentView = z.infer<typeof assignmentView>;

export const assignmentReason = z.enum([
  'chosen',
  'blocked',
  'no-thanks',
  'low-score',
  'left-full',
  'right-full',
  'group-full',
  'capacity',
  'outweighed',
]);

export const pairsQuery = pageQuery.extend({
  shown: z.enum(['proposed', 'accepted', 'left-out', 'barred', 'all']).default('all'),
});
export type PairsQuery = z.infer<typeof pairsQuery>;

const pairSide = z.object({ organisation: z.string(), personId: uuid, person: z.string() });

/** One pair with why it is proposed, or why not. */
export const assignmentPair = z.object({
  id: uuid,
  enterprise: pairSide,
  institute: pairSide,
  need: z.string().nullable(),
  capability: z.string().nullable(),
  score: z.number(),
  /** `left`: the enterprise side. */
  interest: z.enum(['none', 'left', 'right', 'both']),
  /** Somebody asked for the meeting at the event. */
  asked: z.boolean(),
  pinned: z.boolean(),
  worth: z.number().int(),
  reason: assignmentReason,
  /**
   * Why it must not be: a code of the match rules, or `declined-by-enterprise`, `declined-by-institute`,
   * `request-declined`, `hidden`, `cancelled-before`, `closed`; null otherwise.
   */
  code: z.string().nullable(),
  /** Whose meetings are full: name of a person or an organisation, code of a kind of organisations. */
  full: z.string().nullable(),
  fullOf: z.enum(['person', 'organisation', 'kind']).nullable(),
  /** Pairs that were chosen in its place, the least worth first. */
  insteadOf: z.array(z.object({ enterprise: z.string(), institute: z.string(), worth: z.number().int() })),
  accepted: z.boolean(),
  meetingId: uuid.nullable(),
});
export type AssignmentPairView = z.infer<typeof assignmentPair>;

export const assignmentPairs = pageOf(assignmentPair);
export type AssignmentPairs = z.infer<typeof assignmentPairs>;

/** POST /organizer/assignments/:id/accept; without ids all that are proposed. */
export const acceptPairsBody = z.object({ pairIds: z.array(uuid).min(1).max(5_000).nullable() });
export type AcceptPairsBody = z.infer<typeof acceptPairsBody>;

export const acceptReport = z.object({
  created: z.number().int(),
  /** Pairs that have a meeting already. */
  existing: z.number().int(),
  /** Pairs of which somebody left since, or that must not be any more. */
  skipped: z.number().int(),
});
export type AcceptReport = z.infer<typeof acceptReport>;

export const undoReport = z.object({ removed: z.number().int(), kept: z.number().int() });
export type UndoReport = z.infer<typeof undoReport>;
