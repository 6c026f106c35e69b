import type { LexicalQuery } from '../build-query.js';
import { cosine } from './semantic-space.js';
import { type CapabilityTexts, type NeedTexts, readNeed, type TextSpace } from './read-texts.js';

/**
 * What the words of a pair say. Scores are BM25F over √ of the query's mass. Order and names are part of a model:
 * a change of either needs a new default model.
 */
export const TEXT_FEATURES = [
  'title-score',
  'score',
  'body-score',
  'share-of-best',
  'rank',
  'standing',
  'need-covered',
  'need-pairs-covered',
  'capability-covered-by-title',
  'capability-covered',
  'capability-pairs-covered',
  'title-meaning',
  'body-meaning',
  'longest-in-title',
  'longest-in-body',
  'shared-pairs',
  'need-length',
  'body-length',
] as const;

export interface ScoreSource {
  score(query: LexicalQuery): Float32Array;
  slotOf(id: string): number | undefined;
  readonly slotCount: number;
  readonly size: number;
}

/** The body says more than what is asked, so it counts little. */
export const BODY_WEIGHT = 0.3;
const HAN_FROM = '\u3000';

function isPair(term: string): boolean {
  return term.length > 1 && term >= HAN_FROM;
}

/** The query a need is looked up with: title and keywords, and the body at a low weight. */
export function wholeQuery(texts: NeedTexts): LexicalQuery {
  const query = new Map(texts.titleTerms);
  for (const [term, weight] of texts.bodyTerms)
    query.set(term, (query.get(term) ?? 0) + BODY_WEIGHT * weight);
  return query;
}

/** Length of the longest stretch of `title` that stands in `text`, blanks not crossed. */
function longestShared(title: string, text: string): number {
  let best = 0;
  for (let from = 0; from < title.length; from += 1)
    while (from + best < title.length) {
      const piece = title.slice(from, from + best + 1);
      if (piece.includes(' ') || !text.includes(piece)) break;
      best += 1;
    }
  return best;
}

const SMALL_MARKET = 250;
/** Places of the histogram that ranks are read from. */
const BINS = 4096;

/** A need's scores over a whole index, and the features of its pairs. */
export class NeedReading {
  readonly texts: NeedTexts;
  readonly query: LexicalQuery;
  /** BM25F of {@link query} by slot. */
  readonly scores: Float32Array;
  private readonly titleScores: Float32Array;
  private readonly bodyScores: Float32Array;
  private readonly best: number;
  private readonly mean: number;
  private readonly deviation: number;
  private readonly mass: { title: number; pairs: number };
  /** idf · weight of each term of the need. */
  private readonly weights: ReadonlyMap<string, number>;
  /** Capabilities in this place of the histogram and above. */
  private readonly above = new Uint32Array(BINS + 1);

  constructor(
    need: Parameters<typeof readNeed>[0],
    private readonly space: TextSpace,
    private readonly source: ScoreSource,
  ) {
    this.texts = readNeed(need, space);
    this.query = wholeQuery(this.texts);
    this.titleScores = source.score(this.texts.titleTerms).slice();
    this.bodyScores = source.score(this.texts.bodyTerms).slice();
    this.scores = this.joined();
    let sum = 0;
    let squares = 0;
    let best = 0;
    for (const score of this.scores) {
      sum += score;
      squares += score * score;
      if (score > best) best = score;
    }
    const count = Math.max(1, source.size);
    this.best = best;
    this.mean = sum / count;
    this.deviation = Math.sqrt(Math.max(1e-9, squares / count - this.mean ** 2));
    this.weights = this.weightsOf();
    this.mass = this.massOf();
    if (best > 0) for (const score of this.scores) if (score > 0) this.above[this.binOf(score)]! += 1;
    for (let bin = BINS - 1; bin >= 0; bin -= 1) this.above[bin]! += this.above[bin + 1]!;
  }

