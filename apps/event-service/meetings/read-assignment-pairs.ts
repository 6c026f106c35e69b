import type { EntityManager } from 'typeorm';
import type {
  AssignmentPairs,
  AssignmentPairView,
  PairsQuery,
} from '#libs/contracts/meetings/assignments.js';
import { MEETING_OF_PAIR } from './assignment-summaries.js';

interface PairRow extends Omit<AssignmentPairView, 'insteadOf' | 'accepted'> {
  insteadOf: string[];
  total: number;
}

/** SQL: which pairs a page shows. */
const SHOWN: Record<PairsQuery['shown'], string> = {
  proposed: "p.reason = 'chosen' AND met.id IS NULL",
  accepted: 'met.id IS NOT NULL',
  'left-out': "p.reason NOT IN ('chosen', 'blocked', 'no-thanks', 'low-score') AND met.id IS NULL",
  barred: "p.reason IN ('blocked', 'no-thanks', 'low-score') AND met.id IS NULL",
  all: 'true',
};

const pairs = (shown: string) => `
  SELECT p.id, jsonb_build_object('organisation', eo.name, 'personId', ep.id, 'person', ep.name) AS enterprise,
         jsonb_build_object('organisation', io.name, 'personId', ip.id, 'person', ip.name) AS institute,
         n.title AS need, c.title AS capability, p.score, p.interest, (p.detail ->> 'asked')::boolean AS asked,
         (p.detail ->> 'pinned')::boolean AS pinned, p.worth, p.reason, p.detail ->> 'code' AS code,
         CASE p.detail ->> 'full' WHEN ep.id::text THEN ep.name WHEN ip.id::text THEN ip.name WHEN eo.id::text THEN eo.name
           WHEN io.id::text THEN io.name ELSE substring(p.detail ->> 'full' FROM '^kind:(.*)$') END AS full,
         CASE WHEN p.detail ->> 'full' IN (ep.id::text, ip.id::text) THEN 'person'
           WHEN p.detail ->> 'full' IN (eo.id::text, io.id::text) THEN 'organisation'
           WHEN p.detail ->> 'full' LIKE 'kind:%' THEN 'kind' END AS "fullOf",
         p.detail -> 'insteadOf' AS "insteadOf", met.id AS "meetingId", count(*) OVER ()::int AS total
  FROM assignment_pair p JOIN assignment a ON a.id = p.assignment_id
  JOIN organisation eo ON eo.id = p.enterprise_id JOIN organisation io ON io.id = p.institute_id
  JOIN person ep ON ep.id = p.enterprise_person_id JOIN person ip ON ip.id = p.institute_person_id
  LEFT JOIN need n ON n.id = p.need_id LEFT JOIN capability c ON c.id = p.capability_id
  ${MEETING_OF_PAIR}
  WHERE p.assignment_id = $1 AND ${shown}
    AND ($2::text IS NULL OR strpos(lower(concat_ws(' ', eo.name, io.name, ep.name, ip.name)), lower($2)) > 0)
  ORDER BY p.reason <> 'chosen', p.reason = 'low-score', p.worth DESC, p.enterprise_person_id, p.institute_person_id LIMIT $3 OFFSET $4`;

/**
 * Pairs of a proposal with the names of what took their place: those that are proposed first, those that are only too
 * weak last, and those worth most before others.
 */
export async function readAssignmentPairs(
  manager: EntityManager,
  assignmentId: string,
  { page, pageSize, q, shown }: PairsQuery,
): Promise<AssignmentPairs> {
  const rows = await manager.query<PairRow[]>(pairs(SHOWN[shown]), [
    assignmentId,
    q || null,
    pageSize,
    (page - 1) * pageSize,
  ]);
  const named = await readNames(manager, assignmentId, [...new Set(rows.flatMap((row) => row.insteadOf))]);
  return {
    rows: rows.map(({ insteadOf, ...row }) => ({
      ...row,
      insteadOf: insteadOf.flatMap((key) => named.get(key) ?? []),
      accepted: row.meetingId !== null,
    })),
    total: rows[0]?.total ?? 0,
    page,
    pageSize,
  };
}

type Named = AssignmentPairView['insteadOf'][number];

async function readNames(
  manager: EntityManager,
  assignmentId: string,
  keys: readonly string[],
): Promise<Map<string, Named>> {
  if (keys.length === 0) return new Map();
  const rows = await manager.query<(Named & { key: string })[]>(
    `SELECT w.key, eo.name AS enterprise, io.name AS institute, p.worth
     FROM unnest($2::text[]) w (key) JOIN assignment_pair p ON p.assignment_id = $1
       AND p.enterprise_person_id = split_part(w.key, ':', 1)::uuid
       AND p.institute_person_id = split_part(w.key, ':', 2)::uuid
     JOIN organisation eo ON eo.id = p.enterprise_id JOIN organisation io ON io.id = p.institute_id`,
    [assignmentId, keys],
  );
  return new Map(rows.map(({ key, ...named }) => [key, named]));
}
