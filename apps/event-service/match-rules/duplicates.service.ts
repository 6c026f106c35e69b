import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  DuplicateDecision,
  DuplicatePage,
  DuplicateQuery,
  DuplicateView,
} from '#libs/contracts/match-rules/duplicates.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { COMPARED, COMPARED_TEXT, type DuplicateKind } from '#libs/persistence/matching/duplicate-texts.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

type Row = Omit<DuplicateView, 'decidedAt'> & { decidedAt: Date | null };

const NUMBERS: Record<DuplicateKind, string> = { need: 'need_no', capability: 'capability_no' };

const side = (kind: DuplicateKind, alias: string) => `
  (SELECT jsonb_build_object('id', r.id, 'number', r.${NUMBERS[kind]}, 'title', r.title, 'status', r.status,
     'organisation', (SELECT name FROM organisation WHERE id = r.organisation_id), 'text', ${COMPARED_TEXT[kind]},
     'publishedAt', to_char(r.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
   FROM ${kind} r WHERE r.id = ${alias}.id)`;

/** Pairs of records on the market with nearly the same text, and what organizers decide about them. */
@Injectable()
export class DuplicatesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** The most similar first. Pairs of which one record has left the market are not listed. */
  async list({ kind, status, q, page, pageSize }: DuplicateQuery): Promise<DuplicatePage> {
    const { manager } = this.transactions;
    const market = (alias: string) => COMPARED[kind].replaceAll('r.', `${alias}.`);
    const from = `FROM near_duplicate d JOIN ${kind} a ON a.id = d.lower_id JOIN ${kind} b ON b.id = d.higher_id
      WHERE d.kind = $1 AND d.status = $2 AND ${market('a')} AND ${market('b')}
        AND ($3::text IS NULL OR a.title ILIKE '%' || $3 || '%' OR b.title ILIKE '%' || $3 || '%')`;
    const values = [kind, status, q === undefined || q === '' ? null : q];
    const [count] = await manager.query<{ total: number }[]>(`SELECT count(*)::int AS total ${from}`, values);
    const rows = await manager.query<Row[]>(
      `SELECT d.id, d.kind, d.similarity, d.status, d.decided_at AS "decidedAt",
              (SELECT name FROM person WHERE id = d.decided_by) AS "decidedBy",
              coalesce(a.organisation_id = b.organisation_id, false) AS "sameOrganisation",
              ${side(kind, 'a')} AS lower, ${side(kind, 'b')} AS higher
       ${from} ORDER BY d.similarity DESC, d.id LIMIT $4 OFFSET $5`,
      [...values, pageSize, (page - 1) * pageSize],
    );
    return {
      rows: rows.map((row) => ({ ...row, decidedAt: row.decidedAt?.toISOString() ?? null })),
      total: count!.total,
      page,
      pageSize,
    };
  }

  /** Both records are matched anew: twins of one organisation are folded, and those that are none are not. */
  async decide(actor: Actor, id: string, { status }: DuplicateDecision): Promise<void> {
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const [changed] = await manager.query<
        [{ kind: DuplicateKind; lower_id: string; higher_id: string }[], number]
      >(
        `UPDATE near_duplicate SET status = $2, decided_by = CASE WHEN $2 <> 'open' THEN $3::uuid END,
           decided_at = CASE WHEN $2 <> 'open' THEN $4::timestamptz END
         WHERE id = $1 RETURNING kind, lower_id, higher_id`,
        [id, status, actor.personId, this.clock.now()],
      );
      const pair = changed[0];
      if (pair === undefined) throw new AppError('record.not-found', { what: '相近条目' });
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'decide-duplicate',
        subjectKind: pair.kind,
        subjectId: pair.lower_id,
        detail: { other: pair.higher_id, status },
      });
      for (const subjectId of [pair.lower_id, pair.higher_id]) {
        const run = await queueMatchRun(manager, {
          scope: pair.kind,
          subjectId,
          requestedBy: actor.personId,
        });
        if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
      }
    });
  }
}
