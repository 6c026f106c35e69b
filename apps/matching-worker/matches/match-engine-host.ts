import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '#config/config.js';
import type { RankModel } from '#libs/domain/matching/learning/rank-model.js';
import type { MatchCandidate } from '#libs/domain/matching/match-types.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import {
  answerCall,
  type EngineCall,
  type EngineMethod,
  type EngineReply,
  type ThreadSettings,
} from './engine-messages.js';
import {
  LocalMatchEngine,
  type AffectedRequest,
  type MatchEngine,
  type PairRequest,
  type RankAnswer,
  type RankRequest,
  type TrainRequest,
} from './match-engine.js';
import type { SensesOfThread } from './sense-sharing.js';

/** The thread ended before it answered. */
class EngineLost extends Error {
  override readonly name = 'EngineLost';
}

/** Times a call is tried when the thread dies under it. */
const ATTEMPTS = 3;
/** The second thread holds a copy of the index: only of one whose snapshot is no larger (some 300,000 capabilities). */
const MOST_COPIED = 2 ** 30;
/** It is ended, and its memory given back, when nothing was asked of it for so long. */
const SECOND_IDLE_MS = 30_000;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** One thread and the calls it has not answered. */
class EngineThread {
  readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;
  alive = true;

  get busy(): boolean {
    return this.waiting.size > 0;
  }

  /** What it has read, for a thread that helps it. */
  senses: SensesOfThread | undefined;

  constructor(entry: string, settings: ThreadSettings, log: (message: string) => void) {
    this.worker = new Worker(entry, { workerData: settings });
    this.worker.on('message', (reply: EngineReply) => {
      if (reply.kind === 'log') log(reply.message);
      else if (reply.kind === 'senses') this.senses = reply.senses;
      else this.settle(reply);
    });
    this.worker.on('error', (error) => log(`The matching thread failed: ${String(error)}`));
    this.worker.on('exit', () => this.end());
    this.worker.unref();
  }

  ask(method: EngineMethod, request: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.alive) {
        reject(new EngineLost('The matching thread has ended'));
        return;
      }
      const call = (this.calls += 1);
      this.waiting.set(call, { resolve, reject });
      const message = { call, method, request } as EngineCall;
      this.worker.postMessage(message, []);
    });
  }

  private settle(reply: Exclude<EngineReply, { kind: 'log' | 'senses' }>): void {
    const waiting = this.waiting.get(reply.call);
    this.waiting.delete(reply.call);
    if (reply.kind === 'result') waiting?.resolve(reply.result);
    else waiting?.reject(new Error(reply.message));
  }

  private end(): void {
    this.alive = false;
    for (const call of this.waiting.values()) call.reject(new EngineLost('The matching thread ended'));
    this.waiting.clear();
  }
}

/**
 * The matching engine of this process, in a thread of its own with its own database connection, so that pages are served
 * while needs are ranked. Needs of a long run are ranked in a second one as well, which lives as long as the run. A thread
 * that dies is started again and asked again. Where the compiled entry is not beside this file (tests run the sources)
 * the engine runs in this thread.
 */
