import type { ExpertWork } from '#libs/domain/market/record-kinds.js';
import type { LexicalQuery } from './build-query.js';
import type { MatchCapability } from './match-types.js';
import { normaliseText } from './normalise-text.js';
import type { TermIdf } from './term-idf.js';
import { otherNamesIn } from './term-names/term-names.js';
import { tokenise } from './tokenise.js';

/** A person is known by their best works: the mean of three ranks better than the best one or the mean of all. */
const BEST = 3;
const ABSTRACT_WEIGHT = 0.5;

export interface ScoredWork {
  readonly work: ExpertWork;
  /** Σ weight·idf of the query's terms in it, a term of the abstract alone counting half, over √Σ weight·idf. */
  readonly score: number;
}

interface WorkTerms {
  readonly work: ExpertWork;
  readonly title: ReadonlySet<string>;
  readonly abstract: ReadonlySet<string>;
}

/** Terms of the works of a document, for as long as the document is held. */
const known = new WeakMap<MatchCapability, WorkTerms[]>();

/** With those of other names of its technical terms. */
function termsIn(text: string): Set<string> {
  const normalised = normaliseText(text);
  return new Set([...tokenise(normalised), ...tokenise(otherNamesIn(normalised))]);
}

function termsOf(capability: MatchCapability): WorkTerms[] {
  let terms = known.get(capability);
  if (terms === undefined) {
    terms = (capability.works ?? []).map((work) => ({
      work,
      title: termsIn(work.title),
      abstract: termsIn(work.abstract ?? ''),
    }));
    known.set(capability, terms);
  }
  return terms;
}

/** The works of an expert, nearest to the query first; equal ones in their own order. */
export function scoreWorks(capability: MatchCapability, query: LexicalQuery, index: TermIdf): ScoredWork[] {
  const weighted = [...query].map(([term, weight]) => ({ term, weight: weight * index.idf(term) }));
  const mass = Math.sqrt(weighted.reduce((sum, { weight }) => sum + weight, 0));
  return termsOf(capability)
    .map(({ work, title, abstract }) => {
      let score = 0;
      for (const { term, weight } of weighted)
        score += title.has(term) ? weight : abstract.has(term) ? ABSTRACT_WEIGHT * weight : 0;
      return { work, score: mass === 0 ? 0 : score / mass };
    })
    .sort((a, b) => b.score - a.score);
}

/** Mean score of the best three works (of all, when there are fewer); null for an offer without works. */
export function meanOfBest(works: readonly ScoredWork[]): number | null {
  if (works.length === 0) return null;
  const best = works.slice(0, BEST);
  return best.reduce((sum, { score }) => sum + score, 0) / best.length;
}
