import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, Logger, Optional, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { buildTimetable } from '#libs/domain/timetable/build-timetable.js';
import type { SearchLine } from '#libs/domain/timetable/exact/minimise-by-bounds.js';
import type { SolvedTimetable, SolveOptions } from '#libs/domain/timetable/solve-timetable.js';
import type { TimetableInput } from '#libs/domain/timetable/timetable.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { chooseAnswer, joinProgress } from './choose-answer.js';
import { runSolver } from './run-solver.js';
import type { SolverAnswer, SolverProgress, SolverReply, SolverTask } from './solver-messages.js';
import { SolverRace } from './solver-race.js';

/** More memory than this and the thread is given up; a timetable of 400 people takes a tenth of it. */
const MAX_OLD_SPACE_MB = 1024;

/** Work, in looks whether to stop, after which a timetable counts as hard: about a second. */
const HARD_AFTER = 2_000;

/** The process ends: the timetable is computed again by another. */
export class SolverStopped extends Error {
  override readonly name = 'SolverStopped';
}

export interface SolveRequest {
  readonly input: TimetableInput;
  /** Default: `possible`. */
  readonly demand?: SolveOptions['demand'];
  /** Seconds. */
  readonly limit: number;
  readonly onProgress: (progress: SolverProgress) => void;
  /** Aborted: the best found so far is the answer. */
  readonly signal?: AbortSignal;
}

/**
 * Solves timetables in threads of their own, so that everything else goes on meanwhile. One that is hard is solved in two
 * ways at once where there are two cores (`MATCHING_THREADS`). When the threads die the answer is the constructive
 * timetable. Where the compiled entry is not beside this file (tests run the sources) this thread solves, in one way.
 */
@Injectable()
export class TimetableSolver implements OnApplicationShutdown {
  private readonly logger = new Logger(TimetableSolver.name);
  private readonly threads = new Set<Worker>();
  private stopped = false;
  private hardAfter = HARD_AFTER;
  private entry = fileURLToPath(new URL('solver-thread.js', import.meta.url));

  /** Without a configuration, as in tests and benchmarks: two lines. */
  constructor(@Optional() @Inject(CONFIG) private readonly config?: Config) {}

  /** Uses this compiled entry for threads, and the second after so many looks; for tests. */
  useEntry(entry: string, hardAfter: number = HARD_AFTER): void {
    this.entry = entry;
    this.hardAfter = hardAfter;
  }

  async solve({ input, demand, limit, onProgress, signal }: SolveRequest): Promise<SolvedTimetable> {
    const race = new SolverRace();
    const stop = () => race.stop();
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    const began = Date.now();
    const { hardAfter } = this;
    const task = { input, demand: demand ?? 'possible', limit, began, hardAfter, race: race.shared } as const;
    try {
      if (existsSync(this.entry)) return await this.inTwoWays(task, onProgress);
      const tell = (reply: SolverReply) => {
        if (reply.kind === 'progress') onProgress(reply.progress);
      };
      return (await runSolver({ ...task, line: 'steady' }, tell)).solved;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Ends all threads at once, as a crash would. */
  async killThreads(): Promise<void> {
    await Promise.all([...this.threads].map((thread) => thread.terminate()));
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.killThreads();
  }

  private async inTwoWays(
    task: Omit<SolverTask, 'line'>,
    onProgress: (progress: SolverProgress) => void,
  ): Promise<SolvedTimetable> {
    const latest = new Map<SearchLine, SolverProgress>();
    let second: Promise<SolverAnswer | null> | null = null;
    const hear = (line: SearchLine) => (reply: SolverReply) => {
      if (reply.kind === 'hard' && (this.config?.matchingThreads ?? 2) > 1)
        second = this.ask({ ...task, line: 'hasty' }, hear('hasty'));
      if (reply.kind !== 'progress') return;
      latest.set(line, reply.progress);
      const [one, two] = [latest.get('steady'), latest.get('hasty') ?? null];
      // The patient line may have nothing to show yet.
      onProgress(one === undefined ? reply.progress : joinProgress(one, two));
    };
    const first = await this.ask({ ...task, line: 'steady' }, hear('steady'));
    // A proof ahead of it ends the second line as soon as it has done as much work.
    const other = await (second as Promise<SolverAnswer | null> | null);
    if (first !== null && other !== null) return chooseAnswer(task.input, first, other);
    const only = first ?? other;
    if (only === null && this.stopped) throw new SolverStopped('The worker is being stopped');
    return only?.solved ?? constructed(task.input);
  }

  /** The answer of one line; null when its thread dies. */
  private ask(task: SolverTask, hear: (reply: SolverReply) => void): Promise<SolverAnswer | null> {
    if (this.stopped) return Promise.resolve(null);
    return new Promise((resolve) => {
      const resourceLimits = { maxOldGenerationSizeMb: MAX_OLD_SPACE_MB };
      const thread = new Worker(this.entry, { workerData: task, resourceLimits });
      this.threads.add(thread);
      thread.unref();
      thread.on('message', (reply: SolverReply) => {
        if (reply.kind === 'solved') resolve(reply);
        else hear(reply);
      });
      thread.on('error', (error) => this.logger.error(`The timetable thread failed: ${String(error)}`));
      thread.on('exit', () => {
        this.threads.delete(thread);
        resolve(null);
      });
    });
  }
}

function constructed(input: TimetableInput): SolvedTimetable {
  const timetable = buildTimetable(input);
  return { status: 'gap', timetable, goal: 'satisfaction', lower: null, upper: null, reasons: [] };
}
