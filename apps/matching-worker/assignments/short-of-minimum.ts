import type { EntityManager } from 'typeorm';
import type { ShortGroup, ShortPerson } from '#libs/contracts/meetings/assignments.js';
import type { Assignment } from '#libs/domain/assignment/assignment.js';
import { isKindGroup, kindOfGroup } from '#libs/persistence/meetings/load-limits.js';
import type { Candidate } from './assignment-candidates.js';
import { floorOf, hadByGroup, meetingsOf, type QuestionFacts } from './assignment-question.js';

interface Count {
  chosen: number;
  candidates: number;
}

/** Of everything that pairs count for: how many could be, and how many are proposed. */
function countBy(
  { candidates }: QuestionFacts,
  result: Assignment,
  keysOf: (candidate: Candidate) => readonly string[],
): Map<string, Count> {
  const chosen = new Set(result.chosen);
  const counts = new Map<string, Count>();
  for (const candidate of candidates)
    for (const key of new Set(keysOf(candidate))) {
      const count = counts.get(key) ?? { chosen: 0, candidates: 0 };
      if (candidate.barred === null) count.candidates += 1;
      if (chosen.has(candidate.id)) count.chosen += 1;
      counts.set(key, count);
    }
  return counts;
}

/** Whoever has fewer meetings than the floor asks for: of each organisation who represents it, those with least first. */
export function shortPeople(question: QuestionFacts, result: Assignment): ShortPerson[] {
  const { facts } = question;
  const counts = countBy(question, result, ({ enterprisePersonId, institutePersonId }) => [
    enterprisePersonId,
    institutePersonId,
  ]);
  return facts.attendees
    .filter(
      ({ personId, organisationId }) =>
        counts.has(personId) || facts.representative(organisationId, null) === personId,
    )
    .map(({ personId, person, organisation }) => ({
      personId,
      person,
      organisation,
      least: floorOf(question, personId),
      meetings: meetingsOf(facts, personId).had + (counts.get(personId)?.chosen ?? 0),
      candidates: counts.get(personId)?.candidates ?? 0,
    }))
    .filter((row) => row.meetings < row.least)
    .sort(
      (a, b) => a.meetings - b.meetings || a.candidates - b.candidates || (a.personId < b.personId ? -1 : 1),
    );
}

/**
 * Organisations and kinds of these with fewer meetings than their minimum, those that miss most first. A pair of two
 * members counts once.
 */
export async function shortGroups(
  manager: EntityManager,
  question: QuestionFacts,
  result: Assignment,
): Promise<ShortGroup[]> {
  const { facts, limits } = question;
  const counts = countBy(question, result, (pair) => [
    ...facts.groupsAt(pair.enterprisePersonId, pair.enterpriseId),
    ...facts.groupsAt(pair.institutePersonId, pair.instituteId),
  ]);
  const names = await manager.query<{ id: string; name: string }[]>(
    'SELECT id::text, name FROM organisation WHERE id::text = ANY($1)',
    [[...limits.groups.keys()]],
  );
  return [...limits.groups]
    .map(([group, { min }]) => ({
      organisationId: isKindGroup(group) ? null : group,
      organisationKind: kindOfGroup(group),
      name: names.find(({ id }) => id === group)?.name ?? null,
      least: min ?? 0,
      meetings: hadByGroup(facts, group) + (counts.get(group)?.chosen ?? 0),
      candidates: counts.get(group)?.candidates ?? 0,
    }))
    .filter((row) => row.meetings < row.least)
    .sort(
      (a, b) =>
        b.least - b.meetings - (a.least - a.meetings) ||
        ((a.organisationId ?? a.organisationKind ?? '') < (b.organisationId ?? b.organisationKind ?? '')
          ? -1
          : 1),
    );
}
