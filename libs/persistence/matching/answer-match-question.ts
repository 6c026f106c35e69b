import type { EntityManager } from 'typeorm';
import type { MatchCandidate, MatchFactor, MatchReason } from '#libs/domain/matching/match-types.js';
import type { PairExclusion } from './find-pair-exclusion.js';

/** What the engine says of a pair, in full; reduced to what the reader may see when read. */
export interface StoredAnswer {
  readonly outcome: 'shown' | 'below' | 'weak' | 'excluded';
  readonly exclusion: PairExclusion | null;
  readonly score: number | null;
  readonly rank: number | null;
  readonly shown: number;
  readonly lastScore: number | null;
  readonly minScore: number;
  readonly factors: readonly MatchFactor[];
  readonly reasons: readonly MatchReason[];
  readonly modelVersion: string;
}

export interface WaitingQuestion {
  readonly id: string;
  readonly needId: string;
  readonly capabilityId: string;
}

const GIVE_UP_AFTER = '10 minutes';

/** The question while it waits; null when it is answered or gone. */
export async function readWaitingQuestion(
  manager: EntityManager,
  id: string,
): Promise<WaitingQuestion | null> {
  const rows = await manager.query<WaitingQuestion[]>(
    `SELECT id, need_id AS "needId", capability_id AS "capabilityId" FROM match_question
     WHERE id = $1 AND status = 'waiting'`,
    [id],
  );
  return rows[0] ?? null;
}

/** Place of a pair among the need's matches with its kind of offers, how many there are, and the score of the last that the engine ranked. */
export async function readPlace(
  manager: EntityManager,
  { needId, capabilityId }: WaitingQuestion,
): Promise<{ rank: number | null; shown: number; lastScore: number | null }> {
  const rows = await manager.query<{ rank: number | null; shown: number; lastScore: number | null }[]>(
    `SELECT max(rank) FILTER (WHERE capability_id = $2) AS rank, count(*)::int AS shown,
            min(score) FILTER (WHERE override IS NULL AND need_answer NOT IN ('interested', 'later')
                               AND capability_answer NOT IN ('interested', 'later')) AS "lastScore"
     FROM match JOIN capability c ON c.id = capability_id
     WHERE need_id = $1 AND state = 'current' AND override IS DISTINCT FROM 'hidden'
       AND c.offer_kind = (SELECT offer_kind FROM capability WHERE id = $2)`,
    [needId, capabilityId],
  );
  return rows[0]!;
}

/** Writes the answer, and the engine's score into the pair when only a person had proposed it so far. Idempotent. */
export async function storeAnswer(
  manager: EntityManager,
  question: WaitingQuestion,
  answer: StoredAnswer,
  candidate: MatchCandidate | null,
  now: Date,
): Promise<void> {
  await manager.query(
    "UPDATE match_question SET status = 'answered', answer = $2, answered_at = $3 WHERE id = $1 AND status = 'waiting'",
    [question.id, JSON.stringify(answer), now],
  );
  await manager.query(
    `UPDATE match SET score = $3, factors = $4, reasons = $5, model_version = $6, updated_at = $7
     WHERE need_id = $1 AND capability_id = $2 AND origin = 'organizer' AND run_id IS NULL`,
    [
      question.needId,
      question.capabilityId,
      candidate?.score ?? 0,
      JSON.stringify(candidate?.factors ?? []),
      JSON.stringify(candidate?.reasons ?? []),
      answer.modelVersion,
      now,
    ],
  );
}

/** Questions to offer to the queue again; those that nobody could answer for minutes are given up. */
export async function waitingQuestions(manager: EntityManager): Promise<string[]> {
  await manager.query(
    `UPDATE match_question SET status = 'failed' WHERE status = 'waiting' AND created_at < now() - interval '${GIVE_UP_AFTER}'`,
  );
  const rows = await manager.query<{ id: string }[]>(
    "SELECT id FROM match_question WHERE status = 'waiting' ORDER BY id LIMIT 50",
  );
  return rows.map((row) => row.id);
}
