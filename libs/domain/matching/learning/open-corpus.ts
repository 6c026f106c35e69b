import type { CapabilityIndex } from '../index/capability-index.js';
import type { MatchCapability, MatchNeed } from '../match-types.js';
import { PairReader } from './learned-ranking.js';
import { type NeedCounts, NeedStatistics } from './need-statistics.js';
import { documentWeights } from './read-texts.js';
import { SemanticSpace } from './semantic-space.js';

/** Documents the semantic space is built from: more add minutes and little else. */
export const SEMANTIC_SAMPLE = 10_000;

/** The space of the words of some capabilities; terms weigh by the index's statistics. */
export function semanticSpaceOf(sample: readonly MatchCapability[], index: CapabilityIndex): SemanticSpace {
  const documents = sample.map((capability) => {
    const document = index.documentOf(capability);
    return { terms: document.terms, weights: documentWeights(document, index) };
  });
  return SemanticSpace.build(documents, index.dictionary);
}

/** Reads a corpus: what its needs are written with, and which of its words stand together. */
export function openLearnedCorpus(
  index: CapabilityIndex,
  needs: Iterable<Pick<MatchNeed, 'title' | 'body'>>,
  capabilities: readonly MatchCapability[],
  prior?: NeedCounts,
): PairReader {
  const semantic = semanticSpaceOf(capabilities.slice(0, SEMANTIC_SAMPLE), index);
  return new PairReader({ index, needs: new NeedStatistics(needs, prior), semantic });
}
