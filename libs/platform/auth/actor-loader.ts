import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '#libs/domain/access/actor.js';
import { loadActors } from '#libs/persistence/identity/load-actor.js';

/** Queries at a time, and sessions in one. */
const LINES = 2;
const MOST = 200;

interface Waiting {
  readonly tokenHash: string;
  readonly resolve: (actor: Actor | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Loads who makes a request. Requests that come while others are looked up share the next query: in a rush a query for
 * each would take longer than what they ask for. None joins a query that has begun, so each sees its session as it is.
 */
@Injectable()
export class ActorLoader {
  private readonly waiting: Waiting[] = [];
  private lines = 0;

  constructor(private readonly dataSource: DataSource) {}

  /** Null when there is no live session of that token. */
  load(tokenHash: string): Promise<Actor | null> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ tokenHash, resolve, reject });
      if (this.lines < LINES) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.lines += 1;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MOST);
      try {
        const hashes = [...new Set(batch.map(({ tokenHash }) => tokenHash))];
        const actors = await loadActors(this.dataSource.manager, hashes);
        for (const { tokenHash, resolve } of batch) resolve(actors.get(tokenHash) ?? null);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.lines -= 1;
  }
}
