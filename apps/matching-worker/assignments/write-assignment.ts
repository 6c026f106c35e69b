import type { EntityManager } from 'typeorm';
import type { AssignmentFigures } from '#libs/contracts/meetings/assignments.js';
import type { Assignment, AssignmentInput, AssignmentWhy } from '#libs/domain/assignment/assignment.js';
import type { Candidate } from './assignment-candidates.js';
import type { QuestionFacts } from './assignment-question.js';
import { shortGroups, shortPeople } from './short-of-minimum.js';

/** Pairs written at once: others get their turn in between. */
const CHUNK = 500;

/** Writes a computed proposal; no meeting is touched. */
export async function writeAssignment(
  manager: EntityManager,
  id: string,
  question: QuestionFacts,
  input: AssignmentInput,
  result: Assignment,
  milliseconds: number,
  now: Date,
): Promise<void> {
  const whys = new Map(result.why.map((why) => [why.pairId, why]));
  const { candidates } = question;
  const columns = `assignment_id, enterprise_id, institute_id, enterprise_person_id, institute_person_id, match_id,
    need_id, capability_id, score, interest, wish, worth, reason, detail`;
  for (let from = 0; from < candidates.length; from += CHUNK) {
    const rows = candidates
      .slice(from, from + CHUNK)
      .map((candidate) => toRow(id, candidate, whys.get(candidate.id)));
    await manager.query(
      `INSERT INTO assignment_pair (${columns})
       SELECT ${columns} FROM jsonb_populate_recordset(NULL::assignment_pair, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }
  const short = shortPeople(question, result);
  const groups = await shortGroups(manager, question, result);
  const figures: AssignmentFigures = {
    proof: result.status,
    pairs: candidates.length,
    chosen: result.chosen.length,
    missedPins: result.objective.missedMust,
    shortfall: short.reduce((sum, row) => sum + (row.least ?? 0) - row.meetings, 0),
    people: question.facts.attendees.length,
    capacity: input.capacity ?? null,
    milliseconds,
  };
  await manager.query(
    `UPDATE assignment SET status = 'ready', stage = NULL, error = NULL, figures = $2, short = $3, short_groups = $5,
            computed_at = $4
     WHERE id = $1`,
    [id, JSON.stringify(figures), JSON.stringify(short), now, JSON.stringify(groups)],
  );
}

function toRow(assignmentId: string, candidate: Candidate, why: AssignmentWhy | undefined): object {
  const { barred, asked, pinned } = candidate;
  const [enterprisePerson, institutePerson] = [candidate.enterprisePersonId, candidate.institutePersonId];
  const full =
    why?.reason === 'left-full'
      ? enterprisePerson
      : why?.reason === 'right-full'
        ? institutePerson
        : (why?.group ?? null);
  return {
    assignment_id: assignmentId,
    enterprise_id: candidate.enterpriseId,
    institute_id: candidate.instituteId,
    enterprise_person_id: enterprisePerson,
    institute_person_id: institutePerson,
    match_id: candidate.matchId,
    need_id: candidate.needId,
    capability_id: candidate.capabilityId,
    score: candidate.score,
    interest: candidate.interest,
    wish: barred?.kind === 'no-thanks' ? 'no-thanks' : pinned ? 'must' : 'like',
    worth: why?.worth ?? 0,
    reason: why?.reason ?? 'outweighed',
    detail: {
      code: barred?.code ?? null,
      asked,
      pinned,
      full,
      insteadOf: why?.insteadOf.slice(0, NAMED) ?? [],
    },
  };
}

/** As many of the pairs that took a pair's place are told. */
const NAMED = 5;
