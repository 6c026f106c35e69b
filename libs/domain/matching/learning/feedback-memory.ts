import { capabilityLikeness, needLikeness } from './likeness.js';
import { CAPABILITY_LIKENESS, KERNEL, nearness } from './pair-kernel.js';
import type { Neighbour, RankModel } from './rank-model.js';
import type { CapabilityTexts, NeedTexts } from './read-texts.js';

type Triple = [number, number, number];

/** Texts of the records that the model's neighbours name; those that are gone are left out. */
export interface NeighbourTexts {
  need(id: string): NeedTexts | undefined;
  capability(id: string): CapabilityTexts | undefined;
}

interface Known {
  readonly neighbour: Neighbour;
  readonly need: NeedTexts;
  readonly capability: CapabilityTexts;
}

/** A sum of weighted capability texts per threshold: how a text likes it is linear in the text. */
class Direction {
  private readonly words = new Map<string, Triple>();
  private readonly meaning: readonly [Float64Array, Float64Array, Float64Array];

  constructor(width: number) {
    this.meaning = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  }

  add({ terms, vector }: CapabilityTexts, coefficients: readonly number[], weight: number): void {
    for (const [term, share] of terms) {
      let sums = this.words.get(term);
      if (!sums) this.words.set(term, (sums = [0, 0, 0]));
      for (let k = 0; k < 3; k += 1) sums[k]! += weight * coefficients[k]! * share;
    }
    for (let k = 0; k < 3; k += 1) {
      const sums = this.meaning[k]!;
      const factor = weight * coefficients[k]!;
      for (let at = 0; at < vector.length; at += 1) sums[at]! += factor * vector[at]!;
    }
  }

  addTo(said: Triple, { terms, vector }: CapabilityTexts): void {
    for (const [term, share] of terms) {
      const sums = this.words.get(term);
      if (!sums) continue;
      for (let k = 0; k < 3; k += 1) said[k]! += CAPABILITY_LIKENESS.words * share * sums[k]!;
    }
    for (let k = 0; k < 3; k += 1) {
      const sums = this.meaning[k]!;
      let dot = 0;
      for (let at = 0; at < vector.length; at += 1) dot += sums[at]! * vector[at]!;
      said[k]! += CAPABILITY_LIKENESS.meaning * dot;
    }
  }
}

/** What people said of other pairs, ready to be asked about new ones. */
export class FeedbackMemory {
  private readonly byNeed = new Map<string, Known[]>();
  private readonly everywhere: Direction;

  constructor(model: RankModel, texts: NeighbourTexts, width: number) {
    this.everywhere = new Direction(width);
    for (const neighbour of model.neighbours) {
      const need = texts.need(neighbour.needId);
      const capability = texts.capability(neighbour.capabilityId);
      if (!need || !capability) continue;
      const known = this.byNeed.get(neighbour.needId);
      if (known) known.push({ neighbour, need, capability });
      else this.byNeed.set(neighbour.needId, [{ neighbour, need, capability }]);
      this.everywhere.add(capability, neighbour.coefficients, KERNEL.capabilityAlike);
    }
  }

  forNeed(id: string, texts: NeedTexts, width: number): NeedFeedback {
    const constant: Triple = [0, 0, 0];
    const direction = new Direction(width);
    const near: { known: Known; alike: number }[] = [];
    for (const [otherId, pairs] of this.byNeed) {
      const same = otherId === id ? 1 : 0;
      const alike = same === 1 ? 1 : needLikeness(texts, pairs[0]!.need);
      if (alike === 0) continue;
      for (const known of pairs) {
        const { coefficients } = known.neighbour;
        for (let k = 0; k < 3; k += 1)
          constant[k]! += coefficients[k]! * (KERNEL.needAlike * alike + KERNEL.sameNeed * same);
        const weight = KERNEL.bothAlike * alike + KERNEL.sameNeedCapabilityAlike * same;
        direction.add(known.capability, coefficients, weight);
        if (nearness(alike) > 0) near.push({ known, alike: nearness(alike) });
      }
    }
    return new NeedFeedback(constant, [this.everywhere, direction], near);
  }
}

/** What earlier answers say about a need's pairs. */
export class NeedFeedback {
  constructor(
    private readonly constant: Triple,
    private readonly directions: readonly Direction[],
    private readonly near: readonly { known: Known; alike: number }[],
  ) {}

  /** Added to the chances of level ≥ 2, ≥ 3, ≥ 4. `features` in standard deviations. */
  about(capability: CapabilityTexts, features: Float64Array): Triple {
    const said: Triple = [...this.constant];
    for (const direction of this.directions) direction.addTo(said, capability);
    for (const { known, alike } of this.near) {
      const likeness = capabilityLikeness(capability, known.capability);
      if (likeness <= 0.02) continue;
      const near = featureNearness(features, known.neighbour.features);
      const weight = KERNEL.bothAlikeAndFeatures * alike * likeness * near;
      for (let k = 0; k < 3; k += 1) said[k]! += weight * known.neighbour.coefficients[k]!;
    }
    return said;
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
