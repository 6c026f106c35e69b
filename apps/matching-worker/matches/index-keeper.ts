import type { EntityManager } from 'typeorm';
import { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import { BrokenSnapshot } from '#libs/domain/matching/index/snapshot-stream.js';
import {
  capabilityChangesSince,
  capabilityVersions,
  changedMoreThan,
} from '#libs/persistence/matching/capability-changes.js';
import { loadMatchCapabilities } from '#libs/persistence/matching/load-match-records.js';
import {
  lockStatistics,
  newestStatistics,
  readStatistics,
  writeStatistics,
  type NewestStatistics,
} from '#libs/persistence/matching/match-statistics.js';
import type { DocumentCache } from './document-cache.js';
import { readChunks, writeChunks } from './snapshot-file.js';

/** Documents read from the database at a time. */
const BATCH = 2000;
/** The common statistics are taken anew when more than this share of the corpus has changed. */
const STALE_SHARE = 0.1;

/** Keeps this process's capability index equal to the rows, and its statistics equal to everybody's. */
export class IndexKeeper {
  private index = new CapabilityIndex();
  /** Transactions before this one are in the index; null before the first filling. */
  private horizon: string | null = null;
  /** What had been committed at the last look. */
  private snapshot = '';
  /** Changes that the last look showed, by the transaction that made them: it may show them again. */
  private seen = new Map<string, string>();
  private savedGeneration = 0;

  constructor(
    private readonly documents: DocumentCache,
    /** Null keeps no snapshot. */
    private readonly snapshotFile: string | null,
    private readonly log: (message: string) => void,
  ) {}

  /** The index as the rows are now. Not to be called while a call is under way. */
  async refresh(manager: EntityManager): Promise<CapabilityIndex> {
    if (this.horizon === null) await this.open(manager);
    else await this.follow(manager, this.horizon);
    return this.index;
  }

  /**
   * Brings the index to the newest common statistics and returns their version. Takes them anew when there are none, when
   * more than a tenth of the corpus has changed, or, if `fresh`, when anything has. After a {@link refresh}.
   */
  async shareStatistics(manager: EntityManager, fresh: boolean): Promise<number> {
    const newest = await newestStatistics(manager);
    if (newest !== null && !(await isStale(manager, newest, fresh))) {
      if (await this.adopt(manager, newest.version)) return newest.version;
    }
    return manager.transaction(async (own) => {
      await lockStatistics(own);
      const meanwhile = await newestStatistics(own);
      if (
        meanwhile !== null &&
        meanwhile.version !== newest?.version &&
        (await this.adopt(own, meanwhile.version))
      )
        return meanwhile.version;
      await this.refresh(own);
      const version = Math.max(Date.now(), (meanwhile?.version ?? 0) + 1);
      const statistics = this.index.takeStatistics(version);
      await writeStatistics(own, statistics, this.snapshot);
      this.index.useStatistics(statistics);
      return version;
    });
  }

  /** Writes a snapshot when there was a merge since the last. Blocks. */
  save(): void {
    if (this.snapshotFile === null || this.index.generation === this.savedGeneration) return;
    try {
      writeChunks(this.snapshotFile, this.index.snapshot());
    } catch (error) {
      this.log(`The snapshot of the capability index could not be written: ${String(error)}`);
    }
    this.savedGeneration = this.index.generation;
  }

  /** False when these statistics have been replaced and deleted meanwhile. */
  private async adopt(manager: EntityManager, version: number): Promise<boolean> {
    if (this.index.statistics.version === version) return true;
    const statistics = await readStatistics(manager, version);
    if (statistics !== null) this.index.useStatistics(statistics);
    return statistics !== null;
  }

  /** From the snapshot, if there is a sound one, and a comparison with all rows. */
  private async open(manager: EntityManager): Promise<void> {
    const started = Date.now();
    this.load();
    const { horizon, snapshot } = await capabilityChangesSince(manager, null);
    const current = new Uint8Array(this.index.slotCount);
    const changed: string[] = [];
    for await (const page of capabilityVersions(manager)) {
      for (const { id, version } of page) {
        const slot = this.index.slotOf(id);
        if (slot !== undefined && this.index.versionOf(id) === version) current[slot] = 1;
        else changed.push(id);
      }
    }
    const gone = Array.from(current, (is, slot) => (is === 1 ? null : this.index.idAt(slot)));
    for (const id of gone) if (id !== null) this.index.remove(id);
    await this.read(manager, changed);
    this.index.freeze();
    [this.horizon, this.snapshot] = [horizon, snapshot];
    if (this.index.size >= BATCH)
      this.log(
        `Indexed ${this.index.size} capabilities, ${changed.length} of them anew, in ${Date.now() - started} ms`,
      );
  }

  private load(): void {
    if (this.snapshotFile === null) return;
    try {
      this.index = CapabilityIndex.load(readChunks(this.snapshotFile));
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return;
      // The rows are the truth: whatever is wrong with the file costs time only.
      const what =
        error instanceof BrokenSnapshot ? 'torn or of another version' : `unreadable (${String(error)})`;
      this.log(`The snapshot of the capability index is ${what}; it is built anew`);
    }
  }

  private async follow(manager: EntityManager, since: string): Promise<void> {
    const { horizon, snapshot, changes } = await capabilityChangesSince(manager, since);
    const fresh = changes.filter(({ id, xid }) => this.seen.get(id) !== xid).map(({ id }) => id);
    await this.read(manager, fresh);
    this.seen = new Map(changes.map(({ id, xid }) => [id, xid]));
    [this.horizon, this.snapshot] = [horizon, snapshot];
  }

  /** Makes the index hold these as the rows are now, and no more hold those that take no part. */
  private async read(manager: EntityManager, ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += BATCH) {
      const part = ids.slice(from, from + BATCH);
      const found = await loadMatchCapabilities(manager, part);
      const live = new Set(found.map(({ id }) => id));
      for (const id of part) {
        if (live.has(id)) continue;
        this.documents.delete(id);
        this.index.remove(id);
      }
      if (ids.length > BATCH) this.index.putPart(found);
      else for (const capability of found) this.index.put(capability);
      for (const capability of found) this.documents.put(capability);
    }
  }
}

async function isStale(manager: EntityManager, newest: NewestStatistics, fresh: boolean): Promise<boolean> {
  const limit = fresh ? 0 : Math.floor(STALE_SHARE * newest.documents);
  return changedMoreThan(manager, newest.takenSnapshot, limit);
}
