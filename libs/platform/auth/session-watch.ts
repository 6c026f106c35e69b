import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { liveSessions } from '#libs/persistence/identity/sessions.js';

const LOOK_MS = 2_000;

/**
 * Ends what stays open for longer than a request (server-sent events) when its session does: signed out, revoked,
 * expired, or its person disabled. One look at the database for all of them, none while nothing is open.
 */
@Injectable()
export class SessionWatch implements OnModuleDestroy {
  private readonly open = new Map<string, Set<() => void>>();
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(private readonly dataSource: DataSource) {}

  /** Calls `end` within seconds of the session's end; answers how to stop watching. */
  watch(sessionId: string, end: () => void): () => void {
    const own = this.open.get(sessionId) ?? new Set();
    own.add(end);
    this.open.set(sessionId, own);
    this.lookLater();
    return () => {
      own.delete(end);
      if (own.size === 0 && this.open.get(sessionId) === own) this.open.delete(sessionId);
    };
  }

  onModuleDestroy(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private lookLater(): void {
    if (this.stopped || this.timer !== null || this.open.size === 0) return;
    this.timer = setTimeout(() => void this.look(), LOOK_MS).unref();
  }

  private async look(): Promise<void> {
    const ids = [...this.open.keys()];
    try {
      const live = await liveSessions(this.dataSource.manager, ids);
      for (const id of ids) if (!live.has(id)) for (const end of this.open.get(id) ?? []) end();
    } catch {
      // A database that is away for a moment is no reason to end anything.
    }
    this.timer = null;
    this.lookLater();
  }
}
