import type { EntityManager } from 'typeorm';
import type { Indicator } from '#libs/domain/indicators/indicator.js';
import type {
  ExpertWork,
  OfferFacts,
  OfferKind,
  RequestFacts,
  RequestKind,
} from '#libs/domain/market/record-kinds.js';
import type {
  MappedField,
  MatchCapability,
  MatchNeed,
  ModeMapping,
} from '#libs/domain/matching/match-types.js';
import { withoutRefused } from '#libs/domain/matching/refused-clauses.js';
import { endOfDay } from './end-of-day.js';

const INDICATORS = (owner: 'need' | 'capability') => `
  coalesce((SELECT jsonb_agg(jsonb_build_object('name', i.name, 'comparator', i.comparator, 'value', i.value,
      'valueHigh', i.value_high, 'unit', i.unit, 'raw', i.raw) ORDER BY i.position)
    FROM indicator i WHERE i.${owner}_id = t.id), '[]') AS indicators`;

interface NeedRow {
  id: string;
  version: number;
  organisation_id: string | null;
  title: string;
  body: string;
  keywords: string[];
  fields: string[];
  mapped_fields: MappedField[];
  region_code: string | null;
  trl_scheme: string | null;
  target_trl: number | null;
  solve_modes: string[];
  indicators: Indicator[];
  expires_at: string | null;
  request_kind: RequestKind;
  facts: RequestFacts;
  budget_min: number | null;
  budget_max: number | null;
  budget_negotiable: boolean;
  period_start: string | null;
  period_end: string | null;
}

/** The industry a technology is for, as technical fields. */
const MAPPED_FIELDS = `
  coalesce((SELECT jsonb_agg(jsonb_build_object('list', x.from_list, 'from', x.from_code, 'code', x.to_code,
      'relation', x.relation) ORDER BY x.to_code)
    FROM code_crosswalk x WHERE x.from_list = 'industry' AND x.from_code = t.industry
      AND x.to_list = 'technology-field'), '[]') AS mapped_fields`;

/** A figure that is open to talks binds nobody; the amount a financing need looks for is what it looks for. */
const OPEN_BUDGET = `t.budget_negotiable AND t.request_kind = 'technology'`;

/** Needs as the matcher sees them, by id; only those that take part in matching: published and not 不公开. */
export async function loadMatchNeeds(manager: EntityManager, ids: readonly string[]): Promise<MatchNeed[]> {
  const rows = await manager.query<NeedRow[]>(
    `SELECT t.id, t.version, t.organisation_id, t.title, t.keywords, t.fields, t.region_code, t.trl_scheme,
            t.target_trl, t.solve_modes, t.expires_at::text AS expires_at, t.request_kind, t.facts,
            CASE WHEN ${OPEN_BUDGET} THEN NULL ELSE t.budget_min_wan END AS budget_min,
            CASE WHEN ${OPEN_BUDGET} THEN NULL ELSE t.budget_max_wan END AS budget_max, t.budget_negotiable,
            t.period_start::text AS period_start, t.period_end::text AS period_end,
            concat_ws(E'\\n', t.problem, t.key_tech, t.expected_goal, t.public_summary) AS body,
            ${MAPPED_FIELDS}, ${INDICATORS('need')}
     FROM need t WHERE t.id = ANY($1) AND t.status IN ('published', 'engaged') AND t.disclosure <> 'closed' ORDER BY t.id`,
    [ids],
  );
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    organisationId: row.organisation_id,
    title: row.title,
    body: withoutRefused(row.body),
    keywords: row.keywords,
    fields: row.fields,
    mappedFields: row.mapped_fields,
    regionCode: row.region_code,
    trlScheme: row.trl_scheme,
    targetTrl: row.target_trl,
    solveModes: row.solve_modes,
    indicators: row.indicators,
    expiresAt: endOfDay(row.expires_at),
    requestKind: row.request_kind,
    facts: row.facts,
    budgetMin: row.budget_min,
    budgetMax: row.budget_max,
    budgetNegotiable: row.budget_negotiable,
    periodStart: row.period_start,
    periodEnd: row.period_end,
  }));
}

const WORKS = `CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'title', title, 'abstract', abstract, 'year', year)
           ORDER BY position), '[]') AS works,
         string_agg(concat_ws(E'\\n', title, abstract), E'\\n' ORDER BY position) AS words
  FROM capability_work WHERE capability_id = t.id) w`;

interface CapabilityRow {
  id: string;
  version: number;
  organisation_id: string | null;
  title: string;
  text: string;
  keywords: string[];
  fields: string[];
  region_code: string | null;
  trl_scheme: string | null;
  trl: number | null;
  transfer_modes: string[];
  expires_at: string | null;
  indicators: Indicator[];
  price_min: number | null;
  price_max: number | null;
  price_negotiable: boolean;
  updated_at: Date;
  offer_kind: OfferKind;
  facts: OfferFacts;
  works: ExpertWork[];
}

/** Capabilities as the matcher sees them, by id: an index that is filled in another order sums in another, too. */
export async function loadMatchCapabilities(
  manager: EntityManager,
  ids: readonly string[],
): Promise<MatchCapability[]> {
  const rows = await manager.query<CapabilityRow[]>(
    `SELECT t.id, t.version, t.organisation_id, t.title, t.keywords, t.fields, t.region_code, t.trl_scheme, t.trl,
            t.transfer_modes, t.expires_at::text AS expires_at, t.offer_kind, t.facts, w.works,
            CASE WHEN t.price_negotiable THEN NULL ELSE t.price_min_wan END AS price_min,
            CASE WHEN t.price_negotiable THEN NULL ELSE t.price_max_wan END AS price_max, t.price_negotiable, t.updated_at,
            concat_ws(E'\\n', t.abstract, t.key_tech, t.market, t.public_summary, w.words) AS text,
            ${INDICATORS('capability')}
     FROM capability t ${WORKS} WHERE t.id = ANY($1) AND t.status = 'published' AND t.disclosure <> 'closed' ORDER BY t.id`,
    [ids],
  );
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    organisationId: row.organisation_id,
    title: row.title,
    text: row.text,
    keywords: row.keywords,
    fields: row.fields,
    regionCode: row.region_code,
    trlScheme: row.trl_scheme,
    trl: row.trl,
    transferModes: row.transfer_modes,
    expiresAt: endOfDay(row.expires_at),
    priceMin: row.price_min,
    priceMax: row.price_max,
    priceNegotiable: row.price_negotiable,
    updatedAt: row.updated_at,
    indicators: row.indicators,
    offerKind: row.offer_kind,
    facts: row.facts,
    works: row.works,
  }));
}

/** For each way of working a need may ask for, the transfer modes that serve it. */
export async function loadModeMapping(manager: EntityManager): Promise<ModeMapping> {
  const rows = await manager.query<{ mode: string; transfers: string[] }[]>(
    `SELECT from_code AS mode, array_agg(to_code ORDER BY to_code) AS transfers FROM code_crosswalk
     WHERE from_list = 'solve-mode' AND to_list = 'transfer-mode' GROUP BY from_code`,
  );
  return Object.fromEntries(rows.map((row) => [row.mode, row.transfers]));
}
