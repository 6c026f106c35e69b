import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { BoardRow, OverridePair } from '#libs/contracts/matching/match-board.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { askMatchQuestion } from '#libs/persistence/matching/ask-match-question.js';
import { findPairExclusion } from '#libs/persistence/matching/find-pair-exclusion.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { rankOverridden } from '#libs/persistence/matching/store-matches.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { exclusionView } from './exclusion-view.js';
import { MatchBoardService } from './match-board.service.js';

interface Pair {
  id: string;
  override: 'pinned' | 'hidden' | null;
  mutual_at: Date | null;
}

const AUDIT_ACTIONS = { pin: 'pin-match', hide: 'hide-match', clear: 'clear-match-override' } as const;
/** Stands for the model of a pair that no engine has scored yet. */
const BY_ORGANIZER = 'organizer';

/** What organizers decide about a pair whatever the engine says: shown first, or not at all. Survives every run. */
@Injectable()
export class MatchOverridesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly board: MatchBoardService,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  async decide(actor: Actor, body: OverridePair): Promise<BoardRow> {
    const id = await this.transactions.run(async (transaction) => {
      const { manager } = transaction;
      const [pair] = await manager.query<Pair[]>(
        'SELECT id, override, mutual_at FROM match WHERE need_id = $1 AND capability_id = $2 FOR UPDATE',
        [body.needId, body.capabilityId],
      );
      const matchId =
        body.action === 'pin'
          ? await this.pin(transaction, actor, body)
          : await this.change(transaction, actor, body, pair);
      await rankOverridden(manager, body.needId);
      await writeAudit(manager, {
        actorId: actor.personId,
        action: AUDIT_ACTIONS[body.action],
        subjectKind: 'match',
        subjectId: matchId,
        detail: { need: body.needId, capability: body.capabilityId, note: body.note },
      });
      return matchId;
    });
    const row = await this.board.row(id);
    if (row === undefined) throw notFound();
    return row;
  }

  /** Pins the pair; one that the engine did not propose is made, and the engine asked what it thinks of it. */
  private async pin(
    { manager, afterCommit }: Transaction,
    actor: Actor,
    { needId, capabilityId, note }: OverridePair,
  ): Promise<string> {
    await this.checkAllowed(manager, actor, needId, capabilityId);
    const [row] = await manager.query<{ id: string; scored: boolean }[]>(
      `INSERT INTO match (need_id, capability_id, score, rank, factors, reasons, model_version, need_version,
                          capability_version, origin, override, override_note, override_by, override_at)
       SELECT n.id, c.id, 0, 1, '[]', '[]', $3, n.version, c.version, 'organizer', 'pinned', $4, $5::uuid, $6
       FROM need n, capability c WHERE n.id = $1 AND c.id = $2
       ON CONFLICT (need_id, capability_id) DO UPDATE SET override = 'pinned', override_note = $4, override_by = $5,
         override_at = $6, state = 'current', exclusion = NULL, updated_at = $6
       RETURNING id, model_version <> $3 AS scored`,
      [needId, capabilityId, BY_ORGANIZER, note, actor.personId, this.clock.now()],
    );
    if (!row!.scored) {
      const question = await askMatchQuestion(manager, { needId, capabilityId, askedBy: actor.personId });
      afterCommit(() => this.queue.wake('answer-match-question', [question]));
    }
    return row!.id;
  }

  private async checkAllowed(
    manager: EntityManager,
    actor: Actor,
    needId: string,
    capabilityId: string,
  ): Promise<void> {
    const known = await manager.query<unknown[]>(
      'SELECT 1 FROM need n, capability c WHERE n.id = $1 AND c.id = $2',
      [needId, capabilityId],
    );
    if (known.length === 0) throw new AppError('record.not-found', { what: '需求或成果' });
    const exclusion = await findPairExclusion(manager, needId, capabilityId, this.clock.now());
    if (exclusion === null) return;
    const { zh, en } = exclusionView(exclusion, { staff: true, organisationIds: [] });
    throw new AppError('match.pair-excluded', { because: actor.locale === 'en' ? en : zh });
  }

  private async change(
    { manager, afterCommit }: Transaction,
    actor: Actor,
    { needId, action, note }: OverridePair,
    pair: Pair | undefined,
  ): Promise<string> {
    if (pair === undefined || (action === 'clear' && pair.override === null)) throw notFound();
    if (action === 'hide' && pair.mutual_at !== null) throw new AppError('match.hide-mutual');
    const now = this.clock.now();
    if (action === 'hide') {
      await manager.query(
        `UPDATE match SET override = 'hidden', override_note = $2, override_by = $3, override_at = $4, updated_at = $4
         WHERE id = $1`,
        [pair.id, note, actor.personId, now],
      );
      return pair.id;
    }
    await clear(manager, pair.id, now);
    const run = await queueMatchRun(manager, {
      scope: 'need',
      subjectId: needId,
      requestedBy: actor.personId,
    });
    if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
    return pair.id;
  }
}

/**
 * The engine decides again, and until its run the pair stands by its score; what only a person proposed leaves the list at
 * once unless somebody answered it.
 */
const clear = (manager: EntityManager, id: string, now: Date) =>
  manager.query(
    `UPDATE match m SET rank = 1 + (SELECT count(*) FROM match o JOIN capability c ON c.id = o.capability_id
         WHERE o.need_id = m.need_id AND o.state = 'current' AND o.score > m.score
           AND c.offer_kind = (SELECT offer_kind FROM capability WHERE id = m.capability_id)),
       override = NULL, override_note = NULL, override_by = NULL, override_at = NULL, updated_at = $2,
       state = CASE WHEN origin = 'organizer' AND need_answer NOT IN ('interested', 'later')
                     AND capability_answer NOT IN ('interested', 'later') THEN 'stale' ELSE state END
     WHERE id = $1`,
    [id, now],
  );

const notFound = () => new AppError('record.not-found', { what: '匹配' });
