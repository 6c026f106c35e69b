import { factorSetOf } from '#libs/domain/matching/factor-sets/read-factor-sets.js';
import type { MatchCandidate, MatchNeed } from '#libs/domain/matching/match-types.js';
import {
  readPlace,
  readWaitingQuestion,
  storeAnswer,
  type StoredAnswer,
} from '#libs/persistence/matching/answer-match-question.js';
import { findPairExclusion } from '#libs/persistence/matching/find-pair-exclusion.js';
import { loadMatchNeeds } from '#libs/persistence/matching/load-match-records.js';
import { modelInUse } from '#libs/persistence/matching/model-in-use.js';
import type { Transactions } from '#libs/platform/database/transactions.js';

interface Context {
  readonly transactions: Transactions;
  readonly clock: () => Date;
  /** What the engine says of one pair; null when the two share nothing. */
  readonly scorePair: (need: MatchNeed, capabilityId: string) => Promise<MatchCandidate | null>;
  /** The least score worth showing; kinds of offers may ask for more. */
  readonly minScore: number;
}

/** Answers why a pair is, or is not, among the matches: by the rules and the engine as they are now. */
export async function answerQuestion(context: Context, id: string): Promise<void> {
  const { transactions, clock, minScore } = context;
  const { manager } = transactions;
  const question = await readWaitingQuestion(manager, id);
  if (question === null) return;
  const now = clock();
  const { needId, capabilityId } = question;
  const exclusion = await findPairExclusion(manager, needId, capabilityId, now);
  const [need] = await loadMatchNeeds(manager, [needId]);
  const candidate =
    exclusion !== null || need === undefined ? null : await context.scorePair(need, capabilityId);
  const set = candidate && factorSetOf(need?.requestKind ?? 'technology', candidate.offerKind);
  const least = Math.max(minScore, set?.minScore ?? 0);
  const { version: modelVersion } = await modelInUse(manager);
  await transactions.run(async ({ manager: own }) => {
    const { rank, shown, lastScore } = await readPlace(own, question);
    const score = exclusion === null ? (candidate?.score ?? 0) : null;
    const answer: StoredAnswer = {
      outcome: outcomeOf(score, rank, least),
      exclusion,
      score,
      rank,
      shown,
      lastScore,
      minScore: least,
      factors: candidate?.factors ?? [],
      reasons: candidate?.reasons ?? [],
      modelVersion,
    };
    await storeAnswer(own, question, answer, candidate, now);
  });
}

function outcomeOf(score: number | null, rank: number | null, minScore: number): StoredAnswer['outcome'] {
  if (score === null) return 'excluded';
  if (rank !== null) return 'shown';
  return score >= minScore ? 'below' : 'weak';
}
