import type { MatchCapability, MatchNeed, MatchOptions } from '../match-types.js';
import type { Closeness } from '../embedding/closeness.js';
import { structuralValues } from '../structural-factors.js';
import { FeedbackMemory, type NeedFeedback } from './feedback-memory.js';
import { levelModel, PairScorer, type PairScore } from './pair-scorer.js';
import { FEATURES, STRUCTURE_FEATURES, type RankModel } from './rank-model.js';
import { CapabilityTexts, type NeedTexts, readCapability, readNeed, type TextSpace } from './read-texts.js';
import { SharedSenses } from './shared-senses.js';
import { SlotMemory } from './slot-memory.js';
import { statedAt } from './stated-at.js';
import { NeedReading } from './text-features.js';

const STRUCTURE = STRUCTURE_FEATURES.map((code) => ({ code, weight: 1 }));
const STRUCTURE_PLACE = new Map<string, number>(
  STRUCTURE_FEATURES.map((code) => [code, FEATURES.indexOf(code)]),
);

/** Standard deviations above what a need has in common with just any capability, from which it is near. */
const NEAR = 2;

/** Reads pairs for a model: the features of a corpus's texts and of what both sides state. */
export class PairReader {
  readonly space: TextSpace;
  private readonly known = new WeakMap<MatchCapability, CapabilityTexts>();
  private readonly memory: SlotMemory;
  private shared: SharedSenses | null = null;
  private generation: number;

  constructor(space: TextSpace) {
    this.space = space;
    this.memory = new SlotMemory(space.semantic.width);
    this.generation = space.index.generation;
  }

  need(need: Pick<MatchNeed, 'title' | 'body' | 'keywords'>): NeedReading {
    return new NeedReading(need, this.space, (slot) => this.capabilityAt(slot).meaning);
  }

  needTexts(need: Pick<MatchNeed, 'title' | 'body' | 'keywords'>): NeedTexts {
    return readNeed(need, this.space);
  }

  capability(capability: MatchCapability): CapabilityTexts {
    let texts = this.known.get(capability);
    if (!texts) this.known.set(capability, (texts = readCapability(capability, this.space)));
    return texts;
  }

  /** The document in a slot of the index; to be used up before the next one is asked for. */
  capabilityAt(slot: number): CapabilityTexts {
    const { index } = this.space;
    this.followSlots();
    const document = { id: index.idAt(slot)!, version: index.facts.columns.version[slot]! };
    return new CapabilityTexts(
      index.documentAt(slot),
      this.space,
      (make) => this.shared?.at(slot, document, make) ?? this.memory.at(slot, make),
    );
  }

  /** What this reader and others share of the documents' sense, null when nothing. */
  get senses(): SharedArrayBuffer | null {
    this.followSlots();
    return this.shared?.memory ?? null;
  }

  /** Shares the memory of another reader of the same texts, or, without one, makes memory that others may share. */
  shareSenses(memory?: SharedArrayBuffer): void {
    const { index, semantic } = this.space;
    const slots = index.slotCount + (index.slotCount >> 2);
    this.followSlots();
    this.shared = new SharedSenses(memory ?? SharedSenses.allocate(slots, semantic.width), semantic.width);
  }

  private followSlots(): void {
    const { generation } = this.space.index;
    if (this.generation === generation) return;
    this.memory.clear();
    this.shared = null;
    this.generation = generation;
  }

  /** The capability as the index holds it, or −1 and as it is given. */
  find(capability: MatchCapability): { readonly slot: number; readonly texts: CapabilityTexts } {
    const { index } = this.space;
    const slot =
      index.versionOf(capability.id) === capability.version ? index.slotOf(capability.id) : undefined;
    return slot === undefined
      ? { slot: -1, texts: this.capability(capability) }
      : { slot, texts: this.capabilityAt(slot) };
  }

