import type { AssignmentInput, AssignmentQuota, AssignmentSide } from '#libs/domain/assignment/assignment.js';
import { overlaps, type Interval } from '#libs/domain/time/interval.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import {
  boundsAfter,
  groupsOf,
  isKindGroup,
  quotaOf,
  type MeetingLimits,
} from '#libs/persistence/meetings/load-limits.js';
import type { StoredSettings } from '#libs/persistence/meetings/assignment-rows.js';
import type { Candidate } from './assignment-candidates.js';
import type { AssignmentFacts } from './read-assignment-facts.js';

/** Always the same, so that the same rows give the same proposal. */
const SEED = 1;

export interface QuestionFacts {
  readonly facts: AssignmentFacts;
  readonly candidates: readonly Candidate[];
  readonly settings: StoredSettings;
  readonly grid: EventGrid;
  readonly limits: MeetingLimits;
  readonly unavailable: ReadonlyMap<string, readonly Interval[]>;
}

/** Who should meet whom, of those who could, beside the meetings there are already. */
export function askAssignment(question: QuestionFacts): AssignmentInput {
  const { candidates, settings, facts, grid } = question;
  const side = (of: (candidate: Candidate) => string) => [...new Set(candidates.map(of))].sort();
  const lefts = side((candidate) => candidate.enterprisePersonId);
  const rights = side((candidate) => candidate.institutePersonId);
  // Somebody who is on both sides has their limits for both together.
  const twice = new Set(lefts.filter((id) => rights.includes(id)));
  const groupsIn = limitedGroups(question);
  const toSide = (id: string): AssignmentSide => {
    const { most, least } = boundsOf(question, id);
    const groups = groupsIn.get(id) ?? [];
    return twice.has(id) ? { id, most, least: 0, groups: [id, ...groups] } : { id, most, least, groups };
  };
  const ahead = facts.meetings.filter((meeting) => meeting.live && meeting.ahead).length;
  const places = grid.open.length * grid.tables.length;
  return {
    lefts: lefts.map(toSide),
    rights: rights.map(toSide),
    pairs: candidates.map(
      ({ id, enterprisePersonId, institutePersonId, score, interest, pinned, barred }) => ({
        id,
        leftId: enterprisePersonId,
        rightId: institutePersonId,
        score,
        interest,
        wish: barred?.kind === 'no-thanks' ? 'no-thanks' : pinned ? 'must' : 'like',
      }),
    ),
    blocks: candidates.flatMap(({ barred, enterprisePersonId, institutePersonId }) =>
      barred?.kind === 'blocked' ? [[enterprisePersonId, institutePersonId] as const] : [],
    ),
    quotas: [
      ...[...twice].map((id) => {
        const { most, least } = boundsOf(question, id);
        return { group: id, min: least, max: most };
      }),
      ...groupQuotas(question),
    ],
    capacity: places === 0 ? null : Math.max(0, places - ahead),
    minScore: settings.minScore,
    weights: {
      score: settings.scoreWeight,
      oneSided: settings.oneSidedWeight,
      mutual: settings.mutualWeight,
    },
    seed: SEED,
  };
}

/** Of everybody who could meet somebody, the groups with limits, for whichever organisation they come. */
function limitedGroups({ candidates, facts, limits }: QuestionFacts): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { enterprisePersonId, enterpriseId, institutePersonId, instituteId } of candidates)
    for (const [personId, organisationId] of [
      [enterprisePersonId, enterpriseId],
      [institutePersonId, instituteId],
    ] as const)
      if (!groups.has(personId))
        groups.set(
          personId,
          facts.groupsAt(personId, organisationId).filter((group) => limits.groups.has(group)),
        );
  return groups;
}

/** What is left of the limits of organisations and kinds beside the meetings there are, organisations first. */
function groupQuotas({ facts, limits }: QuestionFacts): AssignmentQuota[] {
  return [...limits.groups]
    .map(([group, bounds]) => {
      return quotaOf(group, boundsAfter(bounds, hadByGroup(facts, group)));
    })
    .sort(
      (a, b) => Number(isKindGroup(a.group)) - Number(isKindGroup(b.group)) || (a.group < b.group ? -1 : 1),
    );
}

/** How many meetings of an organisation, or of organisations of a kind, there are at an event. */
export const hadByGroup = (facts: AssignmentFacts, group: string): number =>
  facts.meetings.filter(
    ({ counts, members }) => counts && members.some((member) => groupsOf(member).includes(group)),
  ).length;

/** How many meetings somebody has at an event, and how many of them are still ahead. */
export function meetingsOf(facts: AssignmentFacts, personId: string): { had: number; ahead: number } {
  const own = facts.meetings.filter(
    ({ counts, people, guests }) => counts && (people.includes(personId) || guests.includes(personId)),
  );
  return { had: own.length, ahead: own.filter((meeting) => meeting.ahead).length };
}

/** What the floor asks for somebody: their own least, else that of the event. */
export function floorOf({ settings, limits }: QuestionFacts, personId: string): number {
  return limits.people.get(personId)?.min ?? settings.floor;
}

function boundsOf(question: QuestionFacts, personId: string): { most: number; least: number } {
  const { facts, settings, grid, limits, unavailable, candidates } = question;
  const { had, ahead } = meetingsOf(facts, personId);
  const away = unavailable.get(personId) ?? [];
  const free = grid.open.filter((slot) => !away.some((span) => overlaps(span, slot))).length - ahead;
  const wanted = (limits.people.get(personId)?.max ?? settings.maxMeetings ?? Infinity) - had;
  const bySlots = grid.open.length === 0 ? Infinity : free;
  const most = Math.max(0, Math.min(wanted, bySlots, candidates.length));
  return { most, least: Math.max(0, floorOf(question, personId) - had) };
}
