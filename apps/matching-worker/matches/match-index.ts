import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import type { MatchCapability } from '#libs/domain/matching/match-types.js';
import {
  loadCapabilityVersions,
  loadMatchCapabilities,
} from '#libs/persistence/matching/load-match-records.js';

const BATCH = 2000;

/** The capabilities in this process's memory, brought up to date from the rows before each use. */
@Injectable()
export class MatchIndex {
  private readonly index = new CapabilityIndex();
  /** Every document of the index. */
  readonly documents = new Map<string, MatchCapability>();
  private running: Promise<CapabilityIndex> = Promise.resolve(this.index);

  /** The index as the rows are now. Calls wait for each other, so that a record is read once. */
  refresh(manager: EntityManager): Promise<CapabilityIndex> {
    this.running = this.running.catch(() => this.index).then(() => this.update(manager));
    return this.running;
  }

  private async update(manager: EntityManager): Promise<CapabilityIndex> {
    const wanted = await loadCapabilityVersions(manager);
    for (const id of [...this.documents.keys()].filter((known) => !wanted.has(known))) {
      this.index.remove(id);
      this.documents.delete(id);
    }
    const changed = [...wanted]
      .filter(([id, version]) => this.documents.get(id)?.version !== version)
      .map(([id]) => id);
    for (let from = 0; from < changed.length; from += BATCH) {
      for (const capability of await loadMatchCapabilities(manager, changed.slice(from, from + BATCH))) {
        this.index.put(capability);
        this.documents.set(capability.id, capability);
      }
    }
    return this.index;
  }
}
