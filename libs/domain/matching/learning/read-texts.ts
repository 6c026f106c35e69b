import type { CapabilityIndex } from '../index/capability-index.js';
import type { DocumentTerms } from '../index/document-store.js';
import { isPairKey, termKey } from '../index/term-key.js';
import type { MatchCapability, MatchNeed } from '../match-types.js';
import { normaliseText } from '../normalise-text.js';
import { tokenise } from '../tokenise.js';
import { type Meaning, meaningOf } from './meaning.js';
import type { NeedStatistics } from './need-statistics.js';
import type { SemanticSpace } from './semantic-space.js';
import type { DocumentSense } from './slot-memory.js';

/** Terms of a text with their weights, any scale. */
export type WeightedTerms = ReadonlyMap<string, number>;

/** What texts are measured with: document frequencies of both sides and the space of their words. */
export interface TextSpace {
  readonly index: CapabilityIndex;
  readonly needs: NeedStatistics;
  readonly semantic: SemanticSpace;
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

/** ln(1 + count of title and keywords + half the count of the text), by twice that count. */
const SATURATED = Float64Array.from({ length: 320 }, (_, halves) => Math.log1p(halves / 2));

/** Twice what a term's packed counts say: an occurrence in the text counts half as much as one in the title. */
function halvesOf(code: number): number {
  return 2 * ((code >>> 12) + ((code >>> 8) & 15)) + (code & 255);
}

/** tf·idf of a document's terms, unit length, parallel to them. */
export function documentWeights({ terms, codes }: DocumentTerms, index: CapabilityIndex): Float32Array {
  const weights = new Float32Array(terms.length);
  let norm = 0;
  for (let place = 0; place < terms.length; place += 1) {
    const weight = SATURATED[halvesOf(codes[place]!)]! * index.idfAt(terms[place]!);
    weights[place] = weight;
    norm += weight * weight;
  }
  const scale = norm > 0 ? 1 / Math.sqrt(norm) : 0;
  for (let place = 0; place < terms.length; place += 1) weights[place]! *= scale;
  return weights;
}

/** Codes of terms that stand in title or keywords are above. */
export const TEXT_CODES = 255;

function senseOf({ terms, codes }: DocumentTerms, weights: Float32Array, space: TextSpace): DocumentSense {
  const { index, semantic } = space;
  let mass = 0;
  let pairMass = 0;
  for (let place = 0; place < terms.length; place += 1) {
    if (codes[place]! <= TEXT_CODES) continue;
    const idf = index.idfAt(terms[place]!);
    mass += idf;
    if (isPairKey(index.dictionary.keyOf(terms[place]!))) pairMass += idf;
  }
  const meaning = meaningOf(semantic.vectorOf(terms, weights, index.dictionary));
  return { meaning, mass: Math.fround(mass), pairMass: Math.fround(pairMass) };
}

/** A capability's words. What only feedback asks for is computed when it does. */
export class CapabilityTexts {
  readonly sense: DocumentSense;
  private known: Float32Array | null = null;

  constructor(
    readonly document: DocumentTerms,
    private readonly space: TextSpace,
    /** Keeps what is made, and gives it from memory. */
    keep: (make: () => DocumentSense) => DocumentSense = (make) => make(),
  ) {
    this.sense = keep(() => senseOf(document, this.weights, space));
  }

  get terms(): Int32Array {
    return this.document.terms;
  }

  get meaning(): Meaning {
    return this.sense.meaning;
  }

  /** tf·idf of all fields, unit length, parallel to `terms`. */
  get weights(): Float32Array {
    return (this.known ??= documentWeights(this.document, this.space.index));
  }
}

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

export function readCapability(capability: MatchCapability, space: TextSpace): CapabilityTexts {
  return new CapabilityTexts(space.index.documentOf(capability), space);
}

export function readNeed(need: Pick<MatchNeed, 'title' | 'body' | 'keywords'>, space: TextSpace): NeedTexts {
  const title = normaliseText(need.title);
  const body = normaliseText(need.body);
  const titleCounts = countTerms(title);
  for (const term of countTerms(normaliseText(need.keywords.join(' ; '))).keys())
    titleCounts.set(term, Math.max(1, titleCounts.get(term) ?? 0));
  const bodyCounts = countTerms(body);
  const { needs, index, semantic } = space;
  const weighted = (counts: Map<string, number>) =>
    unitLength(
      [...counts].map(([term, n]) => [term, Math.log1p(n) * index.idf(term) * needs.weight(term)] as const),
    );
  const meaning = (vector: WeightedTerms) => {
    const numbers = Int32Array.from(vector.keys(), (term) => index.dictionary.find(termKey(term)));
    return semantic.vectorOf(numbers, Float32Array.from(vector.values()), index.dictionary);
  };
  const titleVector = weighted(titleCounts);
  const bodyVector = weighted(bodyCounts);
  return {
    title,
    body,
    titleTerms: new Map([...titleCounts].map(([term, n]) => [term, n * needs.weight(term)])),
    bodyTerms: new Map([...bodyCounts].map(([term, n]) => [term, ((3 * n) / (n + 2)) * needs.weight(term)])),
    titleVector,
    bodyVector,
    titleMeaning: meaning(titleVector),
    bodyMeaning: meaning(bodyVector),
  };
}

/** Cosine of two texts whose weights have unit length. */
export function sparseCosine(a: WeightedTerms, b: WeightedTerms): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0);
  return sum;
}
