import { IMPACT_STEPS } from '../index/bm25f.js';
import { isPairKey, termKey } from '../index/term-key.js';
import type { CapabilityIndex } from '../index/capability-index.js';
import { SlotScores } from '../index/slot-scores.js';
import type { LexicalQuery } from '../build-query.js';
import { longestShared, SharedText } from './longest-shared.js';
import { alongMeaning, type Meaning } from './meaning.js';
import { type CapabilityTexts, type NeedTexts, readNeed, TEXT_CODES, type TextSpace } from './read-texts.js';
import { ScoreStanding } from './score-standing.js';
import { TermTable } from './term-table.js';

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
  'best-meaning',
] as const;

/** The body says more than what is asked, so it counts little. */
export const BODY_WEIGHT = 0.3;

/** From so many capabilities on, common terms are not looked up: of the title those that a twentieth of them hold. */
const LARGE_MARKET = 2_000;
const LEAST_TITLE_IDF = 3;
/** The body says so much that is said everywhere that less common ones are left out too: held by more than a fiftieth. */
const LEAST_BODY_IDF = 4;

/**
 * The query a need is looked up with: title and keywords, and the body at a low weight. In a large market without its
 * common terms: they are most of all postings, and more of what people find good is among the first fifty without them
 * (measured on 2,000 graded pairs held back: .55 against .53 of what fits, at the same order of what was graded); the
 * features of a pair count them all the same.
 */
export function wholeQuery(texts: NeedTexts, index: Pick<CapabilityIndex, 'idf' | 'size'>): LexicalQuery {
  const query = new Map(texts.titleTerms);
  for (const [term, weight] of texts.bodyTerms)
    query.set(term, (query.get(term) ?? 0) + BODY_WEIGHT * weight);
  if (index.size < LARGE_MARKET) return query;
  const leastIdf = (term: string) => (texts.titleTerms.has(term) ? LEAST_TITLE_IDF : LEAST_BODY_IDF);
  const rare = new Map([...query].filter(([term]) => index.idf(term) >= leastIdf(term)));
  return rare.size > 0 ? rare : query;
}

/** So many capabilities of the best text say what a need is about in the market's words. */
const BEST = 50;

/** What the best by text mean together, each by its score (Rocchio 1971, without being told which of them fit). */
interface Best {
  /** Unit length. */
  readonly direction: Float64Array;
  /** By slot: how much of the direction is its own. */
  readonly shares: ReadonlyMap<number, number>;
}

/** The need's terms by place, as the index knows them. */
interface QueryTerms {
  readonly table: TermTable;
  /** weight · idf · count over √mass of the title's and of the body's query. */
  readonly title: Float64Array;
  readonly body: Float64Array;
  /** idf · weight. */
  readonly weights: Float64Array;
  readonly inTitle: Uint8Array;
  readonly pairs: Uint8Array;
  /** Σ of `weights` of the title's terms, and of those that are pairs. */
  readonly mass: { readonly title: number; readonly pairs: number };
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** A need's scores over a whole index, and the features of its pairs. */
export class NeedReading {
  readonly texts: NeedTexts;
  readonly query: LexicalQuery;
  /** BM25F of {@link query} by slot. */
  readonly scores: SlotScores;
  private readonly standing: ScoreStanding;
  private readonly terms: QueryTerms;
  private readonly title: SharedText;
  private readonly body: SharedText;
  private readonly best: Best;
  /** What was written by slot: those rated are asked about again when they are shown. */
  private readonly written = new Map<number, Float64Array>();

  constructor(
    need: Parameters<typeof readNeed>[0],
    private readonly space: TextSpace,
    meaningAt: (slot: number) => Meaning,
  ) {
    const { index } = space;
    this.texts = readNeed(need, space);
    this.query = wholeQuery(this.texts, index);
    this.scores = new SlotScores(index.score(this.query).slice());
    this.standing = new ScoreStanding(this.scores, index.size);
    this.terms = this.readTerms();
    this.title = new SharedText(this.texts.title);
    this.body = new SharedText(this.texts.body);
    this.best = this.readBest(meaningAt);
  }

  /** Writes values in the order of {@link TEXT_FEATURES}; `slot` −1 for a document that is not in the index. */
  write(features: Float64Array, slot: number, capability: CapabilityTexts): void {
    const known = this.written.get(slot);
    if (known) return features.set(known);
    this.read(features, slot, capability);
    if (slot >= 0) this.written.set(slot, features.slice(0, TEXT_FEATURES.length));
  }

