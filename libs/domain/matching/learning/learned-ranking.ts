import type { MatchCapability, MatchNeed, MatchOptions } from '../match-types.js';
import type { Closeness } from '../embedding/closeness.js';
import { structuralValues } from '../structural-factors.js';
import type { TermIdf } from '../term-idf.js';
import { FeedbackMemory, type NeedFeedback } from './feedback-memory.js';
import { NeedStatistics } from './need-statistics.js';
import { PairScorer, type PairScore } from './pair-scorer.js';
import { STRUCTURE_FEATURES, type RankModel } from './rank-model.js';
import { predictedLevel } from './ranking-quality.js';
import {
  type CapabilityTexts,
  type NeedTexts,
  readCapability,
  readNeed,
  type TextSpace,
} from './read-texts.js';
import type { SemanticSpace } from './semantic-space.js';
import { NeedReading, type ScoreSource } from './text-features.js';

/** Documents of the best text that are worth the time of the model; more than ten times what is shown. */
export const LEARNED_SHORTLIST = 400;

const STRUCTURE = STRUCTURE_FEATURES.map((code) => ({ code, weight: 1 }));

/** What {@link LearnedRanking} is built over. */
export interface LearnedCorpus {
  readonly index: ScoreSource & TermIdf;
  readonly semantic: SemanticSpace;
  readonly needs: NeedStatistics;
}

/** Reads pairs for a model: the features of a corpus's texts and of what both sides state. */
export class PairReader {
  readonly space: TextSpace;
  private readonly known = new WeakMap<MatchCapability, CapabilityTexts>();

  constructor(private readonly corpus: LearnedCorpus) {
    this.space = corpus;
  }

  need(need: Pick<MatchNeed, 'title' | 'body' | 'keywords'>): NeedReading {
    return new NeedReading(need, this.space, this.corpus.index);
  }

  needTexts(need: Pick<MatchNeed, 'title' | 'body' | 'keywords'>): NeedTexts {
    return readNeed(need, this.space);
  }

  capability(capability: MatchCapability): CapabilityTexts {
    let texts = this.known.get(capability);
    if (!texts) this.known.set(capability, (texts = readCapability(capability, this.space)));
    return texts;
  }

  /** In the order of FEATURES, NaN where unknown. */
  features(
    reading: NeedReading,
    need: MatchNeed,
    capability: MatchCapability,
    options: Pick<MatchOptions, 'modeMapping' | 'now'>,
  ): Float64Array {
    const text = reading.features(capability.id, this.capability(capability));
    const known = structuralValues(need, capability, STRUCTURE, options);
    const structure = STRUCTURE_FEATURES.map(
      (code) => known.find((value) => value.code === code)?.value ?? Number.NaN,
    );
    return Float64Array.of(...text, ...structure);
  }
}

/** One need, ready to be ranked. */
export interface ReadNeed {
  readonly reading: NeedReading;
  score(capability: MatchCapability): PairScore;
}

/** A learned model over a corpus. */
export class LearnedRanking {
  private readonly memory: FeedbackMemory | null;

  constructor(
    readonly model: RankModel,
    readonly reader: PairReader,
    /** The records the model's neighbours name, if it has any. */
    records: { need(id: string): MatchNeed | undefined; capability(id: string): MatchCapability | undefined },
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
    this.memory =
      model.neighbours.length === 0
        ? null
        : new FeedbackMemory(model, { need, capability }, reader.space.semantic.width);
  }

  /** The grade a person would most likely not be far from: 1–4. */
  levelOf(said: PairScore): number {
    return predictedLevel(said.chances);
  }

  open(
    need: MatchNeed,
    options: Pick<MatchOptions, 'modeMapping' | 'now'>,
    closeness: Closeness | null = null,
  ): ReadNeed {
    const { reader, model } = this;
    const reading = reader.need(need);
    const feedback: NeedFeedback | null =
      this.memory?.forNeed(need.id, reading.texts, reader.space.semantic.width) ?? null;
    const scorer = new PairScorer(model, feedback, closeness);
    return {
      reading,
      score: (capability) =>
        scorer.score(
          reader.features(reading, need, capability, options),
          reader.capability(capability),
          capability.id,
        ),
    };
  }
}
