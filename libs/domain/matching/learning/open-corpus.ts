import type { MatchCapability, MatchNeed } from '../match-types.js';
import type { TermIdf } from '../term-idf.js';
import { PairReader } from './learned-ranking.js';
import { type NeedCounts, NeedStatistics } from './need-statistics.js';
import { capabilityTerms } from './read-texts.js';
import { SemanticSpace } from './semantic-space.js';
import type { ScoreSource } from './text-features.js';

/** Documents the semantic space is built from: more add minutes and little else. */
export const SEMANTIC_SAMPLE = 20_000;

/** The space of the words of some capabilities; terms weigh by the index's statistics. */
export function semanticSpaceOf(sample: readonly MatchCapability[], index: TermIdf): SemanticSpace {
  return SemanticSpace.build(sample.map((capability) => capabilityTerms(capability, index)));
}

/** Reads a corpus: what its needs are written with, and which of its words stand together. */
export function openLearnedCorpus(
  index: ScoreSource & TermIdf,
  needs: Iterable<Pick<MatchNeed, 'title' | 'body'>>,
  capabilities: readonly MatchCapability[],
  prior?: NeedCounts,
): PairReader {
  const semantic = semanticSpaceOf(capabilities.slice(0, SEMANTIC_SAMPLE), index);
  return new PairReader({ index, needs: new NeedStatistics(needs, prior), semantic });
}