  /** In the order of FEATURES, NaN where unknown. `slot` is −1 for a document that is not in the index. */
  features(
    reading: NeedReading,
    need: MatchNeed,
    offer: { readonly slot: number; readonly texts: CapabilityTexts; readonly stated: MatchCapability },
    options: Pick<MatchOptions, 'modeMapping' | 'now'>,
  ): Float64Array {
    const features = new Float64Array(FEATURES.length).fill(Number.NaN);
    reading.write(features, offer.slot, offer.texts);
    for (const { code, value } of structuralValues(need, offer.stated, STRUCTURE, options))
      features[STRUCTURE_PLACE.get(code)!] = value;
    return features;
  }
}

/** One need, ready to be ranked. */
export interface ReadNeed {
  readonly reading: NeedReading;
  /** Whether a capability is near enough by its vector to be proposed though it shares no word. */
  isNear(capabilityId: string): boolean;
  score(capability: MatchCapability): PairScore;
  /** The grade a person would most likely not be far from: 1–4. */
  level(capability: MatchCapability): number;
  /** The score of the document in a slot from what the index holds of it; `stated` where it has been loaded. */
  rate(slot: number, stated?: MatchCapability): number;
}

/** A learned model over a corpus. */
export class LearnedRanking {
  private readonly memory: FeedbackMemory | null;
  /** What levels are read by; made when one is first asked for. */
  private levels: { readonly model: RankModel; readonly memory: FeedbackMemory | null } | undefined;
  private readonly remember: (model: RankModel) => FeedbackMemory | null;

  constructor(
    readonly model: RankModel,
    readonly reader: PairReader,
    /** The records the model's neighbours name, if it has any. */
    records: { need(id: string): MatchNeed | undefined; capability(id: string): MatchCapability | undefined },
    /** Whose answers count for a need: itself where nothing is said, else a near-identical one. */
    private readonly standsFor: ReadonlyMap<string, string> = new Map(),
  ) {
    const texts = new Map<string, NeedTexts | undefined>();
    const need = (id: string) => {
      const record = records.need(id);
      if (!texts.has(id)) texts.set(id, record && reader.needTexts(record));
      return texts.get(id);
    };
    const capability = (id: string) => {
      const record = records.capability(id);
      return record && reader.capability(record);
    };
    this.remember = (remembered) =>
      remembered.neighbours.length === 0
        ? null
        : new FeedbackMemory(remembered, { need, capability }, reader.space.semantic.width);
    this.memory = this.remember(model);
  }

  open(
    need: MatchNeed,
    options: Pick<MatchOptions, 'modeMapping' | 'now'>,
    closeness: Closeness | null = null,
  ): ReadNeed {
    const { reader, model } = this;
    const reading = reader.need(need);
    const answered = this.standsFor.get(need.id) ?? need.id;
    const feedbackOf = (memory: FeedbackMemory | null): NeedFeedback | null =>
      memory?.forNeed(answered, reading.texts, reader.space.semantic.width) ?? null;
    const scorer = new PairScorer(model, feedbackOf(this.memory), closeness);
    let levels: PairScorer | undefined;
    const offerOf = (capability: MatchCapability) => ({ ...reader.find(capability), stated: capability });
    const { index } = reader.space;
    return {
      reading,
      isNear: (capabilityId) => (closeness?.of(capabilityId) ?? Number.NaN) >= NEAR,
      score: (capability) => {
        const offer = offerOf(capability);
        return scorer.score(reader.features(reading, need, offer, options), offer.texts, capability.id);
      },
      level: (capability) => {
        levels ??= this.levelScorer(feedbackOf);
        const offer = offerOf(capability);
        return levels.level(reader.features(reading, need, offer, options), offer.texts, capability.id);
      },
      rate: (slot, stated = statedAt(index, slot, need.keywords.length > 0)) => {
        const texts = reader.capabilityAt(slot);
        const features = reader.features(reading, need, { slot, texts, stated }, options);
        return scorer.rate(features, texts, index.idAt(slot)!);
      },
    };
  }

  private levelScorer(feedbackOf: (memory: FeedbackMemory | null) => NeedFeedback | null): PairScorer {
    if (!this.levels) {
      const model = levelModel(this.model);
      this.levels = { model, memory: model === this.model ? this.memory : this.remember(model) };
    }
    return new PairScorer(this.levels.model, feedbackOf(this.levels.memory));
  }
}
