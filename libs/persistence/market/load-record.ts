import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/domain/access/actor.js';
import { capabilityLevel } from '#libs/domain/access/capability-access.js';
import type { Disclosed, Ties } from '#libs/domain/access/disclosure-level.js';
import { needLevel } from '#libs/domain/access/need-access.js';
import type { DisclosureLevel, SubjectKind } from '#libs/domain/market/market-fields.js';
import { reduceRecord, type Reduced } from '#libs/domain/market/reduce-record.js';
import { MARKET_TABLES, selectFields, type MarketRecords } from './market-table.js';
import { tieConditions, tieParameters } from './tie-conditions.js';

export interface Loaded<Row extends object> {
  readonly record: Reduced<Row>;
  readonly level: Exclude<DisclosureLevel, 'none'>;
}

export const levelOf = (
  kind: SubjectKind,
  actor: Actor | null,
  row: Disclosed,
  ties: Ties,
): DisclosureLevel => (kind === 'need' ? needLevel(actor, row, ties) : capabilityLevel(actor, row, ties));

const INDICATORS = (reference: string) => `coalesce((SELECT jsonb_agg(jsonb_build_object('name', i.name,
  'comparator', i.comparator, 'value', i.value, 'valueHigh', i.value_high, 'unit', i.unit, 'raw', i.raw)
  ORDER BY i.position) FROM indicator i WHERE i.${reference} = s.id), '[]') AS indicators`;

const WORKS = `coalesce((SELECT jsonb_agg(jsonb_build_object('kind', w.kind, 'title', w.title,
  'abstract', w.abstract, 'year', w.year) ORDER BY w.position) FROM capability_work w WHERE w.capability_id = s.id), '[]') AS works`;

/** The whole record, for checks and changes inside the platform; `lock` holds it until the transaction ends. */
export async function loadRecord<Kind extends SubjectKind>(
  manager: EntityManager,
  kind: Kind,
  id: string,
  lock = false,
): Promise<MarketRecords[Kind] | null> {
  const { table, columns, reference } = MARKET_TABLES[kind];
  // Locked first: a read that waited for the lock would still see the indicators of before.
  if (lock) await manager.query(`SELECT 1 FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
  const rows: MarketRecords[Kind][] = await manager.query(
    `SELECT ${selectFields(columns)}, org.name AS "organisationName", ${INDICATORS(reference)}
            ${kind === 'capability' ? `, ${WORKS}` : ''}
     FROM ${table} s LEFT JOIN organisation org ON org.id = s.organisation_id WHERE s.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** A record reduced to what the actor may read, or null when that is nothing. */
export async function loadRecordFor<Kind extends SubjectKind>(
  manager: EntityManager,
  kind: Kind,
  actor: Actor | null,
  id: string,
): Promise<Loaded<MarketRecords[Kind]> | null> {
  const row = await loadRecord(manager, kind, id);
  if (row === null) return null;
  const { granted, matched } = tieConditions(kind, '$2', '$3');
  const [ties]: [Ties] = await manager.query(
    `SELECT ${granted} AS granted, ${matched} AS matched FROM ${MARKET_TABLES[kind].table} s WHERE s.id = $1`,
    [id, ...tieParameters(actor)],
  );
  const level = levelOf(kind, actor, row, ties);
  const record = reduceRecord(kind, row, level);
  return record === null || level === 'none' ? null : { record, level };
}
