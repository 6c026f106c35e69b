import type { EntityManager } from 'typeorm';
import type { MatchCapability } from '#libs/domain/matching/match-types.js';
import { loadMatchCapabilities } from '#libs/persistence/matching/load-match-records.js';

/** Share thrown out at a time: finding the oldest costs a look at all. */
const EVICTED_SHARE = 0.1;

interface Held {
  readonly capability: MatchCapability;
  used: number;
}

/** The documents used last, so that ranking reads only the others from the database. */
export class DocumentCache {
  private readonly documents = new Map<string, Held>();
  private tick = 0;

  constructor(private readonly limit: number) {}

  put(capability: MatchCapability): void {
    this.tick += 1;
    this.documents.set(capability.id, { capability, used: this.tick });
    if (this.documents.size > this.limit) this.evict();
  }

  delete(id: string): void {
    this.documents.delete(id);
  }

  /** Those of `ids` that take part in matching, from memory or else as the rows are now. */
  async load(manager: EntityManager, ids: readonly string[]): Promise<Map<string, MatchCapability>> {
    this.tick += 1;
    const found = new Map<string, MatchCapability>();
    const missing: string[] = [];
    for (const id of ids) {
      const known = this.documents.get(id);
      if (known) {
        known.used = this.tick;
        found.set(id, known.capability);
      } else missing.push(id);
    }
    if (missing.length === 0) return found;
    for (const capability of await loadMatchCapabilities(manager, missing)) {
      found.set(capability.id, capability);
      this.put(capability);
    }
    return found;
  }

  private evict(): void {
    const ticks = Float64Array.from(this.documents.values(), ({ used }) => used).sort();
    const last = ticks[Math.ceil(EVICTED_SHARE * this.limit) - 1]!;
    for (const [id, { used }] of this.documents) if (used <= last) this.documents.delete(id);
  }
}
