import type { EntityManager } from 'typeorm';
import type { Closeness } from '#libs/domain/matching/embedding/closeness.js';
import { factorSetsFor } from '#libs/domain/matching/factor-sets/read-factor-sets.js';
import { type Shortlist, shortlistFor, shortlistOf } from '#libs/domain/matching/index/shortlist.js';
import type { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import type { LearnedRanking } from '#libs/domain/matching/learning/learned-ranking.js';
import { LearnedShortlist } from '#libs/domain/matching/learning/learned-shortlist.js';
import type { Grade } from '#libs/domain/matching/learning/learn-from-grades.js';
import type { RankModel } from '#libs/domain/matching/learning/rank-model.js';
import { DEFAULT_LIMIT, matchNeed } from '#libs/domain/matching/match-need.js';
import type {
  MatchCandidate,
  MatchNeed,
  MatchOptions,
  ModeMapping,
} from '#libs/domain/matching/match-types.js';
import {
  NO_RULES,
  NO_SHARED_RULES,
  type PairRules,
  type SharedRules,
} from '#libs/domain/matching/pair-rules.js';
import { loadKeptPairs } from '#libs/persistence/matching/load-kept-pairs.js';
import { loadMatchNeeds, loadModeMapping } from '#libs/persistence/matching/load-match-records.js';
import { loadPairRules } from '#libs/persistence/matching/load-pair-rules.js';
import { loadExpertTalks, loadSharedRules } from '#libs/persistence/matching/load-shared-rules.js';
import { loadRankModel } from '#libs/persistence/matching/match-model-rows.js';
import { modelInUse } from '#libs/persistence/matching/model-in-use.js';
import { findAffectedNeeds, type OpenPairs } from './affected-needs.js';
import { checkedMatches } from './checked-matches.js';
import { DocumentCache } from './document-cache.js';
import { IndexKeeper } from './index-keeper.js';
import { isLearned, queryOf } from './need-query.js';
import { learnFromRows, RankingKeeper } from './ranking-keeper.js';
import { scoreKept, type KeptScore } from './score-kept.js';
import { SenseSharing, type SensesOfThread } from './sense-sharing.js';
import { VectorKeeper, type SessionVectors } from './vector-keeper.js';

/** Documents kept in memory: about 1 KB each. */
const CACHED_DOCUMENTS = 20_000;

export interface RankRequest {
  /** Requests of one run share what is read once a run. */
  readonly session: string;
  /** Version of the model to score by. */
  readonly modelVersion: string;
  /** Take the corpus statistics anew if anything has changed: the first request of a full run asks for it. */
  readonly freshStatistics: boolean;
  /** Part of a long run, whose other needs are ranked at the same time. */
  readonly ofMany?: boolean;
  /** What another thread has read of the documents. */
  readonly senses?: SensesOfThread | undefined;
  readonly needIds: readonly string[];
  readonly now: Date;
  readonly limit: number;
  readonly minScore: number;
}

export interface RankedNeed {
  readonly need: MatchNeed;
  readonly rules: PairRules;
  readonly candidates: readonly MatchCandidate[];
  /** Pairs that stay though they are not among the candidates. */
  readonly kept: readonly KeptScore[];
}

/** A need of which nothing may be stored. */
export interface UnsoundNeed extends Pick<RankedNeed, 'need' | 'rules'> {
  readonly problem: string;
}

export interface RankAnswer {
  readonly statisticsVersion: number;
  /** Those of the needs asked for that take part in matching, by id. */
  readonly needs: readonly RankedNeed[];
  /** Those whose matches break the matcher's own rules. */
  readonly unsound: readonly UnsoundNeed[];
}

export interface PairRequest {
  readonly need: MatchNeed;
  readonly capabilityId: string;
  readonly now: Date;
}

export interface AffectedRequest {
  readonly capabilityId: string;
  readonly now: Date;
  readonly limit: number;
  readonly minScore: number;
}

export interface TrainRequest {
  readonly version: string;
  readonly grades: readonly Grade[];
  readonly now: Date;
}

/** Ranks needs against all capabilities. Data in, data out: it may live in another thread. */
export interface MatchEngine {
  rank(request: RankRequest): Promise<RankAnswer>;
  /** What a run would say of one pair; null when the two share nothing. */
  scorePair(request: PairRequest): Promise<MatchCandidate | null>;
  /** Ids, ascending, of the needs whose matches a changed capability may change. */
  affectedNeeds(request: AffectedRequest): Promise<string[]>;
  /** A model that has learned from people's grades. */
  train(request: TrainRequest): Promise<RankModel>;
}

/** By what the needs of a request are ranked. */
interface Ranking {
  readonly index: CapabilityIndex;
  readonly ranking: LearnedRanking;
  readonly options: MatchOptions;
  readonly vectors: SessionVectors | null;
}

interface Session {
  readonly name: string;
  readonly modeMapping: ModeMapping;
  readonly sharedRules: SharedRules;
}

/** The engine over an index in this thread. Requests are worked one after the other. */
export class LocalMatchEngine implements MatchEngine {
  private readonly documents = new DocumentCache(CACHED_DOCUMENTS);
  private readonly keeper: IndexKeeper;
  private readonly rankings = new RankingKeeper();
  private readonly vectors: VectorKeeper;
  private session: Session | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private readonly saves: boolean;
  private readonly senses: SenseSharing;

  constructor(
    private readonly manager: EntityManager,
    options: {
      readonly snapshotFile: string | null;
      /** Absent: yes. */
      readonly savesSnapshot?: boolean;
      readonly log: (message: string) => void;
      /** Model of the vectors to rank by; absent or null without. */
      readonly embeddingModel?: string | null;
      /** Told when there is memory to share; such an engine also reads documents ahead while nothing is asked of it. */
      readonly shareSenses?: (senses: SensesOfThread) => void;
    },
  ) {
    this.senses = new SenseSharing(options.shareSenses ?? null);
    this.keeper = new IndexKeeper(this.documents, options.snapshotFile, options.log);
    this.saves = options.savesSnapshot ?? true;
    this.vectors = new VectorKeeper(options.embeddingModel ?? null);
  }

  rank(request: RankRequest): Promise<RankAnswer> {
    return this.inTurn(async () => {
      const { manager } = this;
      const index = await this.keeper.refresh(manager);
      const statisticsVersion = await this.keeper.shareStatistics(manager, request.freshStatistics);
      const session = await this.openSession(request.session);
      const reader = await this.rankings.open(manager, index, statisticsVersion);
      this.senses.share(reader, statisticsVersion, request.senses);
      const ranking = await this.rankings.rankingOf(manager, request.modelVersion);
      const vectors = await this.vectors.open(manager, request.session);
      const needs = await loadMatchNeeds(manager, request.needIds);
      const rules = await loadPairRules(manager, request.needIds, session.sharedRules);
      const keptOf = await loadKeptPairs(manager, request.needIds);
      const ranked: RankedNeed[] = [];
      const unsound: UnsoundNeed[] = [];
      for (const need of needs) {
        const own = rules.get(need.id) ?? NO_RULES;
        const { now, limit, minScore } = request;
        const options = { now, limit, minScore, modeMapping: session.modeMapping, rules: own };
        const kept = keptOf.get(need.id) ?? [];
        const found = await this.rankNeed(need, kept, { index, ranking, options, vectors });
        if ('problem' in found) unsound.push({ need, rules: own, ...found });
        else ranked.push({ need, rules: own, ...found });
      }
      return { statisticsVersion, needs: ranked, unsound };
    });
  }

  scorePair({ need, capabilityId, now }: PairRequest): Promise<MatchCandidate | null> {
    return this.inTurn(async () => {
      const options = { now, limit: 1, anyScore: true, modeMapping: await loadModeMapping(this.manager) };
      const pairs = await this.openPairs(capabilityId, options);
      await pairs?.prepare([need.id]);
      return pairs?.score(need) ?? null;
    });
  }

  affectedNeeds({ capabilityId, now, limit, minScore }: AffectedRequest): Promise<string[]> {
    return this.inTurn(async () => {
      const { manager, documents } = this;
      const options = { now, limit: 1, minScore, modeMapping: await loadModeMapping(manager) };
      const pairs = await this.openPairs(capabilityId, options);
      return findAffectedNeeds(manager, capabilityId, pairs, { documents, limit });
    });
  }

  train({ version, grades, now }: TrainRequest): Promise<RankModel> {
    return this.inTurn(async () => {
      const { manager } = this;
      const index = await this.keeper.refresh(manager);
      const statisticsVersion = await this.keeper.shareStatistics(manager, false);
      const reader = await this.rankings.open(manager, index, statisticsVersion);
      const modeMapping = await loadModeMapping(manager);
      const vectors = await this.vectors.open(manager, `train ${version}`);
      const closenessOf = await vectors?.closenessOfPairs(grades);
      const { version: used } = await modelInUse(manager);
      const inUse = { ...(await loadRankModel(manager, used)), version: used };
      return learnFromRows(manager, reader, grades, { version, now, modeMapping, closenessOf, inUse });
    });
  }

  /** How one capability scores with needs; null when it takes no part in matching. */
  private async openPairs(capabilityId: string, options: MatchOptions): Promise<OpenPairs | null> {
    const { manager } = this;
    const index = await this.keeper.refresh(manager);
    const statisticsVersion = await this.keeper.shareStatistics(manager, false);
    await this.rankings.open(manager, index, statisticsVersion);
    const ranking = await this.rankings.rankingOf(manager, (await modelInUse(manager)).version);
    const capability = (await this.documents.load(manager, [capabilityId])).get(capabilityId);
    if (capability === undefined) return null;
    const textScore = index.scorerOf(capability);
    const rules = { ...NO_RULES, shared: { ...NO_SHARED_RULES, openTalks: await loadExpertTalks(manager) } };
    const vectors = await this.vectors.open(manager, `${capabilityId} ${options.now.toISOString()}`);
    await vectors?.load([capabilityId]);
    let closenesses: ReadonlyMap<string, Closeness> | undefined;
    const prepare = async (needIds: readonly string[]) => {
      closenesses = await vectors?.closenessesOf(needIds);
    };
    const score = (need: MatchNeed) => {
      const read = isLearned(need) ? ranking.open(need, options, closenesses?.get(need.id)) : null;
      const only = shortlistOf(
        capabilityId,
        textScore(index.weigh(read?.reading.query ?? queryOf(need))),
        index,
      );
      return matchNeed(need, only, () => capability, { ...options, rules }, read)[0] ?? null;
    };
    return { index, capability, queryOf, prepare, score };
  }

  private async rankNeed(
    need: MatchNeed,
    keptIds: readonly string[],
    { index, ranking, options, vectors }: Ranking,
  ): Promise<Pick<RankedNeed, 'candidates' | 'kept'> | Pick<UnsoundNeed, 'problem'>> {
    const closeness = isLearned(need) ? await vectors?.closenessOf(need.id) : undefined;
    const read = isLearned(need) ? ranking.open(need, options, closeness) : null;
    const sets = factorSetsFor(need.requestKind ?? 'technology');
    const kinds = sets.map(({ offerKind }) => offerKind);
    const shortlist = read
      ? await this.learnedShortlist(
          new LearnedShortlist(index, need, read, sets, options, closeness?.nearest()),
          options,
          vectors,
        )
      : shortlistFor(index, need, queryOf(need), kinds, options);
    const documents = await this.documents.load(this.manager, shortlist.ids);
    const checked = checkedMatches(need, shortlist, documents, options, read);
    if ('problem' in checked) return checked;
    const { candidates } = checked;
    const left = keptIds.filter((id) => !candidates.some(({ capabilityId }) => capabilityId === id));
    if (left.length === 0) return { candidates, kept: [] };
    await vectors?.load(left);
    const others = await this.documents.load(this.manager, left);
    return { candidates, kept: scoreKept(need, others.values(), index, options, read) };
  }

  private async learnedShortlist(
    wide: LearnedShortlist,
    { limit }: MatchOptions,
    vectors: SessionVectors | null,
  ): Promise<Shortlist> {
    await vectors?.load(wide.ratedIds());
    const documents = await this.documents.load(this.manager, wide.withIndicators());
    return wide.best(limit ?? DEFAULT_LIMIT, documents);
  }

  private async openSession(name: string): Promise<Session> {
    if (this.session?.name === name) return this.session;
    const modeMapping = await loadModeMapping(this.manager);
    this.session = { name, modeMapping, sharedRules: await loadSharedRules(this.manager) };
    return this.session;
  }

  /** Behind all earlier requests; a snapshot is written when the answer is out. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.senses.pause();
    const answer = this.last.then(work);
    this.last = answer
      .then(
        () => (this.saves ? this.keeper.save() : undefined),
        () => undefined,
      )
      .finally(done);
    return answer;
  }
}
