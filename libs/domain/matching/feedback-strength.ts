/** What one side said of a pair. */
export interface SideAnswer {
  readonly answer: 'none' | 'interested' | 'declined' | 'later';
  /** Code of list decline-reason; null unless declined. */
  readonly reason: string | null;
}

/** What is known of a pair beyond what the model saw. */
export interface PairFeedback {
  readonly need: SideAnswer;
  readonly capability: SideAnswer;
  /** The sides met at a meeting that was held. */
  readonly met: boolean;
  /** A contract was signed and not terminated. */
  readonly signed: boolean;
}

/** Kinds of feedback, the strongest last. */
export const FEEDBACK_SOURCES = ['declined', 'interested', 'mutual', 'met', 'signed'] as const;
export type FeedbackSource = (typeof FEEDBACK_SOURCES)[number];

/** 1 unrelated, 2 weak, 3 worth a meeting, 4 strong: the scale of people who grade pairs by hand. */
export type FeedbackLevel = 1 | 2 | 3 | 4;

/**
 * How much each reason for declining says of the pair's relevance. Null: nothing, since it is about the time, the
 * people or a rule, and the same pair might have been welcome on another day.
 */
export const DECLINE_LEVELS: Readonly<Record<string, FeedbackLevel | null>> = {
  'field-mismatch': 1,
  'indicator-unmet': 2,
  immature: 2,
  price: 2,
  mode: 2,
  'ip-unclear': 2,
  other: 2,
  // They found each other already: the pair is right.
  'in-contact': 3,
  'already-solved': null,
  conflict: null,
  capacity: null,
  timing: null,
};

function levelOfSide({ answer, reason }: SideAnswer): FeedbackLevel | null {
  if (answer === 'interested') return 3;
  if (answer !== 'declined') return null;
  return reason === null ? 2 : (DECLINE_LEVELS[reason] ?? null);
}

/**
 * The grade that a pair's feedback amounts to, and what it rests on; null when it says nothing. A contract or mutual
 * interest is strong; otherwise the less favourable of the two sides counts, as both must want a match.
 */
export function feedbackGrade(
  feedback: PairFeedback,
): { readonly level: FeedbackLevel; readonly source: FeedbackSource } | null {
  const { need, capability, met, signed } = feedback;
  if (signed) return { level: 4, source: 'signed' };
  if (need.answer === 'interested' && capability.answer === 'interested')
    return { level: 4, source: met ? 'met' : 'mutual' };
  const levels = [need, capability].flatMap((side) => levelOfSide(side) ?? []);
  if (levels.length === 0) return null;
  const level = levels.reduce((least, one) => (one < least ? one : least));
  const declined = need.answer === 'declined' || capability.answer === 'declined';
  return { level, source: declined ? 'declined' : 'interested' };
}
