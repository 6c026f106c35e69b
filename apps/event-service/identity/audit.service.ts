import { Injectable } from '@nestjs/common';
import type { AuditPage, AuditQuery, AuditRow, AuditWords } from '#libs/contracts/identity/audit.js';
import { Transactions } from '#libs/platform/database/transactions.js';

type AuditRecord = Omit<AuditRow, 'at'> & { at: Date };

const FOUND = `
  ($1::text IS NULL OR a.action = $1) AND ($2::text IS NULL OR a.subject_kind = $2)
  AND ($3::text IS NULL OR a.subject_id = $3) AND ($4::uuid IS NULL OR a.actor_id = $4)
  AND ($5::timestamptz IS NULL OR a.at >= $5) AND ($6::timestamptz IS NULL OR a.at < $6)
  AND ($7::text IS NULL OR a.actor_id IN (SELECT p.id FROM person p
         WHERE strpos(lower(p.name), lower($7)) > 0 OR strpos(p.email, lower($7)) > 0))`;

/** Where the present name of a subject is found. */
const NAMES = {
  person: 'SELECT name FROM person',
  organisation: 'SELECT name FROM organisation',
  need: 'SELECT title FROM need',
  capability: 'SELECT title FROM capability',
  programme: 'SELECT name FROM programme',
  event: 'SELECT title FROM event',
} as const;

const subjectName = Object.entries(NAMES)
  .map(([kind, select]) => `WHEN '${kind}' THEN (${select} WHERE id = e.record_id)`)
  .join(' ');

const PAGE = `
  WITH entry AS (
    SELECT a.*, CASE WHEN a.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN a.subject_id::uuid END AS record_id
    FROM audit_entry a WHERE ${FOUND} ORDER BY a.id DESC LIMIT $8 OFFSET $9)
  SELECT e.id, e.at, e.action, e.subject_kind AS "subjectKind", e.subject_id AS "subjectId", e.detail,
         CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email) END AS actor,
         CASE e.subject_kind ${subjectName} END AS "subjectName"
  FROM entry e LEFT JOIN person p ON p.id = e.actor_id ORDER BY e.id DESC`;

/** Reads the audit log; nothing writes it but the actions themselves. */
@Injectable()
export class AuditService {
  constructor(private readonly transactions: Transactions) {}

  async list(query: AuditQuery): Promise<AuditPage> {
    const { manager } = this.transactions;
    const { page, pageSize } = query;
    const filter = [
      query.action ?? null,
      query.subjectKind ?? null,
      query.subjectId ?? null,
      query.actorId ?? null,
      query.from ?? null,
      query.to ?? null,
      query.q || null,
    ];
    const counted: { total: number }[] = await manager.query(
      `SELECT count(*)::int AS total FROM audit_entry a WHERE ${FOUND}`,
      filter,
    );
    const rows: AuditRecord[] = await manager.query(PAGE, [...filter, pageSize, (page - 1) * pageSize]);
    return {
      rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
      total: counted[0]!.total,
      page,
      pageSize,
    };
  }

  async words(): Promise<AuditWords> {
    const rows: AuditWords[] = await this.transactions.manager.query(
      `SELECT coalesce((SELECT jsonb_agg(DISTINCT action) FROM audit_entry), '[]') AS actions,
              coalesce((SELECT jsonb_agg(DISTINCT subject_kind) FROM audit_entry), '[]') AS "subjectKinds"`,
    );
    return rows[0]!;
  }
}
