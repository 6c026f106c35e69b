import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { BlockBody, BlockList, BlockStated, BlockView } from '#libs/contracts/match-rules/blocks.js';
import { isMemberOf, isOrganizer, type Actor } from '#libs/domain/access/actor.js';
import { mayReadBlocks, mayStateBlock } from '#libs/domain/access/match-rule-access.js';
import { maySeeOrganisation } from '#libs/domain/access/organisation-access.js';
import type { Exclusion } from '#libs/domain/matching/exclusion.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { queueOrganisationRuns, withdrawPairs } from '#libs/persistence/matching/withdraw-pairs.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

type BlockRow = Omit<BlockView, 'createdAt' | 'mayEnd' | 'organisation'> & {
  createdAt: Date;
  otherId: string;
  otherName: string;
};
interface LiveBlock {
  organisationId: string;
  blockedId: string;
  kind: BlockView['kind'];
}

/** Organisations that are kept apart: members name competitors, organizers record disputes. */
@Injectable()
export class BlocksService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** Members see what their organisation stated; organizers see what either side stated, and disputes. */
  async list(actor: Actor, id: string): Promise<BlockList> {
    const { manager } = this.transactions;
    await demandReadable(manager, actor, id);
    const all = isOrganizer(actor);
    const rows = await manager.query<BlockRow[]>(
      `SELECT b.id, b.kind, b.organisation_id = $1 AS own, b.note, p.name AS "createdBy", b.created_at AS "createdAt",
              o.id AS "otherId", o.name AS "otherName"
       FROM match_block b LEFT JOIN person p ON p.id = b.created_by
       JOIN organisation o ON o.id = CASE WHEN b.organisation_id = $1 THEN b.blocked_organisation_id ELSE b.organisation_id END
       WHERE b.ended_at IS NULL AND $1 IN (b.organisation_id, b.blocked_organisation_id)
         AND ($2 OR (b.organisation_id = $1 AND b.kind <> 'dispute'))
       ORDER BY b.kind = 'dispute' DESC, o.name, b.id`,
      [id, all],
    );
    return {
      rows: rows.map(({ createdAt, otherId, otherName, ...row }) => ({
        ...row,
        organisation: { id: otherId, name: otherName },
        createdAt: createdAt.toISOString(),
        mayEnd: row.own ? mayStateBlock(actor, id, row.kind) : row.kind === 'dispute' && all,
      })),
      may: { state: isMemberOf(actor, id), recordDispute: all },
    };
  }

  /** From the answer on no pair of the two is on any list; runs fill the places that became free. */
  async state(actor: Actor, id: string, body: BlockBody): Promise<BlockStated> {
    const now = this.clock.now();
    return this.transactions.run(async ({ manager, afterCommit }) => {
      await demandReadable(manager, actor, id);
      if (!mayStateBlock(actor, id, body.kind)) throw new AppError('auth.forbidden');
      const other = await findOther(manager, actor, id, body.organisationId);
      const made = await manager.query<{ id: string }[]>(
        `INSERT INTO match_block (organisation_id, blocked_organisation_id, kind, note, created_by, created_at)
         SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (
           SELECT 1 FROM match_block WHERE kind = 'dispute' AND $3 = 'dispute' AND ended_at IS NULL
             AND organisation_id = $2 AND blocked_organisation_id = $1)
         ON CONFLICT (organisation_id, blocked_organisation_id, kind) WHERE ended_at IS NULL DO NOTHING RETURNING id`,
        [id, other.id, body.kind, body.note || null, actor.personId, now],
      );
      if (made[0] === undefined) throw new AppError('block.exists', { name: other.name });
      const pairs = await withdrawPairs(manager, [id, other.id], exclusionOf(body.kind, id), now);
      const runs = await queueOrganisationRuns(manager, [id, other.id], actor.personId);
      afterCommit(() => this.queue.wake('run-match', runs));
      await audit(manager, actor, 'state-block', id, { other: other.id, kind: body.kind, ...pairs });
      return { id: made[0].id, ...pairs };
    });
  }

  /** Pairs of the two may be proposed again, by the runs that are queued. */
  async end(actor: Actor, id: string, blockId: string): Promise<void> {
    await this.transactions.run(async ({ manager, afterCommit }) => {
      await demandReadable(manager, actor, id);
      const [block] = await manager.query<LiveBlock[]>(
        `SELECT organisation_id AS "organisationId", blocked_organisation_id AS "blockedId", kind FROM match_block
         WHERE id = $1 AND $2 IN (organisation_id, blocked_organisation_id) AND ended_at IS NULL FOR UPDATE`,
        [blockId, id],
      );
      const own = block !== undefined && (block.kind === 'dispute' || block.organisationId === id);
      if (!own || !mayStateBlock(actor, id, block.kind)) throw new AppError('block.not-found');
      await manager.query('UPDATE match_block SET ended_at = $2, ended_by = $3 WHERE id = $1', [
        blockId,
        this.clock.now(),
        actor.personId,
      ]);
      const both = [block.organisationId, block.blockedId];
      const runs = await queueOrganisationRuns(manager, both, actor.personId);
      afterCommit(() => this.queue.wake('run-match', runs));
      await audit(manager, actor, 'end-block', id, {
        other: both.find((one) => one !== id),
        kind: block.kind,
      });
    });
  }
}

const exclusionOf = (kind: BlockBody['kind'], statedBy: string): Exclusion =>
  kind === 'dispute'
    ? { code: 'dispute' }
    : { code: kind === 'competitor' ? 'competitor' : 'blocked', statedBy };

async function demandReadable(manager: EntityManager, actor: Actor, id: string): Promise<void> {
  const rows = await manager.query<unknown[]>('SELECT 1 FROM organisation WHERE id = $1', [id]);
  if (rows.length === 0 || !mayReadBlocks(actor, id)) throw new AppError('organisation.not-found');
}

/** The other organisation, as far as the actor may know of it. */
async function findOther(
  manager: EntityManager,
  actor: Actor,
  id: string,
  otherId: string,
): Promise<{ id: string; name: string }> {
  if (otherId === id) throw new AppError('block.own-organisation');
  const [other] = await manager.query<
    { id: string; name: string; status: 'pending' | 'verified' | 'rejected' }[]
  >('SELECT id, name, status FROM organisation WHERE id = $1', [otherId]);
  if (other === undefined || !maySeeOrganisation(actor, other)) throw new AppError('organisation.not-found');
  return other;
}

const audit = (
  manager: EntityManager,
  actor: Actor,
  action: string,
  id: string,
  detail: Record<string, unknown>,
) =>
  writeAudit(manager, {
    actorId: actor.personId,
    action,
    subjectKind: 'organisation',
    subjectId: id,
    detail,
  });
