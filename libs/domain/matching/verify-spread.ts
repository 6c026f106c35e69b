import { FREE_PER_THEME, onOneTheme, REPEATED, type Listed } from './spread-organisations.js';

/**
 * Checks the order of a list from its own entries: whatever stands earlier is worth at least as much at its place as each
 * later one would have been there. Returns one sentence per violation.
 */
export function verifySpread(list: readonly Listed[]): string[] {
  const worthAt = (entry: Listed, place: number) => {
    const { organisationId } = entry.capability;
    const alike = list
      .slice(0, place)
      .filter(
        ({ capability }) =>
          capability.organisationId === organisationId && onOneTheme(capability, entry.capability),
      );
    const repeats = organisationId === null ? 0 : Math.max(0, alike.length - FREE_PER_THEME + 1);
    return entry.score * REPEATED ** repeats;
  };
  const problems: string[] = [];
  for (const [place, entry] of list.entries()) {
    const here = worthAt(entry, place);
    for (const later of list.slice(place + 1)) {
      const there = worthAt(later, place);
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
