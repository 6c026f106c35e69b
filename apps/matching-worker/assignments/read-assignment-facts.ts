import type { EntityManager } from 'typeorm';
import { loadGroups } from '#libs/persistence/matching/load-pair-rules.js';
import { groupsOf, type MeetingMember } from '#libs/persistence/meetings/load-limits.js';

export interface Attendee {
  personId: string;
  person: string;
  organisationId: string;
  organisation: string;
  kind: string;
}

export interface MatchRow {
  id: string;
  needId: string;
  capabilityId: string;
  enterpriseId: string;
  instituteId: string;
  needAuthorId: string | null;
  capabilityAuthorId: string | null;
  score: number;
  needAnswer: string;
  capabilityAnswer: string;
  /** Code of the rule that forbids the pair. */
  exclusion: string | null;
  override: 'pinned' | 'hidden' | null;
  open: boolean;
}

export interface RequestRow {
  fromPersonId: string;
  fromOrganisationId: string;
  toPersonId: string;
  toOrganisationId: string;
  status: 'open' | 'declined';
}

interface MeetingRow {
  people: [string, string];
  guests: string[];
  /** Everybody who sits there, and for whom. */
  members: MeetingMember[];
  /** Not cancelled. */
  live: boolean;
  /** Counts for limits, as in timetables: a no-show does not. */
  counts: boolean;
  /** Still to take place: it takes one of the slots that are open. */
  ahead: boolean;
}

/** What the rows say of who could meet whom at an event. */
export interface AssignmentFacts {
  readonly attendees: readonly Attendee[];
  readonly matches: readonly MatchRow[];
  readonly requests: readonly RequestRow[];
  readonly meetings: readonly MeetingRow[];
  /** Of an organisation's people at the event the author of the record, else who registered first; null = nobody. */
  representative(organisationId: string, authorId: string | null): string | null;
  isAt(personId: string, organisationId: string): boolean;
  isEnterprise(organisationId: string): boolean;
  /** Groups that limits may hold for, as in `groupsOf`, of somebody who comes for an organisation. */
  groupsAt(personId: string, organisationId: string): string[];
  /** Why two organisations must not be brought together. */
  blockOf(organisationId: string, otherId: string): string | null;
}

const ATTENDEES = `
  SELECT p.id AS "personId", p.name AS person, o.id AS "organisationId", o.name AS organisation, o.kind
  FROM registration r JOIN person p ON p.id = r.person_id JOIN organisation o ON o.id = r.organisation_id
  WHERE r.event_id = $1 AND r.status = 'confirmed' ORDER BY r.created_at, r.id`;

const MATCHES = `
  SELECT x.id, n.id AS "needId", c.id AS "capabilityId", n.organisation_id AS "enterpriseId",
         c.organisation_id AS "instituteId", n.created_by AS "needAuthorId", c.created_by AS "capabilityAuthorId",
         x.score, x.need_answer AS "needAnswer", x.capability_answer AS "capabilityAnswer",
         x.exclusion ->> 'code' AS exclusion, x.override, o.open
  FROM match x JOIN need n ON n.id = x.need_id JOIN capability c ON c.id = x.capability_id
  CROSS JOIN LATERAL (SELECT n.status IN ('published', 'engaged', 'contracted') AND c.status = 'published' AS open) o
  WHERE n.organisation_id = ANY($1) AND c.organisation_id = ANY($1) AND n.organisation_id <> c.organisation_id
    AND (o.open OR x.mutual_at IS NOT NULL)
    AND (x.state = 'current' OR x.exclusion IS NOT NULL OR x.override = 'pinned'
      OR 'interested' IN (x.need_answer, x.capability_answer))
  ORDER BY x.id`;

