import { FREE_PER_THEME, onOneTheme, REPEATED, type Listed } from './spread-organisations.js';

/**
 * Checks the order of a list from its own entries: whatever stands earlier is worth at least as much at its place as each
 * later one would have been there. Returns one sentence per violation.
 */
export function verifySpread(list: readonly Listed[]): string[] {
  const earlierAlike = list.map(({ capability }, at) =>
    capability.organisationId === null ? [] : placesAlike(list, at),
  );
  const worthAt = (at: number, place: number) => {
    const alike = earlierAlike[at]!.filter((earlier) => earlier < place).length;
    return list[at]!.score * REPEATED ** Math.max(0, alike - FREE_PER_THEME + 1);
  };
  const problems: string[] = [];
  for (const [place, entry] of list.entries()) {
    const here = worthAt(place, place);
    for (let at = place + 1; at < list.length; at += 1) {
      const later = list[at]!;
      const there = worthAt(at, place);
      const first =
        entry.score === later.score ? entry.capability.id < later.capability.id : entry.score > later.score;
      if (there > here || (there === here && !first)) {
        problems.push(`${later.capability.id}: out of order`);
        break;
      }
    }
  }
  return problems;
}

/** Places before `at` of the same organisation on the same theme. */
function placesAlike(list: readonly Listed[], at: number): number[] {
  const { capability } = list[at]!;
  return [...list.keys()]
    .slice(0, at)
    .filter(
      (earlier) =>
        list[earlier]!.capability.organisationId === capability.organisationId &&
        onOneTheme(list[earlier]!.capability, capability),
    );
}
