import type { EntityManager } from 'typeorm';
import { isStaff, type Actor } from '#libs/domain/access/actor.js';
import { OPEN_CAPABILITY_STATUSES } from '#libs/domain/access/capability-access.js';
import type { Ties } from '#libs/domain/access/disclosure-level.js';
import { OPEN_NEED_STATUSES } from '#libs/domain/access/need-access.js';
import type { DisclosureLevel, SubjectKind } from '#libs/domain/market/market-fields.js';
import { reduceRecord, type Reduced } from '#libs/domain/market/reduce-record.js';
import type { Disclosure } from '../entities/market.entity.js';
import { levelOf } from './load-record.js';
import { MARKET_TABLES, selectFields } from './market-table.js';
import { tieConditions, tieParameters } from './tie-conditions.js';

export interface RecordQuery {
  readonly page: number;
  readonly pageSize: number;
  readonly q?: string | undefined;
  /** Code of technology-field; finds its descendants too. */
  readonly field?: string | undefined;
  /** Value of offer_kind or request_kind. */
  readonly recordKind?: string | undefined;
  readonly kind?: string | undefined;
  readonly region?: string | undefined;
  readonly mode?: string | undefined;
  readonly status?: readonly string[] | undefined;
  /** Only records of the actor's organisations, in every status. */
  readonly mine?: boolean | undefined;
}

/** What a list shows of a record. `excerpt` is the summary, or the beginning of a public text. */
export interface CardRow {
  id: string;
  status: string;
  title: string;
  excerpt: string | null;
  keywords: string[];
  fields: string[];
  regionCode: string | null;
  trlScheme: string | null;
  disclosure: Disclosure;
  organisationId: string | null;
  organisationName: string | null;
  missing: string[];
  publishedAt: Date | null;
  updatedAt: Date;
  [column: string]: unknown;
}
export interface Card {
  readonly record: Reduced<CardRow>;
  readonly level: DisclosureLevel;
}
export interface CardPage {
  readonly cards: Card[];
  readonly total: number;
}

const CARD = [
  'id',
  'status',
  'title',
  'keywords',
  'fields',
  'regionCode',
  'trlScheme',
  'disclosure',
  'organisationId',
  'missing',
  'version',
  'publishedAt',
  'updatedAt',
];
const OPEN_STATUSES: Record<SubjectKind, readonly string[]> = {
  need: OPEN_NEED_STATUSES,
  capability: OPEN_CAPABILITY_STATUSES,
};

/** A LIKE pattern that finds the text anywhere. */
const anywhere = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

interface Conditions {
  readonly where: string[];
  readonly values: unknown[];
}

/** Which records the actor may see at all: the same decision as `disclosureLevel`, as a condition. */
function visibleTo(kind: SubjectKind, actor: Actor | null, mine: boolean): string {
  const own = 's.organisation_id = ANY($2::uuid[])';
  // Both parameters appear in every condition: PostgreSQL refuses one whose type nothing tells.
  if (mine) return `($1::uuid IS NOT NULL AND ${own})`;
  if (isStaff(actor)) return '($1::uuid IS NOT NULL AND $2::uuid[] IS NOT NULL)';
  const open = OPEN_STATUSES[kind].map((status) => `'${status}'`).join(', ');
  const { granted, matched } = tieConditions(kind, '$1', '$2');
  return `(${own} OR (s.status IN (${open}) AND (s.disclosure IN ('public', 'redacted')
    OR (s.disclosure = 'directed' AND (${granted} OR ${matched})))))`;
}

function conditionsOf(kind: SubjectKind, actor: Actor | null, query: RecordQuery): Conditions {
  const { kindColumn, modesColumn, recordKindColumn } = MARKET_TABLES[kind];
  const values: unknown[] = [...tieParameters(actor)];
  const where = [visibleTo(kind, actor, query.mine === true)];
  const add = (condition: (placeholder: string) => string, value: unknown) => {
    values.push(value);
    where.push(condition(`$${values.length}`));
  };
  if (query.q !== undefined && query.q !== '')
    add(
      (p) =>
        `(s.title ILIKE ${p} OR s.public_summary ILIKE ${p} OR array_to_string(s.keywords, ' ') ILIKE ${p})`,
      anywhere(query.q),
    );
  if (query.field !== undefined)
    add(
      (p) => `EXISTS (SELECT 1 FROM unnest(s.fields) f WHERE f = ${p} OR f LIKE ${p} || '.%')`,
      query.field,
    );
  if (query.recordKind !== undefined) add((p) => `s.${recordKindColumn} = ${p}`, query.recordKind);
  if (query.kind !== undefined) add((p) => `s.${kindColumn} = ${p}`, query.kind);
  // Region codes nest by their beginning: 44 Guangdong, 4401 Guangzhou, 440115 Nansha.
  if (query.region !== undefined) add((p) => `s.region_code LIKE ${p} || '%'`, query.region);
  if (query.mode !== undefined) {
    // The modes are sealed in redacted records: a filter must not tell what the record does not show.
    const readable = isStaff(actor)
      ? ''
      : `AND (s.disclosure = 'public' OR s.organisation_id = ANY($2::uuid[]))`;
    add((p) => `(${p} = ANY(s.${modesColumn}) ${readable})`, query.mode);
  }
  if (query.status !== undefined && query.status.length > 0)
    add((p) => `s.status = ANY(${p}::text[])`, query.status);
  else if (query.mine !== true) add((p) => `s.status = ANY(${p}::text[])`, OPEN_STATUSES[kind]);
  return { where, values };
}

/** The newest records that fit the query and that the actor may see, each reduced to what they may read. Two queries. */
export async function listRecordsFor(
  manager: EntityManager,
  kind: SubjectKind,
  actor: Actor | null,
  query: RecordQuery,
): Promise<CardPage> {
  const { table, cardColumns } = MARKET_TABLES[kind];
  const { where, values } = conditionsOf(kind, actor, query);
  const { granted, matched } = tieConditions(kind, '$1', '$2');
  const from = `FROM ${table} s WHERE ${where.join(' AND ')}`;
  const text = kind === 'need' ? 's.problem' : 's.abstract';
  const page: { total: number }[] = await manager.query(`SELECT count(*)::int AS total ${from}`, values);
  const rows: (CardRow & Ties)[] = await manager.query(
    `SELECT ${selectFields([...CARD, ...cardColumns])}, ${granted} AS granted, ${matched} AS matched,
            left(coalesce(nullif(s.public_summary, ''), CASE WHEN s.disclosure = 'public' THEN ${text} END), 160) AS excerpt,
            (SELECT name FROM organisation WHERE id = s.organisation_id) AS "organisationName"
     ${from} ORDER BY coalesce(s.published_at, s.updated_at) DESC, s.id DESC
     LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`,
    values,
  );
  const cards = rows.flatMap(({ granted, matched, excerpt, missing, ...row }) => {
    const level = levelOf(kind, actor, row, { granted, matched });
    const record = reduceRecord(kind, row as unknown as CardRow, level);
    if (record === null) return [];
    return [{ level, record: { ...record, excerpt, missing: level === 'sealed-too' ? missing : null } }];
  });
  return { cards, total: page[0]!.total };
}
