import type { EntityManager } from 'typeorm';
import {
  feedbackGrade,
  type FeedbackLevel,
  type FeedbackSource,
  type SideAnswer,
} from '#libs/domain/matching/feedback-strength.js';
import { joinCopies, representatives } from '#libs/domain/matching/join-copies.js';
import { MEETING_MATCHES } from '../meetings/meeting-matches.js';
import { loadNeedClusters } from './load-shared-rules.js';

interface FeedbackRow {
  need_id: string;
  open: boolean;
  capability_id: string;
  need_answer: SideAnswer['answer'];
  need_answer_reason: string | null;
  capability_answer: SideAnswer['answer'];
  capability_answer_reason: string | null;
  met: boolean;
  signed: boolean;
}

/** A pair and the level that its feedback amounts to. */
export interface FeedbackGrade {
  readonly needId: string;
  readonly capabilityId: string;
  readonly level: FeedbackLevel;
}

/**
 * All feedback so far as grades, the pair answered last at the end, and how many came from each source. Answers to
 * near-identical needs are answers to one of them.
 */
export async function loadMatchFeedback(
  manager: EntityManager,
): Promise<{ grades: FeedbackGrade[]; sources: Partial<Record<FeedbackSource, number>> }> {
  const rows = await manager.query<FeedbackRow[]>(
    `SELECT m.need_id, n.status IN ('published', 'engaged') AS open, m.capability_id, m.need_answer, m.need_answer_reason, m.capability_answer, m.capability_answer_reason,
            EXISTS (SELECT 1 FROM ${MEETING_MATCHES} t WHERE t.match_id = m.id AND t.status = 'held') AS met,
            EXISTS (SELECT 1 FROM deal d WHERE d.match_id = m.id AND d.signed_on IS NOT NULL
                    AND d.stage <> 'terminated') AS signed
     FROM match m JOIN need n ON n.id = m.need_id WHERE m.need_answer NOT IN ('none', 'later') OR m.capability_answer NOT IN ('none', 'later')
     ORDER BY greatest(m.need_answered_at, m.capability_answered_at) NULLS FIRST, m.need_id, m.capability_id`,
  );
  const grades: FeedbackGrade[] = [];
  const sources: Partial<Record<FeedbackSource, number>> = {};
  for (const row of rows) {
    const graded = feedbackGrade({
      need: { answer: row.need_answer, reason: row.need_answer_reason },
      capability: { answer: row.capability_answer, reason: row.capability_answer_reason },
      met: row.met,
      signed: row.signed,
    });
    if (graded === null) continue;
    grades.push({ needId: row.need_id, capabilityId: row.capability_id, level: graded.level });
    sources[graded.source] = (sources[graded.source] ?? 0) + 1;
  }
  const open = rows.flatMap((row) => (row.open ? [row.need_id] : []));
  const standsFor = representatives(await loadNeedClusters(manager), open);
  return { grades: joinCopies(grades, standsFor), sources };
}
