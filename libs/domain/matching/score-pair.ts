import type { LexicalQuery } from './build-query.js';
import { combineFactors, lexicalValue } from './combine-factors.js';
import type { FactorSet } from './factor-sets/factor-set.js';
import type { MatchCapability, MatchFactor, MatchNeed, MatchOptions } from './match-types.js';
import { meanOfBest, scoreWorks } from './score-works.js';
import { structuralValues } from './structural-factors.js';
import type { TermIdf } from './term-idf.js';

interface PairContext {
  readonly query: LexicalQuery;
  readonly index: TermIdf;
  /** BM25F of the offer's text over √ of the query's mass, as the index gives it. */
  readonly textScore: number;
  readonly options: Pick<MatchOptions, 'now' | 'modeMapping'>;
}

/** The parts of a pair's score by its factor set. */
export function scorePair(
  set: FactorSet,
  need: MatchNeed,
  capability: MatchCapability,
  { query, index, textScore, options }: PairContext,
): MatchFactor[] {
  const hasWorks = set.text.some(({ code }) => code === 'works');
  const best = hasWorks ? meanOfBest(scoreWorks(capability, query, index)) : null;
  const text = { lexical: lexicalValue(textScore), works: best === null ? null : lexicalValue(best) };
  return combineFactors(set, text, structuralValues(need, capability, set.structure, options));
}