  /** Scores of the whole query from those of its parts: every score is a sum over terms, over √ of the query's mass. */
  private joined(): Float32Array {
    const { titleScores, bodyScores } = this;
    const title = this.massOfQuery(this.texts.titleTerms);
    const body = this.massOfQuery(this.texts.bodyTerms);
    const whole = Math.sqrt(title + BODY_WEIGHT * body) || 1;
    const titleFactor = Math.sqrt(title) / whole;
    const bodyFactor = (BODY_WEIGHT * Math.sqrt(body)) / whole;
    const scores = new Float32Array(titleScores.length);
    for (let slot = 0; slot < scores.length; slot += 1)
      scores[slot] = titleFactor * titleScores[slot]! + bodyFactor * bodyScores[slot]!;
    return scores;
  }

  private massOfQuery(query: LexicalQuery): number {
    let mass = 0;
    for (const [term, weight] of query) mass += weight * this.space.index.idf(term);
    return mass;
  }

  /** Values in the order of {@link TEXT_FEATURES}. */
  features(id: string, capability: CapabilityTexts): Float64Array {
    const slot = this.source.slotOf(id) ?? -1;
    const score = this.scores[slot] ?? 0;
    const { texts } = this;
    const covered = this.coverage(capability);
    return Float64Array.of(
      this.titleScores[slot] ?? 0,
      score,
      this.bodyScores[slot] ?? 0,
      this.best > 0 ? score / this.best : 0,
      -Math.log1p(this.rankOf(score)),
      (score - this.mean) / this.deviation,
      covered.need,
      covered.needPairs,
      covered.byTitle,
      covered.all,
      covered.allPairs,
      cosine(capability.vector, texts.titleMeaning),
      cosine(capability.vector, texts.bodyMeaning),
      longestShared(capability.title, texts.title),
      longestShared(capability.title, texts.body),
      covered.pairs,
      Math.log1p(texts.titleTerms.size),
      Math.log1p(texts.bodyTerms.size),
    );
  }

  private binOf(score: number): number {
    return Math.min(BINS - 1, Math.floor((score / this.best) * BINS));
  }

  /**
   * Capabilities with a higher score, to the width of a bin. In a small market counted as in one of 250: to be second of
   * three says little.
   */
  private rankOf(score: number): number {
    const higher = this.best > 0 ? this.above[score > 0 ? this.binOf(score) + 1 : 0]! : 0;
    return higher * Math.max(1, SMALL_MARKET / Math.max(1, this.source.size));
  }

  private weightsOf(): Map<string, number> {
    const { index, needs } = this.space;
    const weights = new Map<string, number>();
    for (const terms of [this.texts.titleTerms, this.texts.bodyTerms])
      for (const term of terms.keys()) weights.set(term, index.idf(term) * needs.weight(term));
    return weights;
  }

  private massOf(): { title: number; pairs: number } {
    let title = 0;
    let pairs = 0;
    for (const term of this.texts.titleTerms.keys()) {
      const mass = this.weights.get(term)!;
      title += mass;
      if (isPair(term)) pairs += mass;
    }
    return { title, pairs };
  }

  /** Shares of the idf mass of one side that the other side holds. */
  private coverage(capability: CapabilityTexts) {
    const { titleTerms } = this.texts;
    const sums = { mass: 0, pairMass: 0, byTitle: 0, all: 0, allPairs: 0, pairs: 0, shared: 0 };
    for (const [term, idf] of capability.head) {
      const pair = isPair(term);
      sums.mass += idf;
      if (pair) sums.pairMass += idf;
      const weighted = this.weights.get(term);
      if (weighted === undefined) continue;
      sums.all += weighted;
      if (pair) sums.allPairs += weighted;
      if (titleTerms.has(term)) sums.byTitle += weighted;
    }
    let needPairs = 0;
    for (const term of titleTerms.keys()) {
      if (!capability.terms.has(term)) continue;
      const weighted = this.weights.get(term)!;
      sums.shared += weighted;
      if (!isPair(term)) continue;
      needPairs += weighted;
      sums.pairs += 1;
    }
    const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
    return {
      need: share(sums.shared, this.mass.title),
      needPairs: share(needPairs, this.mass.pairs),
      byTitle: share(sums.byTitle, sums.mass),
      all: share(sums.all, sums.mass),
      allPairs: share(sums.allPairs, sums.pairMass),
      pairs: sums.pairs,
    };
  }
}
