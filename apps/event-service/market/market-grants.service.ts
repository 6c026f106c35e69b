import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { GrantBody, GrantList } from '#libs/contracts/market/market-record.js';
import type { Actor } from '#libs/domain/access/actor.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { notFound } from './market-kind.js';

interface Grantee {
  readonly personId: string | null;
  readonly organisationId: string | null;
}
interface GrantRow {
  readonly id: string;
  readonly organisationName: string | null;
  readonly personName: string | null;
  readonly reason: string;
  readonly grantedBy: string | null;
  readonly createdAt: Date;
}

/** Organizers let single persons or organisations see the sealed fields of a record, and end it. */
@Injectable()
export class MarketGrants {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async list(kind: SubjectKind, id: string): Promise<GrantList> {
    const { manager } = this.transactions;
    await demandRecord(manager, kind, id);
    const rows: GrantRow[] = await manager.query(
      `SELECT g.id, o.name AS "organisationName", p.name AS "personName", g.reason, by.name AS "grantedBy",
              g.created_at AS "createdAt"
       FROM sealed_grant g LEFT JOIN organisation o ON o.id = g.organisation_id
       LEFT JOIN person p ON p.id = g.person_id LEFT JOIN person by ON by.id = g.granted_by
       WHERE g.subject_kind = $1 AND g.subject_id = $2 AND g.revoked_at IS NULL ORDER BY g.created_at, g.id`,
      [kind, id],
    );
    return { grants: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
  }

  /** Giving the same again changes nothing. */
  async give(kind: SubjectKind, actor: Actor, id: string, body: GrantBody): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const { manager } = transaction;
      // The lock makes two equal grants at the same moment one.
      await demandRecord(manager, kind, id, 'FOR UPDATE');
      const to = await findGrantee(manager, body.to);
      const given: { id: string }[] = await manager.query(
        `INSERT INTO sealed_grant (subject_kind, subject_id, person_id, organisation_id, reason, granted_by, created_at)
         SELECT $1, $2::uuid, $3::uuid, $4::uuid, $5, $6::uuid, $7::timestamptz
         WHERE NOT EXISTS (SELECT 1 FROM sealed_grant WHERE subject_kind = $1 AND subject_id = $2 AND revoked_at IS NULL
           AND person_id IS NOT DISTINCT FROM $3 AND organisation_id IS NOT DISTINCT FROM $4) RETURNING id`,
        [kind, id, to.personId, to.organisationId, body.reason, actor.personId, this.clock.now()],
      );
      if (given.length === 0) return;
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'give-grant',
        subjectKind: kind,
        subjectId: id,
        detail: { grantId: given[0]!.id, ...to, reason: body.reason },
      });
      await this.rematch(transaction, kind, actor, id);
    });
  }

  async revoke(kind: SubjectKind, actor: Actor, id: string, grantId: string): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const { manager } = transaction;
      const [ended]: [unknown[], number] = await manager.query(
        `UPDATE sealed_grant SET revoked_at = $4
         WHERE id = $1 AND subject_kind = $2 AND subject_id = $3 AND revoked_at IS NULL RETURNING id`,
        [grantId, kind, id, this.clock.now()],
      );
      if (ended.length === 0) throw new AppError('record.not-found', { what: '授权' });
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'revoke-grant',
        subjectKind: kind,
        subjectId: id,
        detail: { grantId },
      });
      await this.rematch(transaction, kind, actor, id);
    });
  }

  /** A directed record is matched with those it was opened to only: a grant changes whom that is. */
  private async rematch(
    { manager, afterCommit }: Transaction,
    kind: SubjectKind,
    actor: Actor,
    id: string,
  ): Promise<void> {
    const directed = await manager.query<unknown[]>(
      `SELECT 1 FROM ${kind} WHERE id = $1 AND disclosure = 'directed' AND status IN ('published', 'engaged')`,
      [id],
    );
    if (directed.length === 0) return;
    const run = await queueMatchRun(manager, { scope: kind, subjectId: id, requestedBy: actor.personId });
    if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
  }
}

async function demandRecord(manager: EntityManager, kind: SubjectKind, id: string, lock = ''): Promise<void> {
  const rows: unknown[] = await manager.query(`SELECT 1 FROM ${kind} WHERE id = $1 ${lock}`, [id]);
  if (rows.length === 0) throw notFound(kind);
}

/** An organisation by id or full name, or a person by e-mail. */
async function findGrantee(manager: EntityManager, to: GrantBody['to']): Promise<Grantee> {
  const wanted = 'organisationId' in to ? to.organisationId : to.name;
  const rows: Grantee[] = await manager.query(
    `SELECT NULL::uuid AS "personId", id AS "organisationId" FROM organisation WHERE id::text = $1 OR name = $1
     UNION ALL SELECT id, NULL FROM person WHERE email = lower($1) LIMIT 1`,
    [wanted],
  );
  if (rows[0] === undefined) throw new AppError('market.grantee-unknown', { name: wanted });
  return rows[0];
}
