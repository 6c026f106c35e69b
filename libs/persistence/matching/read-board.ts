import type { EntityManager } from 'typeorm';
import type { OfferKind } from '#libs/domain/market/record-kinds.js';
import type { Exclusion } from '#libs/domain/matching/exclusion.js';
import { MEETING_MATCHES } from '../meetings/meeting-matches.js';

/** Pairs to look for; null leaves a condition out. */
export interface BoardFilter {
  readonly programmeId: string | null;
  readonly eventId: string | null;
  readonly needId: string | null;
  readonly capabilityId: string | null;
  readonly need: string | null;
  readonly field: string | null;
  readonly institute: string | null;
  readonly minScore: number | null;
  readonly offerKind: OfferKind | null;
  readonly modelVersion: string | null;
  readonly q: string | null;
  /** Of one pair, whatever its state. */
  readonly matchId: string | null;
}

export interface BoardMatch {
  id: string;
  score: number;
  rank: number;
  current: boolean;
  origin: 'engine' | 'organizer';
  model_version: string;
  offer_kind: OfferKind;
  exclusion: Exclusion | null;
  mutual_at: Date | null;
  created_at: Date;
  updated_at: Date;
  need_id: string;
  need_number: string | null;
  need_title: string;
  need_organisation: string | null;
  need_status: string;
  need_answer: 'none' | 'interested' | 'declined' | 'later';
  need_answer_reason: string | null;
  need_answered_at: Date | null;
  capability_id: string;
  capability_number: string | null;
  capability_title: string;
  capability_organisation: string | null;
  capability_status: string;
  capability_answer: 'none' | 'interested' | 'declined' | 'later';
  capability_answer_reason: string | null;
  capability_answered_at: Date | null;
  override: 'pinned' | 'hidden' | null;
  override_note: string | null;
  override_by: string | null;
  override_at: Date | null;
  met: boolean;
  deal_id: string | null;
  deal_no: string | null;
  deal_stage: string | null;
}

const TABLES = `
  FROM match m
  JOIN need n ON n.id = m.need_id LEFT JOIN organisation no ON no.id = n.organisation_id
  JOIN capability c ON c.id = m.capability_id LEFT JOIN organisation co ON co.id = c.organisation_id`;

const side = (prefix: 'need' | 'capability', alias: 'n' | 'c', number: string) => `
  ${alias}.id AS ${prefix}_id, ${alias}.${number} AS ${prefix}_number, ${alias}.title AS ${prefix}_title,
  ${alias}o.name AS ${prefix}_organisation, ${alias}.status AS ${prefix}_status,
  m.${prefix}_answer, m.${prefix}_answer_reason, m.${prefix}_answered_at`;

const COLUMNS = `
  SELECT m.id, m.score, m.rank, m.state = 'current' AS current, m.origin, m.model_version, c.offer_kind, m.exclusion, m.mutual_at, m.created_at,
    m.updated_at, ${side('need', 'n', 'need_no')}, ${side('capability', 'c', 'capability_no')},
    m.override, m.override_note, m.override_at, (SELECT name FROM person WHERE id = m.override_by) AS override_by,
    EXISTS (SELECT 1 FROM ${MEETING_MATCHES} t WHERE t.match_id = m.id AND t.status = 'held') AS met,
    d.id AS deal_id, d.deal_no, d.stage AS deal_stage`;

const DEAL = `
  LEFT JOIN LATERAL (SELECT id, deal_no, stage FROM deal WHERE match_id = m.id AND stage <> 'terminated'
                     ORDER BY created_at, id LIMIT 1) d ON true`;

/** What the board holds: what is shown now, what somebody answered, and what organizers decided about. */
const ON_BOARD = `(m.state = 'current' OR m.override IS NOT NULL OR m.need_answer <> 'none' OR m.capability_answer <> 'none')`;

const under = (fields: string) =>
  `EXISTS (SELECT 1 FROM unnest(${fields}) f WHERE f = $6 OR f LIKE $6 || '.%')`;

