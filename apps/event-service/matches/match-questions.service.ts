import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { CodeListsView } from '#libs/contracts/codes/code-list-view.js';
import type {
  AskMatchQuestion,
  MatchQuestionAnswer,
  MatchQuestionView,
} from '#libs/contracts/matching/match-questions.js';
import { isMemberOf, isOrganizer, isStaff, type Actor } from '#libs/domain/access/actor.js';
import { redactFactors, redactReasons, type SealedSides } from '#libs/domain/matching/redact-reasons.js';
import { loadRecordFor } from '#libs/persistence/market/load-record.js';
import type { StoredAnswer } from '#libs/persistence/matching/answer-match-question.js';
import { askMatchQuestion } from '#libs/persistence/matching/ask-match-question.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { CodesService } from '../codes/codes.service.js';
import { exclusionView, NOT_OFFERED } from './exclusion-view.js';
import { againstParts, reasonParts, sealedSides } from './match-rows.js';

interface QuestionRow {
  id: string;
  need_id: string;
  capability_id: string;
  status: MatchQuestionView['status'];
  answer: StoredAnswer | null;
  created_at: Date;
  answered_at: Date | null;
  match_id: string | null;
  hidden: boolean;
}

/** "Why not X": asked about any pair whose two records the asker may read, answered by the matching worker. */
@Injectable()
export class MatchQuestionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly codes: CodesService,
    private readonly queue: JobQueue,
  ) {}

  /** Members of either side's organisation and staff may ask. */
  async ask(actor: Actor, { needId, capabilityId }: AskMatchQuestion): Promise<MatchQuestionView> {
    const { need, capability } = await this.records(actor, needId, capabilityId);
    const concerned =
      isStaff(actor) ||
      isMemberOf(actor, need.record.organisationId) ||
      isMemberOf(actor, capability.record.organisationId);
    if (!concerned) throw new AppError('match.not-yours');
    const id = await this.transactions.run(async ({ manager, afterCommit }) => {
      const question = await askMatchQuestion(manager, { needId, capabilityId, askedBy: actor.personId });
      afterCommit(() => this.queue.wake('answer-match-question', [question]));
      return question;
    });
    return this.read(actor, id);
  }

  /** For whoever asked, and staff; reduced to what the reader may see now. */
  async read(actor: Actor, id: string): Promise<MatchQuestionView> {
    const [row] = await this.transactions.manager.query<QuestionRow[]>(
      `SELECT q.id, q.need_id, q.capability_id, q.status, q.answer, q.created_at, q.answered_at,
              CASE WHEN m.state = 'current' THEN m.id END AS match_id, coalesce(m.override = 'hidden', false) AS hidden
       FROM match_question q LEFT JOIN match m ON m.need_id = q.need_id AND m.capability_id = q.capability_id
       WHERE q.id = $1 AND (q.asked_by = $2 OR $3::boolean)`,
      [id, actor.personId, isStaff(actor)],
    );
    if (row === undefined) throw notFound();
    const { need, capability } = await this.records(actor, row.need_id, row.capability_id);
    const withheld = row.hidden && !isOrganizer(actor);
    const sealed = sealedSides(need.level, capability.level);
    const lists = await this.codes.list();
    return {
      id: row.id,
      status: row.status,
      need: end(row.need_id, need.record),
      capability: end(row.capability_id, capability.record),
      matchId: withheld ? null : row.match_id,
      answer: row.answer === null ? null : answerView(actor, row.answer, { sealed, withheld, lists }),
      createdAt: row.created_at.toISOString(),
      answeredAt: row.answered_at?.toISOString() ?? null,
    };
  }

  private async records(actor: Actor, needId: string, capabilityId: string) {
    const { manager } = this.transactions;
    const need = await loadRecordFor(manager, 'need', actor, needId);
    const capability = await loadRecordFor(manager, 'capability', actor, capabilityId);
    if (need === null) throw new AppError('record.not-found', { what: '需求' });
    if (capability === null) throw new AppError('record.not-found', { what: '成果' });
    return { need, capability };
  }
}

const end = (id: string, record: { title: string | null; organisationName: string | null }) => ({
  id,
  title: record.title ?? '',
  organisation: record.organisationName,
});

const UNSCORED: Omit<MatchQuestionAnswer, 'exclusion' | 'shown' | 'lastScore' | 'minScore' | 'modelVersion'> =
  {
    outcome: 'excluded',
    score: null,
    rank: null,
    factors: [],
    reasons: { zh: [], en: [] },
    terms: [],
    indicators: [],
    missing: { zh: [], en: [] },
    unmet: { zh: [], en: [] },
  };

function answerView(
  actor: Actor,
  answer: StoredAnswer,
  {
    sealed,
    withheld,
    lists,
  }: { readonly sealed: SealedSides; readonly withheld: boolean; readonly lists: CodeListsView },
): MatchQuestionAnswer {
  const { outcome, score, rank, shown, lastScore, minScore, modelVersion } = answer;
  const place = { shown, lastScore, minScore, modelVersion };
  if (withheld || answer.exclusion !== null) {
    const organisationIds = actor.memberships.map((membership) => membership.organisationId);
    const exclusion =
      withheld || answer.exclusion === null
        ? NOT_OFFERED
        : exclusionView(answer.exclusion, { staff: isStaff(actor), organisationIds });
    return { ...place, ...UNSCORED, exclusion };
  }
  const reasons = redactReasons(answer.reasons, sealed);
  return {
    ...place,
    outcome,
    exclusion: null,
    score,
    rank,
    factors: redactFactors(answer.factors, sealed),
    ...reasonParts(reasons, lists),
    ...againstParts(reasons, lists),
  };
}

const notFound = () => new AppError('record.not-found', { what: '提问' });
