import type { FactorSet } from '../factor-sets/factor-set.js';
import type { CapabilityIndex } from '../index/capability-index.js';
import { cutDown, type Shortlist, slotsOfIds, slotsOfKind } from '../index/shortlist.js';
import type { MatchCapability, MatchNeed, MatchOptions } from '../match-types.js';
import type { ReadNeed } from './learned-ranking.js';

/** Documents of the best text that are worth the time of the model; more lose nothing measurable (recall at 50). */
export const LEARNED_SHORTLIST = 200;
/** Of those the best by the model go on to be read in full, per one that is shown: some are copies of each other. */
const READ_PER_SHOWN = 2;

/** The documents of one kind that are best by text, by their slots. */
interface KindSlots {
  readonly learned: boolean;
  readonly slots: readonly number[];
}

/**
 * The documents a need is ranked against, in two steps: those best by text of each kind; then, of kinds with a learned
 * model, the best by the model from what the index holds of them. What else the model asks for is loaded in between.
 */
export class LearnedShortlist {
  private readonly kinds: readonly KindSlots[];

  constructor(
    private readonly index: CapabilityIndex,
    private readonly need: MatchNeed,
    private readonly read: ReadNeed,
    sets: readonly Pick<FactorSet, 'offerKind' | 'learned'>[],
    options: Pick<MatchOptions, 'now' | 'rules'>,
    /** Ids of those nearest by their vectors, whatever their words: rated as well. */
    near: readonly string[] = [],
  ) {
    const { scores } = read.reading;
    const wide = { ...options, size: LEARNED_SHORTLIST };
    this.kinds = sets.map(({ offerKind, learned }) => {
      const slots = slotsOfKind(index, need, scores, offerKind, wide);
      if (learned !== true) return { learned: false, slots };
      const sayingIt = slots.filter((slot) => scores.values[slot]! > 0);
      const meaningIt = slotsOfIds(index, need, near, offerKind, options);
      return { learned, slots: [...new Set([...sayingIt, ...meaningIt])] };
    });
  }

  /** Those the model will be asked about. */
  ratedIds(): string[] {
    return this.ratedSlots().map((slot) => this.index.idAt(slot)!);
  }

  /** Those of them whose indicators may meet the need's: the index does not hold indicators. */
  withIndicators(): string[] {
    if (this.need.indicators.length === 0) return [];
    const { indicators } = this.index.facts.columns;
    return this.ratedSlots()
      .filter((slot) => indicators[slot]! > 0)
      .map((slot) => this.index.idAt(slot)!);
  }

  /** @param documents Loaded ones by id, at least those {@link withIndicators}. */
  best(shown: number, documents: ReadonlyMap<string, MatchCapability>): Shortlist {
    const { index, read } = this;
    const idOf = (slot: number) => index.idAt(slot)!;
    const slots = this.kinds.flatMap((kind) => {
      if (!kind.learned) return [...kind.slots];
      return kind.slots
        .map((slot) => ({ slot, score: read.rate(slot, documents.get(idOf(slot))) }))
        .sort((a, b) => b.score - a.score || (idOf(a.slot) < idOf(b.slot) ? -1 : 1))
        .slice(0, READ_PER_SHOWN * shown)
        .map(({ slot }) => slot);
    });
    return cutDown(index, read.reading.scores, slots);
  }

  private ratedSlots(): number[] {
    return this.kinds.flatMap(({ learned, slots }) => (learned ? [...slots] : []));
  }
}
