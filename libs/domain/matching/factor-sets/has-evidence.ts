import type { MatchFactor } from '../match-types.js';
import type { FactorSet } from './factor-set.js';

/** Whether more speaks for the pair than where and how the two would work together. */
export function hasEvidence(
  { evidence, text }: Pick<FactorSet, 'evidence' | 'text'>,
  factors: readonly MatchFactor[],
): boolean {
  if (evidence === undefined) return true;
  const { alone, beside, structure } = evidence;
  const highest = (codes: readonly string[]) =>
    factors.reduce((most, { code, value }) => (codes.includes(code) ? Math.max(most, value) : most), 0);
  return highest(text.map(({ code }) => code)) >= (highest(structure) > 0.5 ? beside : alone);
}
