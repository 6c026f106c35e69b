import type { EntityManager } from 'typeorm';
import type { OrganisationQuery, OrganisationRow } from '#libs/contracts/organisations/organisation.js';
import { isStaff, type Actor } from '#libs/domain/access/actor.js';

/** One organisation as stored, without its sealed fields. */
export interface OrganisationRecord {
  readonly id: string;
  readonly name: string;
  readonly shortName: string | null;
  readonly nameEn: string | null;
  readonly kind: string;
  readonly uscc: string | null;
  readonly regionCode: string | null;
  readonly industry: string | null;
  readonly address: string | null;
  readonly intro: string | null;
  readonly website: string | null;
  readonly legalRep: string | null;
  readonly enterpriseStatus: string[];
  readonly status: 'pending' | 'verified' | 'rejected';
  readonly statusNote: string | null;
  readonly verifiedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Milliseconds only, so that an instant survives its way through JSON. */
const instant = (column: string) => `date_trunc('milliseconds', o.${column})`;

const COLUMNS = `o.id, o.name, o.short_name AS "shortName", o.name_en AS "nameEn", o.kind, o.uscc,
  o.region_code AS "regionCode", o.industry, o.address, o.intro, o.website, o.legal_rep AS "legalRep",
  o.enterprise_status AS "enterpriseStatus", o.status, o.status_note AS "statusNote", o.verified_at AS "verifiedAt",
  o.created_at AS "createdAt", ${instant('updated_at')} AS "updatedAt"`;

export async function findOrganisation(
  manager: EntityManager,
  id: string,
  lock = false,
): Promise<OrganisationRecord | null> {
  const rows: OrganisationRecord[] = await manager.query(
    `SELECT ${COLUMNS} FROM organisation o WHERE o.id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [id],
  );
  return rows[0] ?? null;
}

const FOUND = `
  ($1::text IS NULL OR strpos(lower(o.name), lower($1)) > 0 OR strpos(lower(coalesce(o.short_name, '')), lower($1)) > 0
     OR strpos(lower(coalesce(o.name_en, '')), lower($1)) > 0 OR o.uscc = upper($1))
  AND (cardinality($2::text[]) = 0 OR o.kind = ANY ($2))
  AND ($3::text IS NULL OR starts_with(coalesce(o.region_code, ''), $3))
  AND ($4::text IS NULL OR o.industry = $4)
  AND ($5::text IS NULL OR o.status = $5)
  AND (NOT $6::boolean OR m.role IS NOT NULL)
  AND (o.status = 'verified' OR $7::boolean OR m.role IS NOT NULL)`;

const FROM = 'FROM organisation o LEFT JOIN membership m ON m.organisation_id = o.id AND m.person_id = $8';

/** A page of the organisations that `actor` may see: waiting ones first, then by name. */
export async function listOrganisations(
  manager: EntityManager,
  actor: Actor | null,
  query: OrganisationQuery,
): Promise<{ rows: OrganisationRow[]; total: number }> {
  const filter = [
    query.q || null,
    query.kind,
    query.region ?? null,
    query.industry ?? null,
    query.status ?? null,
    query.mine ?? false,
    isStaff(actor),
    actor?.personId ?? null,
  ];
  const counted: { total: number }[] = await manager.query(
    `SELECT count(*)::int AS total ${FROM} WHERE ${FOUND}`,
    filter,
  );
  const rows: (Omit<OrganisationRow, 'createdAt'> & { createdAt: Date })[] = await manager.query(
    `SELECT ${COLUMNS}, m.role AS "myRole" ${FROM} WHERE ${FOUND}
     ORDER BY o.status <> 'pending', o.name, o.id LIMIT $9 OFFSET $10`,
    [...filter, query.pageSize, (query.page - 1) * query.pageSize],
  );
  return {
    rows: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    total: counted[0]!.total,
  };
}

/** True when the person, or an organisation of theirs, was given the sealed fields of this organisation. */
export async function holdsContactGrant(
  manager: EntityManager,
  actor: Actor | null,
  organisationId: string,
): Promise<boolean> {
  if (actor === null) return false;
  const rows: { found: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT 1 FROM sealed_grant g WHERE g.subject_kind = 'organisation' AND g.subject_id = $1
       AND g.revoked_at IS NULL AND (g.person_id = $2 OR g.organisation_id = ANY ($3::uuid[]))) AS found`,
    [organisationId, actor.personId, actor.memberships.map((membership) => membership.organisationId)],
  );
  return rows[0]!.found;
}

/** Owners whom mails about the organisation go to. */
export async function findOwners(
  manager: EntityManager,
  organisationId: string,
): Promise<{ id: string; email: string; name: string; locale: 'zh-CN' | 'en' }[]> {
  return manager.query(
    `SELECT p.id, p.email, p.name, p.locale FROM membership m JOIN person p ON p.id = m.person_id
     WHERE m.organisation_id = $1 AND m.role = 'owner' AND p.disabled_at IS NULL ORDER BY m.id`,
    [organisationId],
  );
}
