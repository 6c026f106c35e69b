import type { EntityManager } from 'typeorm';
import type { Indicator } from '#libs/domain/indicators/indicator.js';
import type { MatchCapability, MatchNeed, ModeMapping } from '#libs/domain/matching/match-types.js';
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
  region_code: string | null;
  trl_scheme: string | null;
  target_trl: number | null;
  solve_modes: string[];
  indicators: Indicator[];
  expires_at: string | null;
}

/** Needs as the matcher sees them, by id; only those that take part in matching: published and not 不公开. */
export async function loadMatchNeeds(manager: EntityManager, ids: readonly string[]): Promise<MatchNeed[]> {
  const rows = await manager.query<NeedRow[]>(
    `SELECT t.id, t.version, t.organisation_id, t.title, t.keywords, t.fields, t.region_code, t.trl_scheme,
            t.target_trl, t.solve_modes, t.expires_at::text AS expires_at,
            concat_ws(E'\\n', t.problem, t.key_tech, t.expected_goal, t.public_summary) AS body, ${INDICATORS('need')}
     FROM need t WHERE t.id = ANY($1) AND t.status IN ('published', 'engaged') AND t.disclosure <> 'closed' ORDER BY t.id`,
    [ids],
  );
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    organisationId: row.organisation_id,
    title: row.title,
    body: row.body,
    keywords: row.keywords,
    fields: row.fields,
    regionCode: row.region_code,
    trlScheme: row.trl_scheme,
    targetTrl: row.target_trl,
    solveModes: row.solve_modes,
    indicators: row.indicators,
    expiresAt: endOfDay(row.expires_at),
  }));
}

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
}

/** Versions of all capabilities that take part in matching, to see what changed since the index was filled. */
export async function loadCapabilityVersions(manager: EntityManager): Promise<Map<string, number>> {
  const rows = await manager.query<{ id: string; version: number }[]>(
    "SELECT id, version FROM capability WHERE status = 'published' AND disclosure <> 'closed'",
  );
  return new Map(rows.map((row) => [row.id, row.version]));
}

/** Capabilities as the matcher sees them, by id. */
export async function loadMatchCapabilities(
  manager: EntityManager,
  ids: readonly string[],
): Promise<MatchCapability[]> {
  const rows = await manager.query<CapabilityRow[]>(
    `SELECT t.id, t.version, t.organisation_id, t.title, t.keywords, t.fields, t.region_code, t.trl_scheme, t.trl,
            t.transfer_modes, t.expires_at::text AS expires_at, concat_ws(E'\\n', t.abstract, t.key_tech, t.market, t.public_summary) AS text,
            ${INDICATORS('capability')}
     FROM capability t WHERE t.id = ANY($1) AND t.status = 'published' AND t.disclosure <> 'closed'`,
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
    indicators: row.indicators,
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