const WHERE = `
  WHERE (m.id = $11 OR ($11::uuid IS NULL AND ${ON_BOARD}))
    AND ($1::uuid IS NULL AND $2::uuid IS NULL OR EXISTS (
      SELECT 1 FROM event e WHERE ($1 IS NULL OR e.programme_id = $1) AND ($2 IS NULL OR e.id = $2)
        AND (EXISTS (SELECT 1 FROM ${MEETING_MATCHES} t WHERE t.event_id = e.id AND t.need_id = n.id AND t.status <> 'cancelled')
          OR EXISTS (SELECT 1 FROM deal t WHERE t.event_id = e.id AND t.need_id = n.id))))
    AND ($3::uuid IS NULL OR n.id = $3) AND ($4::uuid IS NULL OR c.id = $4)
    AND ($5::text IS NULL OR n.title ILIKE '%' || $5 || '%' OR n.need_no ILIKE '%' || $5 || '%')
    AND ($6::text IS NULL OR ${under('n.fields')} OR ${under('c.fields')})
    AND ($7::text IS NULL OR co.name ILIKE '%' || $7 || '%') AND ($8::float8 IS NULL OR m.score >= $8)
    AND ($9::text IS NULL OR m.model_version = $9)
    AND ($12::text IS NULL OR c.offer_kind = $12)
    AND ($10::text IS NULL OR n.title ILIKE '%' || $10 || '%' OR c.title ILIKE '%' || $10 || '%')`;

const STATES = {
  none: "(m.need_answer IN ('none', 'later') AND m.capability_answer IN ('none', 'later'))",
  'one-sided': `((m.need_answer = 'interested') <> (m.capability_answer = 'interested')
                 AND m.need_answer <> 'declined' AND m.capability_answer <> 'declined')`,
  mutual: 'm.mutual_at IS NOT NULL',
  declined: "(m.need_answer = 'declined' OR m.capability_answer = 'declined')",
  overridden: 'm.override IS NOT NULL',
} as const;
export type BoardState = keyof typeof STATES;

const ORDERS = {
  score: 'm.score DESC',
  newest: 'm.created_at DESC',
  answered: 'greatest(m.need_answered_at, m.capability_answered_at) DESC NULLS LAST',
  need: 'n.need_no NULLS LAST, n.id, m.rank',
} as const;

const values = (filter: BoardFilter): unknown[] => [
  filter.programmeId,
  filter.eventId,
  filter.needId,
  filter.capabilityId,
  filter.need,
  filter.field,
  filter.institute,
  filter.minScore,
  filter.modelVersion,
  filter.q,
  filter.matchId,
  filter.offerKind,
];

export async function readBoard(
  manager: EntityManager,
  filter: BoardFilter,
  options: {
    readonly state: BoardState | null;
    readonly sort: keyof typeof ORDERS;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<BoardMatch[]> {
  const state = options.state === null ? '' : `AND ${STATES[options.state]}`;
  return manager.query<BoardMatch[]>(
    `${COLUMNS} ${TABLES} ${DEAL} ${WHERE} ${state} ORDER BY ${ORDERS[options.sort]}, m.id LIMIT $13 OFFSET $14`,
    [...values(filter), options.limit, options.offset],
  );
}

/** Pairs in each state under a filter, and all of them. An overridden pair is in another state too. */
export async function countBoard(
  manager: EntityManager,
  filter: BoardFilter,
): Promise<Record<BoardState | 'all', number>> {
  const counts = Object.entries(STATES).map(
    ([state, condition]) => `count(*) FILTER (WHERE ${condition})::int AS "${state}"`,
  );
  const rows = await manager.query<Record<BoardState | 'all', number>[]>(
    `SELECT count(*)::int AS "all", ${counts.join(', ')} ${TABLES} ${WHERE}`,
    values(filter),
  );
  return rows[0]!;
}
