import type { Answered } from './level-correction.js';
import { needLikeness } from './likeness.js';
import { alongMeaning } from './meaning.js';
import { type AnswerWeights, ANSWERS_BEFORE, CAPABILITY_LIKENESS, nearness } from './pair-kernel.js';
import type { Neighbour, RankModel } from './rank-model.js';
import type { CapabilityTexts, NeedTexts } from './read-texts.js';
import { TermTable } from './term-table.js';

type Triple = [number, number, number];

/** Texts of the records that the model's neighbours name; those that are gone are left out. */
export interface NeighbourTexts {
  need(id: string): NeedTexts | undefined;
  capability(id: string): CapabilityTexts | undefined;
}

/** What earlier answers say of a pair. */
export interface Said {
  /** Added to the chances of level ≥ 2, ≥ 3, ≥ 4. */
  readonly chances: Triple;
  /** Null for a pair that was answered itself: its own answer is in the chances. */
  readonly answered: Answered | null;
}

interface Known {
  readonly neighbour: Neighbour;
  readonly need: NeedTexts;
  readonly capability: CapabilityTexts;
  /** Of the capability. */
  readonly meaning: Float32Array;
}

/** Texts less alike than this have nothing to say about each other. */
const LEAST_LIKENESS = 0.02;

/** A sum of weighted capability texts per threshold: how a text likes it is linear in the text. */
class Direction {
  private readonly places = new Map<number, number>();
  private readonly sums: number[] = [];
  private readonly meaning: readonly [Float64Array, Float64Array, Float64Array];
  private table: TermTable | null = null;

  constructor(width: number) {
    this.meaning = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  }

  add({ terms, weights, meaning }: CapabilityTexts, coefficients: readonly number[], weight: number): void {
    for (let at = 0; at < terms.length; at += 1) {
      let place = this.places.get(terms[at]!);
      if (place === undefined) {
        place = this.sums.length;
        this.places.set(terms[at]!, place);
        this.sums.push(0, 0, 0);
      }
      for (let k = 0; k < 3; k += 1) this.sums[place + k]! += weight * coefficients[k]! * weights[at]!;
    }
    for (let k = 0; k < 3; k += 1) {
      const sums = this.meaning[k]!;
      const factor = weight * coefficients[k]! * meaning.scale;
      for (let at = 0; at < sums.length; at += 1) sums[at]! += factor * meaning.steps[at]!;
    }
    this.table = null;
  }

  addTo(said: Triple, { terms, weights, meaning }: CapabilityTexts): void {
    const table = (this.table ??= new TermTable([...this.places.keys()]));
    const { words, meaning: meant } = CAPABILITY_LIKENESS;
    for (let at = 0; at < terms.length; at += 1) {
      const place = 3 * table.find(terms[at]!);
      if (place < 0) continue;
      for (let k = 0; k < 3; k += 1) said[k]! += words * weights[at]! * this.sums[place + k]!;
    }
    for (let k = 0; k < 3; k += 1) said[k]! += meant * alongMeaning(meaning, this.meaning[k]!);
  }
}

/** Earlier answers about needs like the one asked for, each to be compared with a capability. */
class NearPairs {
  /** Per place of the table: which of the pairs hold the term, with which weight. */
  private readonly holders: { pairs: number[]; weights: number[] }[] = [];
  private readonly table: TermTable;

  constructor(
    readonly pairs: readonly { readonly known: Known; readonly alike: number; readonly own: boolean }[],
  ) {
    const places = new Map<number, number>();
    for (const [pair, { known }] of pairs.entries()) {
      const { terms, weights } = known.capability;
      for (let at = 0; at < terms.length; at += 1) {
        let place = places.get(terms[at]!);
        if (place === undefined) {
          place = this.holders.push({ pairs: [], weights: [] }) - 1;
          places.set(terms[at]!, place);
        }
        this.holders[place]!.pairs.push(pair);
        this.holders[place]!.weights.push(weights[at]!);
      }
    }
    this.table = new TermTable([...places.keys()]);
  }