const MEETINGS = `
  SELECT ARRAY[m.enterprise_person_id, m.institute_person_id] AS people, m.status <> 'cancelled' AS live,
         m.status NOT IN ('cancelled', 'no_show') AS counts,
         (SELECT jsonb_agg(jsonb_build_object('personId', side.person_id, 'organisationId', o.id, 'organisationKind', o.kind))
          FROM (SELECT m.enterprise_person_id AS person_id, m.enterprise_id AS organisation_id
                UNION ALL SELECT m.institute_person_id, m.institute_id
                UNION ALL SELECT g.person_id, g.organisation_id FROM meeting_guest g WHERE g.meeting_id = m.id) side
          JOIN organisation o ON o.id = side.organisation_id) AS members,
         ARRAY(SELECT g.person_id FROM meeting_guest g WHERE g.meeting_id = m.id) AS guests,
         m.status = 'requested' OR m.status = 'scheduled' AND ($2::timestamptz IS NULL OR m.starts_at > $2) AS ahead
  FROM meeting m WHERE m.event_id = $1 ORDER BY m.id`;

export async function readAssignmentFacts(
  manager: EntityManager,
  eventId: string,
  settledBefore: Date | null,
): Promise<AssignmentFacts> {
  const attendees = await manager.query<Attendee[]>(ATTENDEES, [eventId]);
  const ids = [...new Set(attendees.map((row) => row.organisationId))].sort();
  const requests = await manager.query<RequestRow[]>(
    `SELECT from_person_id AS "fromPersonId", from_organisation_id AS "fromOrganisationId",
            to_person_id AS "toPersonId", to_organisation_id AS "toOrganisationId", status
     FROM meeting_request WHERE event_id = $1 AND status IN ('open', 'declined') ORDER BY created_at, id`,
    [eventId],
  );
  const kinds = new Map(attendees.map((row) => [row.organisationId, row.kind]));
  return {
    attendees,
    matches: await manager.query<MatchRow[]>(MATCHES, [ids]),
    requests,
    meetings: await manager.query<MeetingRow[]>(MEETINGS, [eventId, settledBefore]),
    representative: representatives(attendees),
    isAt: (personId, organisationId) =>
      attendees.some((row) => row.personId === personId && row.organisationId === organisationId),
    isEnterprise: (organisationId) => kinds.get(organisationId) === 'enterprise',
    groupsAt: (personId, organisationId) =>
      groupsOf({ personId, organisationId, organisationKind: kinds.get(organisationId) ?? '' }),
    blockOf: await readBlocks(manager, ids),
  };
}

function representatives(attendees: readonly Attendee[]): AssignmentFacts['representative'] {
  const people = new Map<string, string[]>();
  for (const { organisationId, personId } of attendees)
    people.set(organisationId, [...(people.get(organisationId) ?? []), personId]);
  return (organisationId, authorId) => {
    const own = people.get(organisationId) ?? [];
    return own.find((id) => id === authorId) ?? own[0] ?? null;
  };
}

/** Blocks in force between the organisations, of several between two the one that tells most, and common roots. */
async function readBlocks(
  manager: EntityManager,
  ids: readonly string[],
): Promise<AssignmentFacts['blockOf']> {
  const rows = await manager.query<{ one: string; other: string; kind: string }[]>(
    `SELECT organisation_id AS one, blocked_organisation_id AS other, kind FROM match_block
     WHERE ended_at IS NULL AND organisation_id = ANY($1) AND blocked_organisation_id = ANY($1)
     ORDER BY array_position(ARRAY['dispute', 'competitor', 'other'], kind), created_at, id`,
    [ids],
  );
  const blocks = new Map<string, string>();
  for (const { one, other, kind } of rows)
    for (const key of [`${one}:${other}`, `${other}:${one}`])
      if (!blocks.has(key)) blocks.set(key, kind === 'other' ? 'blocked' : kind);
  const groups = await loadGroups(manager, ids);
  return (one, other) => {
    if (one === other) return 'same-organisation';
    return blocks.get(`${one}:${other}`) ?? (groups.of(one).has(other) ? 'same-group' : null);
  };
}
