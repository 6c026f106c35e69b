import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/domain/access/actor.js';
import type { ReviewPage, ReviewQuery, ReviewRow } from '#libs/contracts/market/review.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Transactions } from '#libs/platform/database/transactions.js';

type Row = Omit<ReviewRow, 'waitingSince'> & { waitingSince: Date };

const side = (kind: 'need' | 'capability') =>
  `SELECT '${kind}' AS kind, s.id, s.title, s.status, s.organisation_id, s.fields, s.missing, s.external_source,
          s.external_no, coalesce(s.submitted_at, s.created_at) AS since
   FROM ${kind} s WHERE s.status = 'submitted' OR (s.status = 'draft' AND s.external_source IS NOT NULL)`;
const BOTH = `(${side('need')} UNION ALL ${side('capability')}) s`;

/** What waits for an organizer: submitted records, and drafts that an import left. */
@Injectable()
export class ReviewQueue {
  constructor(private readonly transactions: Transactions) {}

  /** Oldest first. Reading it is logged: it names organisations behind texts that are not public. */
  async list(actor: Actor, query: ReviewQuery): Promise<ReviewPage> {
    const { manager } = this.transactions;
    const search = query.q === undefined || query.q === '' ? null : `%${query.q.replace(/[\\%_]/g, '\\$&')}%`;
    const values = [query.status, query.kind ?? null, query.source ?? null, query.complete ?? null, search];
    const from = `FROM ${BOTH} WHERE s.status = $1 AND ($2::text IS NULL OR s.kind = $2)
      AND ($3::text IS NULL OR s.external_source = $3) AND ($4::boolean IS NULL OR (cardinality(s.missing) = 0) = $4)
      AND ($5::text IS NULL OR s.title ILIKE $5)`;
    const [count]: { total: number }[] = await manager.query(`SELECT count(*)::int AS total ${from}`, values);
    const rows: Row[] = await manager.query(
      `SELECT s.kind, s.id, s.title, s.fields, s.missing, s.external_source AS "externalSource",
              s.external_no AS "externalNo", s.since AS "waitingSince",
              (SELECT name FROM organisation WHERE id = s.organisation_id) AS "organisationName"
       ${from} ORDER BY s.since, s.id LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`,
      values,
    );
    if (rows.length > 0)
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'read-sealed',
        subjectKind: 'review-queue',
        subjectId: null,
        detail: { ids: rows.map((row) => row.id) },
      });
    return {
      rows: rows.map((row) => ({ ...row, waitingSince: row.waitingSince.toISOString() })),
      total: count!.total,
      page: query.page,
      pageSize: query.pageSize,
      ...(await this.counts()),
    };
  }

  private async counts(): Promise<Pick<ReviewPage, 'waiting' | 'sources'>> {
    const rows: {
      kind: 'need' | 'capability';
      status: string;
      source: string;
      n: number;
      complete: number;
    }[] = await this.transactions.manager.query(
      `SELECT s.kind, s.status, coalesce(s.external_source, '') AS source, count(*)::int AS n,
                count(*) FILTER (WHERE cardinality(s.missing) = 0)::int AS complete
         FROM ${BOTH} GROUP BY 1, 2, 3 ORDER BY 1, 3`,
    );
    const submitted = (kind: string) =>
      rows
        .filter((row) => row.status === 'submitted' && row.kind === kind)
        .reduce((sum, row) => sum + row.n, 0);
    return {
      waiting: { need: submitted('need'), capability: submitted('capability') },
      sources: rows
        .filter((row) => row.status === 'draft')
        .map(({ kind, source, n, complete }) => ({ kind, source, drafts: n, complete })),
    };
  }
}