@Injectable()
export class MatchEngineHost implements MatchEngine, OnApplicationShutdown {
  private readonly logger = new Logger(MatchEngineHost.name);
  private readonly snapshotFile: string;
  private readonly embeddingModel: string | null;
  private entry = fileURLToPath(new URL('index-thread.js', import.meta.url));
  private thread: EngineThread | null = null;
  private second: EngineThread | null = null;
  private secondIdle: NodeJS.Timeout | null = null;
  private local: LocalMatchEngine | null = null;
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
  ) {
    this.snapshotFile = path.join(config.dataDir, 'index', 'capabilities.snapshot');
    this.embeddingModel = config.embeddings?.model ?? null;
  }

  rank(request: RankRequest): Promise<RankAnswer> {
    if (request.ofMany && this.thread?.busy === true && this.maySecond()) return this.rankBeside(request);
    return this.ask('rank', request) as Promise<RankAnswer>;
  }

  scorePair(request: PairRequest): Promise<MatchCandidate | null> {
    return this.ask('scorePair', request) as Promise<MatchCandidate | null>;
  }

  affectedNeeds(request: AffectedRequest): Promise<string[]> {
    return this.ask('affectedNeeds', request) as Promise<string[]>;
  }

  train(request: TrainRequest): Promise<RankModel> {
    return this.ask('train', request) as Promise<RankModel>;
  }

  /** Threads that hold an index now. */
  get threads(): number {
    return [this.thread, this.second].filter((thread) => thread?.alive === true).length;
  }

  /** Uses this compiled entry for the thread; for tests. */
  useEntry(entry: string): void {
    this.entry = entry;
  }

  /** Ends the threads at once, as a crash would. Calls under way are asked again of a new one. */
  async killThread(): Promise<void> {
    await Promise.all([this.thread?.worker.terminate(), this.second?.worker.terminate()]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.secondIdle !== null) clearTimeout(this.secondIdle);
    await this.killThread();
  }

  /** The second thread reads the snapshot that the first has written; one that is large is not held twice. */
  private maySecond(): boolean {
    if (this.stopped || this.config.matchingThreads < 2 || this.second?.busy === true) return false;
    const snapshot = statSync(this.snapshotFile, { throwIfNoEntry: false });
    return snapshot !== undefined && snapshot.size <= MOST_COPIED && existsSync(this.entry);
  }

  private async rankBeside(request: RankRequest): Promise<RankAnswer> {
    if (this.secondIdle !== null) clearTimeout(this.secondIdle);
    if (this.second?.alive !== true) this.second = this.start({ savesSnapshot: false });
    const { second } = this;
    try {
      return (await second.ask('rank', { ...request, senses: this.thread?.senses })) as RankAnswer;
    } catch (error) {
      if (!(error instanceof EngineLost) || this.stopped) throw error;
      this.logger.warn('The second matching thread ended; the first goes on alone');
      return (await this.ask('rank', request)) as RankAnswer;
    } finally {
      this.secondIdle = setTimeout(() => void this.endSecond(), SECOND_IDLE_MS);
      this.secondIdle.unref();
    }
  }

  private async endSecond(): Promise<void> {
    if (this.second?.busy === true) return;
    const { second } = this;
    this.second = null;
    await second?.worker.terminate();
  }

  private async ask(method: EngineMethod, request: EngineCall['request']): Promise<unknown> {
    if (!existsSync(this.entry)) return this.askHere(method, request);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.startThread().ask(method, request);
      } catch (error) {
        if (!(error instanceof EngineLost) || this.stopped || attempt === ATTEMPTS) throw error;
        this.logger.warn('The matching thread ended; it is started again');
      }
    }
  }

  private askHere(method: EngineMethod, request: EngineCall['request']): Promise<unknown> {
    const { snapshotFile, embeddingModel } = this;
    const log = (message: string) => this.logger.log(message);
    this.local ??= new LocalMatchEngine(this.transactions.manager, { snapshotFile, embeddingModel, log });
    return answerCall(this.local, { method, request });
  }

  private startThread(): EngineThread {
    if (this.stopped) throw new EngineLost('The matching engine is stopped');
    if (this.thread?.alive !== true) this.thread = this.start({ savesSnapshot: true });
    return this.thread;
  }

  private start({ savesSnapshot }: Pick<ThreadSettings, 'savesSnapshot'>): EngineThread {
    const databaseUrl = this.config.databaseUrl;
    if (databaseUrl === null) throw new Error('The matching engine needs a database');
    const { snapshotFile, embeddingModel } = this;
    const settings = { databaseUrl, snapshotFile, embeddingModel, savesSnapshot };
    return new EngineThread(this.entry, settings, (message) => this.logger.log(message));
  }
}
