import type { EntityManager } from 'typeorm';
import type { LexicalQuery } from '#libs/domain/matching/build-query.js';
import type { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import type { WeighedQuery } from '#libs/domain/matching/index/score-slots.js';
import type { MatchCandidate, MatchCapability, MatchNeed } from '#libs/domain/matching/match-types.js';
import { loadMatchNeeds } from '#libs/persistence/matching/load-match-records.js';
import { readStandings, type Standing } from '#libs/persistence/matching/read-standings.js';
import type { DocumentCache } from './document-cache.js';

/** Scores on record may be by slightly other statistics. */
const DRIFT = 0.02;
/** Whose text fits a need this much worse than the worst of its matches is not scored with everything known. */
const TEXT_SHARE = 0.5;

/** A capability, and how it scores with needs. */
export interface OpenPairs {
  readonly index: CapabilityIndex;
  readonly capability: MatchCapability;
  readonly queryOf: (need: MatchNeed) => LexicalQuery;
  /** To be called before needs are scored. */
  readonly prepare: (needIds: readonly string[]) => Promise<void>;
  readonly score: (need: MatchNeed) => MatchCandidate | null;
}

/** Compares texts of capabilities for a need; what is read of a capability is kept. */
class TextComparison {
  private readonly scorers = new Map<string, (query: WeighedQuery) => number>();

  constructor(private readonly index: CapabilityIndex) {}

  scoreOf(capability: MatchCapability, query: WeighedQuery): number {
    let scorer = this.scorers.get(capability.id);
    if (!scorer) this.scorers.set(capability.id, (scorer = this.index.scorerOf(capability)));
    return scorer(query);
  }
}

/** Ids, ascending, of the needs that hold the capability or, with `pairs`, may take it in. */
export async function findAffectedNeeds(
  manager: EntityManager,
  capabilityId: string,
  pairs: OpenPairs | null,
  context: { readonly documents: DocumentCache; readonly limit: number },
): Promise<string[]> {
  const { documents, limit } = context;
  const affected: string[] = [];
  const texts = pairs && new TextComparison(pairs.index);
  for await (const page of readStandings(manager, capabilityId)) {
    for (const { needId, paired } of page) if (paired) affected.push(needId);
    if (pairs === null || texts === null) continue;
    const open = new Map(page.filter(({ paired }) => !paired).map((standing) => [standing.needId, standing]));
    const held = await documents.load(
      manager,
      [...open.values()].flatMap((standing) => standing.held),
    );
    await pairs.prepare([...open.keys()]);
    for (const need of await loadMatchNeeds(manager, [...open.keys()])) {
      const standing = open.get(need.id)!;
      if (!reads(pairs, texts, need, standing, { held, limit })) continue;
      const candidate = pairs.score(need);
      if (candidate === null) continue;
      if (standing.held.length < limit || candidate.score >= standing.least! - DRIFT) affected.push(need.id);
    }
  }
  return affected.sort();
}

/** Whether the text fits the need about as well as those of its matches, or there is room. */
function reads(
  { index, capability, queryOf }: OpenPairs,
  texts: TextComparison,
  need: MatchNeed,
  standing: Standing,
  { held, limit }: { readonly held: ReadonlyMap<string, MatchCapability>; readonly limit: number },
): boolean {
  if (standing.held.length < limit) return true;
  const query = index.weigh(queryOf(need));
  let worst = Number.POSITIVE_INFINITY;
  for (const id of standing.held) {
    const match = held.get(id);
    if (match) worst = Math.min(worst, texts.scoreOf(match, query));
  }
  return texts.scoreOf(capability, query) >= TEXT_SHARE * worst || !Number.isFinite(worst);
}
