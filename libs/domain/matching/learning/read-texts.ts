import type { MatchCapability, MatchNeed } from '../match-types.js';
import { normaliseText } from '../normalise-text.js';
import type { TermIdf } from '../term-idf.js';
import { tokenise } from '../tokenise.js';
import type { NeedStatistics } from './need-statistics.js';
import type { SemanticSpace, WeightedTerms } from './semantic-space.js';

/** What texts are measured with: document frequencies of both sides and the space of their words. */
export interface TextSpace {
  readonly index: TermIdf;
  readonly needs: NeedStatistics;
  readonly semantic: SemanticSpace;
}

/** A capability's words, read once and kept while the document is held. */
export interface CapabilityTexts {
  readonly title: string;
  /** Distinct terms of title and keywords with their idf. */
  readonly head: readonly (readonly [term: string, idf: number])[];
  /** tf·idf of all fields, unit length. */
  readonly terms: WeightedTerms;
  readonly vector: Float32Array;
}

/** A need's words. Weights hold how little a term says that many needs hold. */
export interface NeedTexts {
  readonly title: string;
  readonly body: string;
  /** Term → weight·count of title and keywords, and of the body with saturated counts. */
  readonly titleTerms: WeightedTerms;
  readonly bodyTerms: WeightedTerms;
  /** tf·idf·weight of title and body, unit length. */
  readonly titleVector: WeightedTerms;
  readonly bodyVector: WeightedTerms;
  readonly titleMeaning: Float32Array;
  readonly bodyMeaning: Float32Array;
}

/** A text's terms count half as much as the title's. */
const TEXT_SHARE = 0.5;

export function countTerms(normalised: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of tokenise(normalised)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function unitLength(terms: Iterable<readonly [string, number]>): Map<string, number> {
  const weighted = new Map(terms);
  let norm = 0;
  for (const weight of weighted.values()) norm += weight * weight;
  const scale = norm > 0 ? 1 / Math.sqrt(norm) : 0;
  for (const [term, weight] of weighted) weighted.set(term, weight * scale);
  return weighted;
}

function joinedKeywords(keywords: readonly string[]): string {
  return keywords.length === 0 ? '' : ` ; ${keywords.join(' ; ')}`;
}

/** Terms of title and keywords with their counts. */
function headOf({ title, keywords }: MatchCapability): Map<string, number> {
  return countTerms(normaliseText(title + joinedKeywords(keywords)));
}

/** tf·idf of a capability, before it has a meaning: what the semantic space is built from. */
export function capabilityTerms(
  capability: MatchCapability,
  index: TermIdf,
  head = headOf(capability),
): WeightedTerms {
  const counts = new Map(head);
  for (const [term, count] of countTerms(normaliseText(capability.text)))
    counts.set(term, (counts.get(term) ?? 0) + TEXT_SHARE * count);
  return unitLength([...counts].map(([term, count]) => [term, Math.log1p(count) * index.idf(term)] as const));
}

export function readCapability(capability: MatchCapability, space: TextSpace): CapabilityTexts {
  const head = headOf(capability);
  const terms = capabilityTerms(capability, space.index, head);
  return {
    title: normaliseText(capability.title),
    head: [...head.keys()].map((term) => [term, space.index.idf(term)] as const),
    terms,
    vector: space.semantic.vectorOf(terms),
  };
}

export function readNeed(need: Pick<MatchNeed, 'title' | 'body' | 'keywords'>, space: TextSpace): NeedTexts {
  const title = normaliseText(need.title);
  const body = normaliseText(need.body);
  const titleCounts = countTerms(title);
  for (const term of countTerms(normaliseText(joinedKeywords(need.keywords))).keys())
    titleCounts.set(term, Math.max(1, titleCounts.get(term) ?? 0));
  const bodyCounts = countTerms(body);
  const { needs, index, semantic } = space;
  const weighted = (counts: Map<string, number>) =>
    unitLength(
      [...counts].map(([term, n]) => [term, Math.log1p(n) * index.idf(term) * needs.weight(term)] as const),
    );
  const titleVector = weighted(titleCounts);
  const bodyVector = weighted(bodyCounts);
  return {
    title,
    body,
    titleTerms: new Map([...titleCounts].map(([term, n]) => [term, n * needs.weight(term)])),
    bodyTerms: new Map([...bodyCounts].map(([term, n]) => [term, ((3 * n) / (n + 2)) * needs.weight(term)])),
    titleVector,
    bodyVector,
    titleMeaning: semantic.vectorOf(titleVector),
    bodyMeaning: semantic.vectorOf(bodyVector),
  };
}

/** Cosine of two texts whose weights have unit length. */
export function sparseCosine(a: WeightedTerms, b: WeightedTerms): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0);
  return sum;
}
