import type { EntityManager } from 'typeorm';
import {
  measureFrom,
  type Closeness,
  type PairCloseness,
} from '#libs/domain/matching/embedding/closeness.js';
import {
  loadVectors,
  sampleVectors,
  vectorSetInUse,
  type VectorSet,
} from '#libs/persistence/matching/text-embeddings.js';

/** Vectors kept in memory, in bytes. */
const KEPT_BYTES = 128 * 1024 * 1024;
/** Capabilities that show what is usual. */
const SAMPLE = 256;

interface Opened {
  readonly session: string;
  readonly set: VectorSet;
  readonly sample: readonly Float32Array[];
  readonly vectors: Map<string, Float32Array | null>;
  bytes: number;
}

type Measure = (capability: Float32Array) => number;

/** A need's closeness to the capabilities that were loaded. */
class LoadedCloseness implements Closeness {
  constructor(
    readonly model: string,
    private readonly measure: Measure | null,
    private readonly vectors: ReadonlyMap<string, Float32Array | null>,
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
  async closenessOf(needId: string): Promise<Closeness> {
    return (await this.closenessesOf([needId])).get(needId)!;
  }

  /** The same for several needs. */
  async closenessesOf(needIds: readonly string[]): Promise<Map<string, Closeness>> {
    const { set, sample, vectors } = this.opened;
    const needs = await loadVectors(this.manager, 'need', set, needIds);
    return new Map(
      needIds.map((id) => {
        const vector = needs.get(id);
        const measure = vector === undefined ? null : measureFrom(vector, sample);
        return [id, new LoadedCloseness(set.model, measure, vectors)];
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
      this.opened = { session, set, sample, vectors: new Map(), bytes: 0 };
    }
    return new SessionVectors(manager, this.opened);
  }
}
