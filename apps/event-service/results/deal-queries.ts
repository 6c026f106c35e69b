import type { EntityManager } from 'typeorm';
import type { DealRow, DealStage, EvidenceView } from '#libs/contracts/results/deal.js';

export interface DealRecord {
  id: string;
  deal_no: string;
  title: string;
  stage: DealStage;
  enterprise_id: string;
  enterprise: string;
  institute_id: string;
  institute: string;
  event_id: string | null;
  event: string | null;
  need_id: string | null;
  need: string | null;
  capability_id: string | null;
  capability: string | null;
  meeting_id: string | null;
  contract_kind: string | null;
  contract_no: string | null;
  signed_on: string | null;
  contract_amount: string | null;
  technology_amount: string | null;
  paid_amount: string | null;
  note: string | null;
  created_by: string | null;
  created_at: Date;
  updated_at: Date;
}

// pg would make a Date in the server's zone of a `date`.
const COLUMNS = `
  d.id, d.deal_no, d.title, d.stage, d.enterprise_id, ent.name AS enterprise, d.institute_id, ins.name AS institute,
  d.event_id, e.title AS event, d.need_id, n.title AS need, d.capability_id, c.title AS capability, d.meeting_id,
  d.contract_kind, d.contract_no, to_char(d.signed_on, 'YYYY-MM-DD') AS signed_on, d.contract_amount,
  d.technology_amount, d.paid_amount, d.note, p.name AS created_by, d.created_at, d.updated_at`;
const FROM = `
  FROM deal d
  JOIN organisation ent ON ent.id = d.enterprise_id
  JOIN organisation ins ON ins.id = d.institute_id
  LEFT JOIN event e ON e.id = d.event_id
  LEFT JOIN need n ON n.id = d.need_id
  LEFT JOIN capability c ON c.id = d.capability_id
  LEFT JOIN person p ON p.id = d.created_by`;

export async function findDeal(manager: EntityManager, id: string): Promise<DealRecord | null> {
  const rows = await manager.query<DealRecord[]>(`SELECT ${COLUMNS} ${FROM} WHERE d.id = $1`, [id]);
  return rows[0] ?? null;
}

/** The deal, locked until the transaction ends, so that steps follow one another. */
export async function lockDeal(manager: EntityManager, id: string): Promise<DealRecord | null> {
  const rows = await manager.query<DealRecord[]>(
    `SELECT ${COLUMNS} ${FROM} WHERE d.id = $1 FOR UPDATE OF d`,
    [id],
  );
  return rows[0] ?? null;
}

export interface DealListFilter {
  readonly q: string | null;
  readonly stages: readonly string[];
  readonly programmeId: string | null;
  readonly needId: string | null;
  /** Only deals with one of these organisations; null = all. */
  readonly organisationIds: readonly string[] | null;
  readonly limit: number;
  readonly offset: number;
}

/** Newest change first; `q` looks into number, title, contract number and both organisations. */
export async function listDeals(
  manager: EntityManager,
  filter: DealListFilter,
): Promise<{ rows: DealRecord[]; total: number }> {
  const where = `WHERE ($1::text IS NULL OR strpos(lower(concat_ws(' ', d.deal_no, d.title, d.contract_no, ent.name, ins.name)), lower($1)) > 0)
    AND (cardinality($2::text[]) = 0 OR d.stage = ANY($2))
    AND ($3::uuid IS NULL OR e.programme_id = $3)
    AND ($4::uuid IS NULL OR d.need_id = $4)
    AND ($5::uuid[] IS NULL OR d.enterprise_id = ANY($5) OR d.institute_id = ANY($5))`;
  const values = [filter.q, filter.stages, filter.programmeId, filter.needId, filter.organisationIds];
  const rows = await manager.query<DealRecord[]>(
    `SELECT ${COLUMNS} ${FROM} ${where} ORDER BY d.updated_at DESC, d.id LIMIT $6 OFFSET $7`,
    [...values, filter.limit, filter.offset],
  );
  const [count] = await manager.query<{ total: number }[]>(
    `SELECT count(*)::int AS total ${FROM} ${where}`,
    values,
  );
  return { rows, total: count?.total ?? 0 };
}

interface StepRecord {
  from_stage: DealStage | null;
  to_stage: DealStage;
  note: string | null;
  by: string | null;
  at: Date;
}

/** In the order in which they happened. */
export async function dealSteps(manager: EntityManager, dealId: string): Promise<StepRecord[]> {
  return manager.query<StepRecord[]>(
    `SELECT s.from_stage, s.to_stage, s.note, p.name AS by, s.at
     FROM deal_step s LEFT JOIN person p ON p.id = s.actor_id WHERE s.deal_id = $1 ORDER BY s.at, s.id`,
    [dealId],
  );
}

export async function dealEvidence(manager: EntityManager, dealId: string): Promise<EvidenceView[]> {
  const rows = await manager.query<(Omit<EvidenceView, 'createdAt'> & { createdAt: Date })[]>(
    `SELECT f.id, f.file_name AS "fileName", f.media_type AS "mediaType", f.bytes, p.name AS "uploadedBy",
            f.created_at AS "createdAt"
     FROM evidence_file f LEFT JOIN person p ON p.id = f.uploaded_by
     WHERE f.deal_id = $1 AND f.removed_at IS NULL ORDER BY f.created_at, f.id`,
    [dealId],
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

export function toDealRow(deal: DealRecord): DealRow {
  return {
    id: deal.id,
    dealNo: deal.deal_no,
    title: deal.title,
    stage: deal.stage,
    enterprise: { id: deal.enterprise_id, name: deal.enterprise },
    institute: { id: deal.institute_id, name: deal.institute },
    event: titled(deal.event_id, deal.event),
    contractAmount: deal.contract_amount,
    technologyAmount: deal.technology_amount,
    paidAmount: deal.paid_amount,
    signedOn: deal.signed_on,
    updatedAt: deal.updated_at.toISOString(),
  };
}

export const titled = (id: string | null, title: string | null): { id: string; title: string } | null =>
  id === null ? null : { id, title: title ?? '' };
