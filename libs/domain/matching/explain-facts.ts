import type { LexicalQuery } from './build-query.js';
import type { FactorSet } from './factor-sets/factor-set.js';
import { KIND_READERS } from './kind-values.js';
import type { MatchCapability, MatchNeed, MatchReason } from './match-types.js';
import { scoreWorks } from './score-works.js';
import type { TermIdf } from './term-idf.js';

const SHOWN_WORKS = 3;

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
    return [{ kind: 'fact', factor: code, fits: value >= 0.5, list, codes: [...codes], stated }];
  });
}

/** The expert's works that share most with the need; none when no work shares anything. */
export function explainWorks(
  capability: MatchCapability,
  query: LexicalQuery,
  index: TermIdf,
): MatchReason[] {
  const scored = scoreWorks(capability, query, index).filter(({ score }) => score > 0);
  const best = scored[0]?.score ?? 0;
  if (best === 0) return [];
  const works = scored.slice(0, SHOWN_WORKS).map(({ work: { kind, title, year }, score }) => ({
    title,
    workKind: kind,
    year,
    share: score / best,
  }));
  return [{ kind: 'works', works }];
}
