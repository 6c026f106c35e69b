import type { EntityManager } from 'typeorm';
import type { PairCloseness } from '#libs/domain/matching/embedding/closeness.js';
import { DEFAULT_MODEL } from '#libs/domain/matching/learning/default-model.js';
import { type Grade, learnFromGrades } from '#libs/domain/matching/learning/learn-from-grades.js';
import { LearnedRanking, PairReader } from '#libs/domain/matching/learning/learned-ranking.js';
import { NeedStatistics } from '#libs/domain/matching/learning/need-statistics.js';
import { semanticSpaceOf } from '#libs/domain/matching/learning/open-corpus.js';
import type { RankModel } from '#libs/domain/matching/learning/rank-model.js';
import { MOST_PAIRS } from '#libs/domain/matching/learning/train-rank-model.js';
import { representatives } from '#libs/domain/matching/join-copies.js';
import type { MatchCapability, MatchNeed, ModeMapping } from '#libs/domain/matching/match-types.js';
import type { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import { loadMatchCapabilities, loadMatchNeeds } from '#libs/persistence/matching/load-match-records.js';
import { loadNeedClusters } from '#libs/persistence/matching/load-shared-rules.js';
import {
  loadCapabilitySample,
  loadNeedTexts,
  readCorpus,
  writeCorpus,
  type StoredCorpus,
} from '#libs/persistence/matching/match-corpus.js';
import { loadRankModel } from '#libs/persistence/matching/match-model-rows.js';

/** Terms that one need holds weigh like unknown ones. */
const LEAST_NEEDS = 2;

/** Keeps the learned model and what it reads of the market for the statistics in use. */
export class RankingKeeper {
  private statisticsVersion: number | null = null;
  private reader: PairReader | null = null;
  private ranking: LearnedRanking | null = null;

  /** The reader of pairs for these statistics; the first worker that asks writes what all of them read. */
  async open(manager: EntityManager, index: CapabilityIndex, statisticsVersion: number): Promise<PairReader> {
    if (this.reader !== null && this.statisticsVersion === statisticsVersion) return this.reader;
    let corpus = await readCorpus(manager, statisticsVersion);
    if (corpus === null) {
      await writeCorpus(manager, statisticsVersion, await takeCorpus(manager, index));
      corpus = (await readCorpus(manager, statisticsVersion))!;
    }
    const needs = new NeedStatistics([], corpus.needCounts);
    this.reader = new PairReader({ index, semantic: corpus.semantic, needs });
    this.statisticsVersion = statisticsVersion;
    this.ranking = null;
    return this.reader;
  }

  /** The ranking by a model; after {@link open}. */
  async rankingOf(manager: EntityManager, version: string): Promise<LearnedRanking> {
    const known = this.ranking;
    if (known?.model.version === version) return known;
    const model = await loadRankModel(manager, version);
    if (known?.model.version === model.version) return known;
    const ranking = await withNeighbours(manager, model, this.reader!);
    this.ranking = ranking;
    return ranking;
  }
}

async function takeCorpus(manager: EntityManager, index: CapabilityIndex): Promise<StoredCorpus> {
  const statistics = new NeedStatistics(await loadNeedTexts(manager), DEFAULT_MODEL.needCounts);
  return {
    needCounts: statistics.counts(LEAST_NEEDS),
    semantic: semanticSpaceOf(await loadCapabilitySample(manager), index),
  };
}

interface Records {
  readonly needs: ReadonlyMap<string, MatchNeed>;
  readonly capabilities: ReadonlyMap<string, MatchCapability>;
}

/** The records that pairs name, each read once; those that no longer take part in matching are left out. */
async function recordsOf(
  manager: EntityManager,
  pairs: readonly { readonly needId: string; readonly capabilityId: string }[],
): Promise<Records> {
  const needIds = [...new Set(pairs.map(({ needId }) => needId))];
  const capabilityIds = [...new Set(pairs.map(({ capabilityId }) => capabilityId))];
  const needs = await loadMatchNeeds(manager, needIds);
  const capabilities = await loadMatchCapabilities(manager, capabilityIds);
  return {
    needs: new Map(needs.map((need) => [need.id, need])),
    capabilities: new Map(capabilities.map((capability) => [capability.id, capability])),
  };
}

async function withNeighbours(
  manager: EntityManager,
  model: RankModel,
  reader: PairReader,
): Promise<LearnedRanking> {
  const { needs, capabilities } = await recordsOf(manager, model.neighbours);
  const lookup = {
    need: (id: string) => needs.get(id),
    capability: (id: string) => capabilities.get(id),
  };
  const answered = model.neighbours.map(({ needId }) => needId);
  const copies = answered.length === 0 ? new Map<string, string>() : await loadNeedClusters(manager);
  return new LearnedRanking(model, reader, lookup, representatives(copies, answered));
}

/** A model that has learned from the newest grades, beyond what the shipped one knows. */
export async function learnFromRows(
  manager: EntityManager,
  reader: PairReader,
  grades: readonly Grade[],
  options: {
    readonly version: string;
    readonly now: Date;
    readonly modeMapping: ModeMapping;
    readonly closenessOf?: PairCloseness | undefined;
    /** The model in use, to be compared with. */
    readonly inUse: RankModel;
  },
): Promise<RankModel> {
  const newest = grades.slice(-MOST_PAIRS);
  const records = await recordsOf(manager, [...newest, ...options.inUse.neighbours]);
  return learnFromGrades(reader, records, newest, {
    ...options,
    prior: DEFAULT_MODEL,
    keepNeighbours: true,
    needCounts: DEFAULT_MODEL.needCounts,
  });
}
