import type { LexicalQuery } from './build-query.js';
import type { FactorSet } from './factor-sets/factor-set.js';
import { KIND_READERS } from './kind-values.js';
import type { MatchCapability, MatchNeed, MatchReason } from './match-types.js';
import { scoreWorks } from './score-works.js';
import type { TermIdf } from './term-idf.js';

const SHOWN_WORKS = 3;
/** A best work below this score has nothing to do with the need; neither have those far behind a good best one. */
const LEAST_SCORE = 0.75;
const LEAST_SHARE = 0.35;

/** What the stated facts of the pair's kinds say, in the order of the factor set. */
export function explainFacts(
  set: FactorSet,
  need: MatchNeed,
  capability: MatchCapability,
  now: Date,
): MatchReason[] {
  return set.structure.flatMap(({ code }): MatchReason[] => {
    const found = KIND_READERS[code]?.(need, capability, now) ?? null;
    if (found === null || (found.codes.length === 0 && found.stated === null)) return [];
    const { list, codes, stated, value } = found;
    const fits = value >= 0.5;
    const nearly = fits && found.nearly === true ? { nearly: true as const } : {};
    return [{ kind: 'fact', factor: code, fits, list, codes: [...codes], stated, ...nearly }];
  });
}

/** The expert's works that share most with the need; none when no work shares anything. */
export function explainWorks(
  capability: MatchCapability,
  query: LexicalQuery,
  index: TermIdf,
): MatchReason[] {
  const scored = scoreWorks(capability, query, index).filter(({ score }) => score >= LEAST_SCORE);
  const best = scored[0]?.score ?? 0;
  if (best === 0) return [];
  const near = scored.filter(({ score }) => score >= LEAST_SHARE * best);
  const works = near.slice(0, SHOWN_WORKS).map(({ work: { kind, title, year }, score }) => ({
    title,
    workKind: kind,
    year,
    share: score / best,
  }));
  return [{ kind: 'works', works }];
}
