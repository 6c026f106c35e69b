import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Client } from 'pg';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { connectClient } from '#libs/platform/database/connect-client.js';

type Listener = () => void;

const RECONNECT_MS = 2_000;

/**
 * Tells who looks at the web application that something new came for them: one connection of this process waits for
 * PostgreSQL's notices on the channel `in_app`, whichever process wrote. It is opened by the first who looks.
 */
@Injectable()
export class MessageStream implements OnModuleDestroy {
  private readonly logger = new Logger(MessageStream.name);
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly endings = new Set<() => void>();
  private client: Promise<Client | null> | null = null;
  private stopped = false;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Calls `listener` when something may be new for a person; answers how to stop. `end` is called at shutdown. */
  listen(personId: string, listener: Listener, end: () => void): () => void {
    const own = this.listeners.get(personId) ?? new Set();
    own.add(listener);
    this.listeners.set(personId, own);
    this.endings.add(end);
    this.client ??= this.connect();
    return () => {
      own.delete(listener);
      this.endings.delete(end);
      if (own.size === 0) this.listeners.delete(personId);
    };
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    for (const end of this.endings) end();
    const client = await this.client;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<Client | null> {
    if (this.stopped || this.config.databaseUrl === null) return null;
    try {
      const client = await connectClient({ connectionString: this.config.databaseUrl, keepAlive: true });
      client.on('notification', ({ payload }) => this.tell(payload ?? '*'));
      client.on('end', () => this.connectLater());
      await client.query('LISTEN in_app');
      // What came between two connections was told to nobody.
      this.tell('*');
      return client;
    } catch (error) {
      this.logger.warn(`No notices of new messages: ${String(error)}`);
      this.connectLater();
      return null;
    }
  }

  private connectLater(): void {
    this.client = null;
    if (this.stopped) return;
    setTimeout(() => {
      if (this.listeners.size > 0) this.client ??= this.connect();
    }, RECONNECT_MS).unref();
  }

  private tell(payload: string): void {
    const people = payload === '*' ? [...this.listeners.keys()] : payload.split(',');
    for (const person of people) for (const listener of this.listeners.get(person) ?? []) listener();
  }
}