  /** How alike the capability and that of each pair are, about 0..1. */
  likenesses({ terms, weights, meaning }: CapabilityTexts): Float64Array {
    const likenesses = Float64Array.from(
      this.pairs,
      ({ known: { meaning: other } }) => CAPABILITY_LIKENESS.meaning * alongMeaning(meaning, other),
    );
    for (let at = 0; at < terms.length; at += 1) {
      const place = this.table.find(terms[at]!);
      if (place < 0) continue;
      const { pairs, weights: held } = this.holders[place]!;
      const weight = CAPABILITY_LIKENESS.words * weights[at]!;
      for (let n = 0; n < pairs.length; n += 1) likenesses[pairs[n]!]! += weight * held[n]!;
    }
    return likenesses;
  }
}

/** What people said of other pairs, ready to be asked about new ones. */
export class FeedbackMemory {
  private readonly byNeed = new Map<string, Known[]>();
  private readonly everywhere: Direction;
  private readonly weights: AnswerWeights;

  constructor(model: RankModel, texts: NeighbourTexts, width: number) {
    this.everywhere = new Direction(width);
    this.weights = model.answers ?? ANSWERS_BEFORE;
    for (const neighbour of model.neighbours) {
      const need = texts.need(neighbour.needId);
      const capability = texts.capability(neighbour.capabilityId);
      if (!need || !capability) continue;
      const { steps, scale } = capability.meaning;
      const known = {
        neighbour,
        need,
        capability,
        meaning: Float32Array.from(steps, (step) => step * scale),
      };
      const pairs = this.byNeed.get(neighbour.needId);
      if (pairs) pairs.push(known);
      else this.byNeed.set(neighbour.needId, [known]);
      this.everywhere.add(capability, neighbour.coefficients, this.weights.capabilityAlike);
    }
  }

  forNeed(id: string, texts: NeedTexts, width: number): NeedFeedback {
    const constant: Triple = [0, 0, 0];
    const direction = new Direction(width);
    const near: { known: Known; alike: number; own: boolean }[] = [];
    const { weights } = this;
    for (const [otherId, pairs] of this.byNeed) {
      const same = otherId === id ? 1 : 0;
      const alike = same === 1 ? 1 : needLikeness(texts, pairs[0]!.need);
      if (alike === 0) continue;
      for (const known of pairs) {
        const { coefficients } = known.neighbour;
        for (let k = 0; k < 3; k += 1)
          constant[k]! += coefficients[k]! * (weights.needAlike * alike + weights.sameNeed * same);
        const weight = weights.bothAlike * alike + weights.sameNeedCapabilityAlike * same;
        direction.add(known.capability, coefficients, weight);
        if (nearness(alike) === 0) continue;
        near.push({ known, alike: nearness(alike), own: same === 1 });
      }
    }
    return new NeedFeedback(constant, [this.everywhere, direction], new NearPairs(near), weights);
  }
}

/** What earlier answers say about a need's pairs. */
export class NeedFeedback {
  constructor(
    private readonly constant: Triple,
    private readonly directions: readonly Direction[],
    private readonly near: NearPairs,
    private readonly weights: AnswerWeights,
  ) {}

  /** What is said of a capability by its number and texts. `features` in standard deviations. */
  about(id: string, capability: CapabilityTexts, features: Float64Array): Said {
    const said: Triple = [...this.constant];
    for (const direction of this.directions) direction.addTo(said, capability);
    const likenesses = this.near.likenesses(capability);
    let answers = 0;
    let closest = 0;
    let itself = false;
    for (const [at, { known, alike, own }] of this.near.pairs.entries()) {
      const likeness = likenesses[at]!;
      if (own && known.neighbour.capabilityId === id) itself = true;
      else if (own) {
        answers += 1;
        closest = Math.max(closest, likeness);
      }
      if (likeness <= LEAST_LIKENESS) continue;
      const near = featureNearness(features, known.neighbour.features);
      const weight = this.weights.bothAlikeAndFeatures * alike * likeness * near;
      for (let k = 0; k < 3; k += 1) said[k]! += weight * known.neighbour.coefficients[k]!;
    }
    return { chances: said, answered: itself ? null : { answers, closest } };
  }
}

function featureNearness(a: Float64Array, b: readonly (number | null)[]): number {
  let squares = 0;
  let known = 0;
  for (let k = 0; k < a.length; k += 1) {
    const other = b[k];
    if (other === null || other === undefined || Number.isNaN(a[k]!)) continue;
    squares += (a[k]! - other) ** 2;
    known += 1;
  }
  return known === 0 ? 1 : Math.exp(-squares / known / 2);
}
