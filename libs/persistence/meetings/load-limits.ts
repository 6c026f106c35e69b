import type { EntityManager } from 'typeorm';
import type { GroupQuota } from '#libs/domain/timetable/timetable.js';

export interface MeetingBounds {
  readonly min: number | null;
  readonly max: number | null;
}

/** How many meetings people and groups of them may have at an event; groups as in `groupsOf`. */
export interface MeetingLimits {
  readonly people: ReadonlyMap<string, MeetingBounds>;
  readonly groups: ReadonlyMap<string, MeetingBounds>;
}

interface LimitRow extends MeetingBounds {
  personId: string | null;
  organisationId: string | null;
  organisationKind: string | null;
}

/** Somebody in a meeting and for whom. */
export interface MeetingMember {
  readonly personId: string;
  readonly organisationId: string;
  readonly organisationKind: string;
}

const KIND = 'kind:';
const kindGroup = (kind: string): string => `${KIND}${kind}`;
/** Code of the kind that a group stands for; null = it is an organisation. */
export const kindOfGroup = (group: string): string | null =>
  isKindGroup(group) ? group.slice(KIND.length) : null;
export const isKindGroup = (group: string): boolean => group.startsWith(KIND);

/** Names of the groups a member belongs to: the organisation's id, and its kind. */
export const groupsOf = ({ organisationId, organisationKind }: MeetingMember): string[] => [
  organisationId,
  kindGroup(organisationKind),
];

export async function loadLimits(manager: EntityManager, eventId: string): Promise<MeetingLimits> {
  const rows = await manager.query<LimitRow[]>(
    `SELECT person_id AS "personId", organisation_id AS "organisationId", organisation_kind AS "organisationKind",
            min_meetings AS min, max_meetings AS max
     FROM meeting_limit WHERE event_id = $1 ORDER BY person_id, organisation_id, organisation_kind`,
    [eventId],
  );
  const people = new Map<string, MeetingBounds>();
  const groups = new Map<string, MeetingBounds>();
  for (const { personId, organisationId, organisationKind, min, max } of rows) {
    if (personId !== null) people.set(personId, { min, max });
    else groups.set(organisationId ?? kindGroup(organisationKind ?? ''), { min, max });
  }
  return { people, groups };
}

/** What is left of bounds for somebody who has had `had` meetings already. */
export function boundsAfter(bounds: MeetingBounds | undefined, had: number): MeetingBounds {
  const left = (bound: number | null | undefined) =>
    bound === null || bound === undefined ? null : Math.max(0, bound - had);
  return { min: left(bounds?.min), max: left(bounds?.max) };
}

export const quotaOf = (group: string, { min, max }: MeetingBounds): GroupQuota => ({ group, min, max });
