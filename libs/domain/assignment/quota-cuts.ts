import type { AssignmentInput, AssignmentPair, AssignmentSide } from './assignment.js';
import { pairWorth } from './pair-worth.js';

type Quotas = Pick<AssignmentInput, 'lefts' | 'rights' | 'pairs' | 'quotas' | 'weights'>;

/** Ids of the sides of a group. */
export function membersOf(
  { lefts, rights }: Pick<AssignmentInput, 'lefts' | 'rights'>,
  group: string,
): { lefts: ReadonlySet<string>; rights: ReadonlySet<string> } {
  const of = (sides: readonly AssignmentSide[]) =>
    new Set(sides.filter((side) => side.groups?.includes(group)).map(({ id }) => id));
  return { lefts: of(lefts), rights: of(rights) };
}

/** Whether a set of pairs keeps every quota, from above and from below. */
export function keepsQuotas(input: Quotas, ids: readonly string[]): boolean {
  return (input.quotas ?? []).every(({ group, min, max }) => {
    const { length } = pairsOf(input, ids, group);
    return length <= (max ?? Infinity) && length >= (min ?? 0);
  });
}

/**
 * The question with quotas replaced by limits of their members, which hold them for sure: of a group beyond its quota
 * the pairs worth least are left out, and each member may have as many as then remain, what is over going to the first.
 */
export function cutToQuotas(input: AssignmentInput, ids: readonly string[]): AssignmentInput {
  const limits = new Map<AssignmentSide, number>();
  for (const { group, max } of input.quotas ?? []) {
    const own = pairsOf(input, ids, group);
    const room = max ?? Infinity;
    if (own.length <= room && room === Infinity) continue;
    const kept = own
      .sort((a, b) => pairWorth(b, input.weights) - pairWorth(a, input.weights) || (a.id < b.id ? -1 : 1))
      .slice(0, room);
    let over = room;
    const isMember = (side: AssignmentSide) => side.groups?.includes(group) ?? false;
    const inside = new Set(input.lefts.filter(isMember).map(({ id }) => id));
    const members = [
      ...input.lefts
        .filter(isMember)
        .map((one) => ({ one, count: kept.filter(({ leftId }) => leftId === one.id).length })),
      // A pair of two members counts once, for its left.
      ...input.rights.filter(isMember).map((one) => ({
        one,
        count: kept.filter(({ leftId, rightId }) => rightId === one.id && !inside.has(leftId)).length,
      })),
    ];
    for (const { count } of members) over -= count;
    for (const { one, count } of members) {
      const more = Math.max(0, Math.min(over, one.most - count));
      limits.set(one, Math.min(limits.get(one) ?? Infinity, count + more));
      over -= more;
    }
  }
  const cut = (sides: AssignmentSide[]) =>
    sides.map((side) => ({ ...side, most: Math.min(side.most, limits.get(side) ?? side.most) }));
  return { ...input, lefts: cut(input.lefts), rights: cut(input.rights), quotas: [] };
}

function pairsOf(input: Quotas, ids: readonly string[], group: string): AssignmentPair[] {
  const [{ lefts, rights }, chosen] = [membersOf(input, group), new Set(ids)];
  return input.pairs.filter(
    ({ id, leftId, rightId }) => chosen.has(id) && (lefts.has(leftId) || rights.has(rightId)),
  );
}
