import type { z } from 'zod';
import type { matchQuery } from '#libs/contracts/matching/matches.js';
import { GRANTED } from './match-rows.js';

export type MatchQuery = z.infer<typeof matchQuery>;
export type Side = 'need' | 'capability';

/** Conditions on a pair, seen from `mine`; what somebody answered is found also when it fell out of the last run. */
export function answerCondition(filter: MatchQuery['filter'], mine: Side): string {
  const their = mine === 'need' ? 'capability' : 'need';
  switch (filter) {
    case 'open':
      return `m.state = 'current' AND m.${mine}_answer IN ('none', 'later')`;
    case 'interested':
    case 'later':
    case 'declined':
      return `m.${mine}_answer = '${filter}'`;
    case 'theirs':
      return `m.${their}_answer = 'interested' AND m.${mine}_answer <> 'interested'`;
    case 'mutual':
      return 'm.mutual_at IS NOT NULL';
    case 'all':
      return "m.state = 'current'";
  }
}

/** What organizers hid is shown to neither side. */
export const NOT_HIDDEN = "m.override IS DISTINCT FROM 'hidden'";

/** `440100` and `4401` both mean every division whose code begins with 4401. */
const regionPrefix = (region: string): string => region.replace(/(00){1,2}$/, '');

const text = (value: string | undefined): string | null =>
  value === undefined || value === '' ? null : value;

/**
 * The pairs of one record that fit a query, for MATCH_TABLES. The first four values are person, organisations, record
 * and whether the reader belongs to the staff.
 */
export function matchConditions(
  query: MatchQuery,
  mine: Side,
  reader: { readonly personId: string; readonly organisations: readonly string[]; readonly staff: boolean },
  subjectId: string,
): { where: string; values: unknown[] } {
  const [other, organisation] = mine === 'need' ? ['c', 'co'] : ['n', 'no'];
  const kind = mine === 'need' ? 'capability' : 'need';
  const where = `m.${mine}_id = $3 AND ${answerCondition(query.filter, mine)} AND ($4::boolean OR ${NOT_HIDDEN})
    AND ${other}.disclosure <> 'closed' AND ($5::text IS NULL OR ${other}.title ILIKE '%' || $5 || '%')
    AND ($6::text IS NULL OR EXISTS (SELECT 1 FROM unnest(${other}.fields) f WHERE f = $6 OR f LIKE $6 || '.%'))
    AND ($7::text IS NULL OR ${other}.region_code LIKE $7 || '%') AND ($8::float8 IS NULL OR m.score >= $8)
    ${query.offerKind === undefined ? '' : `AND c.offer_kind = '${query.offerKind}'`}
    AND ($9::text IS NULL OR (${organisation}.name ILIKE '%' || $9 || '%'
         AND ($4::boolean OR ${other}.disclosure = 'public' OR ${GRANTED[kind]})))`;
  const values = [
    reader.personId,
    reader.organisations,
    subjectId,
    reader.staff,
    text(query.q),
    query.field ?? null,
    query.region === undefined ? null : regionPrefix(query.region),
    query.minScore ?? null,
    text(query.organisation),
  ];
  return { where, values };
}

/**
 * A need's matches come in the order of their ranks, which differs from that of the scores where an organisation would fill
 * the list; kinds of offers, ranked on their own, are merged by the least score so far.
 */
const RANKED = `min(m.score) FILTER (WHERE m.override IS DISTINCT FROM 'pinned')
  OVER (PARTITION BY c.offer_kind ORDER BY m.rank) DESC NULLS FIRST, m.rank, m.score DESC`;

export function matchOrder(sort: MatchQuery['sort'], mine: Side): string {
  const order = sort === 'newest' ? 'm.created_at DESC' : mine === 'need' ? RANKED : 'm.score DESC';
  return `(m.override = 'pinned') IS TRUE DESC, ${order}, m.id`;
}
