import type { EntityManager } from 'typeorm';
import type { MatchCapability } from '#libs/domain/matching/match-types.js';
import { loadMatchCapabilities } from '#libs/persistence/matching/load-match-records.js';

/** The documents used last, so that ranking reads only the others from the database. */
export class DocumentCache {
  /** Oldest use first. */
  private readonly documents = new Map<string, MatchCapability>();

  constructor(private readonly limit: number) {}

  put(capability: MatchCapability): void {
    this.documents.delete(capability.id);
    this.documents.set(capability.id, capability);
    if (this.documents.size <= this.limit) return;
    for (const oldest of this.documents.keys()) {
      this.documents.delete(oldest);
      return;
    }
  }

  delete(id: string): void {
    this.documents.delete(id);
  }

  /** Those of `ids` that take part in matching, from memory or else as the rows are now. */
  async load(manager: EntityManager, ids: readonly string[]): Promise<Map<string, MatchCapability>> {
    const found = new Map<string, MatchCapability>();
    const missing: string[] = [];
    for (const id of ids) {
      const known = this.documents.get(id);
      if (known) found.set(id, known);
      else missing.push(id);
    }
    if (missing.length > 0)
      for (const capability of await loadMatchCapabilities(manager, missing))
        found.set(capability.id, capability);
    for (const capability of found.values()) this.put(capability);
    return found;
  }
}