  private read(features: Float64Array, slot: number, capability: CapabilityTexts): void {
    const score = this.scores.values[slot] ?? 0;
    const { texts, standing, terms } = this;
    const covered = this.coverage(capability);
    const { meaning, mass, pairMass } = capability.sense;
    const { title } = capability.document;
    features[0] = covered.titleScore;
    features[1] = score;
    features[2] = covered.bodyScore;
    features[3] = share(score, standing.best);
    features[4] = -Math.log1p(standing.rankOf(score));
    features[5] = standing.standingOf(score);
    features[6] = share(covered.shared, terms.mass.title);
    features[7] = share(covered.sharedPairs, terms.mass.pairs);
    features[8] = share(covered.byTitle, mass);
    features[9] = share(covered.all, mass);
    features[10] = share(covered.allPairs, pairMass);
    features[11] = alongMeaning(meaning, texts.titleMeaning);
    features[12] = alongMeaning(meaning, texts.bodyMeaning);
    features[13] = longestShared(title, this.title);
    features[14] = longestShared(title, this.body);
    features[15] = covered.pairs;
    features[16] = Math.log1p(texts.titleTerms.size);
    features[17] = Math.log1p(texts.bodyTerms.size);
    features[18] = this.alongBest(slot, meaning);
  }

  private readBest(meaningAt: (slot: number) => Meaning): Best {
    const { index, semantic } = this.space;
    const sum = new Float64Array(semantic.width);
    const slots = index.topSlots(this.scores, BEST);
    for (const slot of slots) {
      const { steps, scale } = meaningAt(slot);
      const weight = this.scores.values[slot]! * scale;
      for (let k = 0; k < sum.length; k += 1) sum[k]! += weight * steps[k]!;
    }
    const scale = 1 / (Math.hypot(...sum) || 1);
    return {
      direction: sum.map((value) => value * scale),
      shares: new Map(Array.from(slots, (slot) => [slot, this.scores.values[slot]! * scale])),
    };
  }

  /** Cosine with what the best mean together, a capability that is one of them left out. */
  private alongBest(slot: number, meaning: Meaning): number {
    const along = alongMeaning(meaning, this.best.direction);
    const own = this.best.shares.get(slot) ?? 0;
    const squares = 1 - 2 * own * along + own * own;
    return squares > 1e-6 ? (along - own) / Math.sqrt(squares) : 0;
  }

  private readTerms(): QueryTerms {
    const { index, needs } = this.space;
    const { titleTerms, bodyTerms } = this.texts;
    const names = [...titleTerms.keys(), ...[...bodyTerms.keys()].filter((term) => !titleTerms.has(term))];
    const idfs = Float64Array.from(names, (term) => index.idf(term));
    const inQuery = (query: ReadonlyMap<string, number>) => {
      const counts = Float64Array.from(names, (term, place) => (query.get(term) ?? 0) * idfs[place]!);
      const mass = counts.reduce((sum, count) => sum + count, 0);
      return mass > 0 ? counts.map((count) => count / Math.sqrt(mass)) : counts;
    };
    const weights = Float64Array.from(names, (term, place) => idfs[place]! * needs.weight(term));
    const keys = names.map(termKey);
    const pairs = Uint8Array.from(keys, (key) => Number(isPairKey(key)));
    const mass = { title: 0, pairs: 0 };
    for (let place = 0; place < titleTerms.size; place += 1) {
      mass.title += weights[place]!;
      if (pairs[place] === 1) mass.pairs += weights[place]!;
    }
    return {
      table: new TermTable(keys.map((key) => index.dictionary.find(key))),
      title: inQuery(titleTerms),
      body: inQuery(bodyTerms),
      weights,
      inTitle: Uint8Array.from(names, (term) => Number(titleTerms.has(term))),
      pairs,
      mass,
    };
  }

  /** Scores of title and body, and the idf mass of one side that the other side holds. */
  private coverage(capability: CapabilityTexts) {
    const { index } = this.space;
    const { table, title, body, weights, inTitle, pairs } = this.terms;
    const { terms, codes } = capability.document;
    const impactOf = index.impactsOf(capability.document);
    const sums = { titleScore: 0, bodyScore: 0, byTitle: 0, all: 0, allPairs: 0 };
    const found = { shared: 0, sharedPairs: 0, pairs: 0 };
    for (let at = 0; at < terms.length; at += 1) {
      const place = table.find(terms[at]!);
      if (place < 0) continue;
      const weight = weights[place]!;
      const pair = pairs[place] === 1;
      const impact = impactOf(codes[at]!);
      sums.titleScore += title[place]! * impact;
      sums.bodyScore += body[place]! * impact;
      if (codes[at]! > TEXT_CODES) {
        sums.all += weight;
        if (pair) sums.allPairs += weight;
        if (inTitle[place] === 1) sums.byTitle += weight;
      }
      if (inTitle[place] === 0) continue;
      found.shared += weight;
      if (!pair) continue;
      found.sharedPairs += weight;
      found.pairs += 1;
    }
    const unit = (index.options.k1 + 1) / IMPACT_STEPS;
    sums.titleScore *= unit;
    sums.bodyScore *= unit;
    return { ...sums, ...found };
  }
}
