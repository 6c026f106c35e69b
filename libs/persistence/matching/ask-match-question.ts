import type { EntityManager } from 'typeorm';

/**
 * Writes a question about a pair, in the transaction of `manager`; the same person's question that still waits is used
 * again. Returns its id for `JobQueue.wake('answer-match-question', [id])` after the commit.
 */
export async function askMatchQuestion(
  manager: EntityManager,
  question: { readonly needId: string; readonly capabilityId: string; readonly askedBy: string },
): Promise<string> {
  const rows = await manager.query<{ id: string }[]>(
    `INSERT INTO match_question (need_id, capability_id, asked_by) VALUES ($1, $2, $3)
     ON CONFLICT (asked_by, need_id, capability_id) WHERE status = 'waiting'
       DO UPDATE SET asked_by = excluded.asked_by RETURNING id`,
    [question.needId, question.capabilityId, question.askedBy],
  );
  return rows[0]!.id;
}
