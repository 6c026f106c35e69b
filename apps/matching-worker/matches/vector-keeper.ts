import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import {
  measureFrom,
  type Closeness,
  type PairCloseness,
} from '#libs/domain/matching/embedding/closeness.js';
import { meanVector, SignCodes } from '#libs/domain/matching/embedding/sign-codes.js';
import {
  loadVectors,
  sampleVectors,
  vectorSetInUse,
  vectorsSince,
  type VectorSet,
} from '#libs/persistence/matching/text-embeddings.js';

/** Vectors kept in memory, in bytes. */
const KEPT_BYTES = 128 * 1024 * 1024;
/** Capabilities that show what is usual. */
const SAMPLE = 256;
/** Capabilities rated because their vectors seem nearest, whatever their words. */
const NEAREST = 50;
/** Vectors read at a time when the signs of all of them are taken. */
const PAGE = 2000;
/** What was stored shortly before the newest may have been committed after it. */
const LATE_MS = 60_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

interface Opened {
  readonly session: string;
  readonly set: VectorSet;
  readonly sample: readonly Float32Array[];
  readonly vectors: Map<string, Float32Array | null>;
  readonly codes: SignCodes;
  bytes: number;
}

type Measure = (capability: Float32Array) => number;

/** A need's closeness to the capabilities that were loaded. */
class LoadedCloseness implements Closeness {
  constructor(
    readonly model: string,
    private readonly measure: Measure | null,
    private readonly vectors: ReadonlyMap<string, Float32Array | null>,
    /** Ids of the capabilities that seem nearest by their vectors. */
    readonly nearest: () => string[],
  ) {}

  of(capabilityId: string): number {
    const vector = this.vectors.get(capabilityId) ?? null;
    return vector === null || this.measure === null ? Number.NaN : this.measure(vector);
  }
}

/** The stored vectors of one session, read as they are needed; what is embedded meanwhile counts from the next session on. */
export class SessionVectors {
  constructor(
    private readonly manager: EntityManager,
    private readonly opened: Opened,
  ) {}

  /** The need's closeness; to capabilities that {@link load} has read before it is asked. */
  async closenessOf(needId: string): Promise<LoadedCloseness> {
    return (await this.closenessesOf([needId])).get(needId)!;
  }

  /** The same for several needs. */
  async closenessesOf(needIds: readonly string[]): Promise<Map<string, LoadedCloseness>> {
    const { set, sample, vectors, codes } = this.opened;
    const needs = await loadVectors(this.manager, 'need', set, needIds);
    return new Map(
      needIds.map((id) => {
        const vector = needs.get(id);
        const measure = vector === undefined ? null : measureFrom(vector, sample);
        const nearest = () => (vector === undefined ? [] : codes.nearest(vector, NEAREST));
        return [id, new LoadedCloseness(set.model, measure, vectors, nearest)];
      }),
    );
  }

  /** Closeness of pairs, NaN where unknown; all are read at once. */
  async closenessOfPairs(
    pairs: readonly { readonly needId: string; readonly capabilityId: string }[],
  ): Promise<PairCloseness> {
    const needs = await this.closenessesOf([...new Set(pairs.map(({ needId }) => needId))]);
    await this.load([...new Set(pairs.map(({ capabilityId }) => capabilityId))]);
    return {
      model: this.opened.set.model,
      of: (needId, capabilityId) => needs.get(needId)?.of(capabilityId) ?? Number.NaN,
    };
  }

  async load(capabilityIds: readonly string[]): Promise<void> {
    const { opened } = this;
    if (opened.bytes > KEPT_BYTES) {
      opened.vectors.clear();
      opened.bytes = 0;
    }
    const missing = capabilityIds.filter((id) => !opened.vectors.has(id));
    if (missing.length === 0) return;
    const found = await loadVectors(this.manager, 'capability', opened.set, missing);
    for (const id of missing) {
      const vector = found.get(id) ?? null;
      opened.vectors.set(id, vector);
      opened.bytes += vector?.byteLength ?? 0;
    }
  }
}

/** Opens the stored vectors; where no service is configured there are none. */
export class VectorKeeper {
  private opened: Opened | null = null;
  private set: VectorSet | null = null;
  private codes: SignCodes | null = null;
  private codesOf: string | null = null;
  /** When the newest vector in the codes was stored. */
  private newest = 0;

  constructor(private readonly configuredModel: string | null) {}

  /** Null when there are no vectors to rank by. */
  async open(manager: EntityManager, session: string): Promise<SessionVectors | null> {
    if (this.configuredModel === null) return null;
    if (this.opened?.session !== session) {
      // Once the model's own vectors serve they always will; to count them takes long on a large market.
      if (this.set?.model !== this.configuredModel)
        this.set = await vectorSetInUse(manager, this.configuredModel);
      const { set } = this;
      if (set === null) return null;
      const sample = await sampleVectors(manager, set, SAMPLE);
      const codes = await this.follow(manager, set, sample);
      this.opened = { session, set, sample, codes, vectors: new Map(), bytes: 0 };
    }
    return new SessionVectors(manager, this.opened);
  }

  /** The signs of all vectors of the set; those of vectors stored since the last look are taken anew. */
  private async follow(
    manager: EntityManager,
    set: VectorSet,
    sample: readonly Float32Array[],
  ): Promise<SignCodes> {
    const mean = sample.length > 0 ? meanVector(sample) : new Float32Array(set.dimensions);
    // Another mean would be another code: two processes must find the same.
    if (this.codes === null || this.codesOf !== set.model || !isDeepStrictEqual(this.codes.mean, mean)) {
      this.codes = new SignCodes(mean);
      this.codesOf = set.model;
      this.newest = 0;
    }
    const since = this.newest === 0 ? null : new Date(this.newest - LATE_MS);
    for (let after = NO_ID; ;) {
      const page = await vectorsSince(manager, set, { since, after, limit: PAGE });
      for (const { id, vector, embeddedAt } of page) {
        this.codes.put(id, vector);
        this.newest = Math.max(this.newest, embeddedAt.getTime());
      }
      if (page.length < PAGE) break;
      after = page.at(-1)!.id;
    }
    return this.codes;
  }
}
