/** Who could meet whom: one enterprise side and one institute side, with what is known of the pair. */
export interface AssignmentPair {
  id: string;
  leftId: string;
  rightId: string;
  /** Match score, 0 to 1. */
  score: number;
  /** Which sides said that they are interested. */
  interest: 'none' | 'left' | 'right' | 'both';
  wish?: 'must' | 'like' | 'no-thanks';
}

export interface AssignmentSide {
  id: string;
  /** Never more meetings than these. */
  most: number;
  /** The floor: everybody gets as many if that is possible at all. */
  least?: number;
  /** What quotas refer to. */
  groups?: readonly string[];
}

/** Points, whole numbers from 0: for a score of 1, and for interest of one side or of both. */
export interface AssignmentWeights {
  score: number;
  oneSided: number;
  mutual: number;
}

/** Over the chosen pairs with a side of the group; a pair of two members counts once. */
export interface AssignmentQuota {
  group: string;
  min?: number | null;
  max?: number | null;
}

export interface AssignmentInput {
  lefts: AssignmentSide[];
  rights: AssignmentSide[];
  pairs: AssignmentPair[];
  /** Pairs of a left and a right who must not meet (conflict of interest). */
  blocks?: readonly (readonly [leftId: string, rightId: string])[];
  quotas?: readonly AssignmentQuota[];
  /** Never more pairs than there are places at tables. */
  capacity?: number | null;
  /** Pairs with a lower score and without any interest are not chosen. Default 0. */
  minScore?: number;
  /** What makes a pair worth meeting. Default `DEFAULT_WEIGHTS`. */
  weights?: AssignmentWeights;
  seed: number;
}

/**
 * `chosen`: with what speaks for it. `blocked`, `no-thanks`, `low-score`: never chosen. Otherwise what it would have
 * taken away: `left-full`, `right-full`: that side has its most meetings, all of them worth more together;
 * `group-full`, `capacity`: likewise the quota of `group` or the places; `outweighed`: choosing it would break the
 * optimum by way of several others.
 */
export type AssignmentReason =
  | 'chosen'
  | 'blocked'
  | 'no-thanks'
  | 'low-score'
  | 'left-full'
  | 'right-full'
  | 'group-full'
  | 'capacity'
  | 'outweighed';

export interface AssignmentWhy {
  pairId: string;
  reason: AssignmentReason;
  /** Worth of the pair. */
  worth: number;
  /** Pairs that were chosen in its place, the least worth first; ten at most. */
  insteadOf: string[];
  group?: string;
}

export interface AssignmentObjective {
  missedMust: number;
  /** Meetings missing to the floors of sides and groups, summed. */
  shortfall: number;
  /** Sum of the worth of the chosen pairs. */
  worth: number;
}

export interface Assignment {
  /** Ids of the chosen pairs, in the order of the input. */
  chosen: string[];
  /** In the order of the input, one for each pair. */
  why: AssignmentWhy[];
  objective: AssignmentObjective;
  /** `optimal`: no set of pairs is better, goal by goal. */
  status: 'optimal' | 'gap';
}

export class InvalidAssignmentInputError extends Error {
  override readonly name = 'InvalidAssignmentInputError';
}
