import type { Actor } from '#libs/domain/access/actor.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';

/** Values of the parameters that `tieConditions` refers to. */
export const tieParameters = (actor: Actor | null): [string | null, string[]] => [
  actor?.personId ?? null,
  actor?.memberships.map((membership) => membership.organisationId) ?? [],
];

/**
 * SQL for the ties between an actor and the record `s`: `$person` and `$organisations` are placeholders for the two
 * values of `tieParameters`.
 */
export function tieConditions(
  kind: SubjectKind,
  person: string,
  organisations: string,
): { granted: string; matched: string } {
  const [own, other] = kind === 'need' ? ['need_id', 'capability'] : ['capability_id', 'need'];
  return {
    granted: `EXISTS (SELECT 1 FROM sealed_grant g WHERE g.subject_kind = '${kind}' AND g.subject_id = s.id
      AND g.revoked_at IS NULL AND (g.person_id = ${person}::uuid OR g.organisation_id = ANY(${organisations}::uuid[])))`,
    matched: `EXISTS (SELECT 1 FROM match m JOIN ${other} o ON o.id = m.${other}_id
      WHERE m.${own} = s.id AND m.state = 'current' AND m.override IS DISTINCT FROM 'hidden' AND o.organisation_id = ANY(${organisations}::uuid[]))`,
  };
}
