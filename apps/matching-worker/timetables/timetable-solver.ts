import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { buildTimetable } from '#libs/domain/timetable/build-timetable.js';
import type { SolvedTimetable } from '#libs/domain/timetable/solve-timetable.js';
import type { TimetableInput } from '#libs/domain/timetable/timetable.js';
import { runSolver } from './run-solver.js';
import type { SolverProgress, SolverReply, SolverTask } from './solver-messages.js';

/** More memory than this and the thread is given up; a timetable of 400 people takes a tenth of it. */
const MAX_OLD_SPACE_MB = 1024;

/** The process ends: the timetable is computed again by another. */
export class SolverStopped extends Error {
  override readonly name = 'SolverStopped';
}

export interface SolveRequest {
  readonly input: TimetableInput;
  /** Seconds. */
  readonly limit: number;
  readonly onProgress: (progress: SolverProgress) => void;
  /** Aborted: the best found so far is the answer. */
  readonly signal?: AbortSignal;
}

/**
 * Solves timetables in a thread each, so that everything else goes on meanwhile. When a thread dies the answer is the
 * constructive timetable. Where the compiled entry is not beside this file (tests run the sources) this thread solves.
 */
@Injectable()
export class TimetableSolver implements OnApplicationShutdown {
  private readonly logger = new Logger(TimetableSolver.name);
  private readonly threads = new Set<Worker>();
  private stopped = false;
  private entry = fileURLToPath(new URL('solver-thread.js', import.meta.url));

  /** Uses this compiled entry for threads; for tests. */
  useEntry(entry: string): void {
    this.entry = entry;
  }

  async solve({ input, limit, onProgress, signal }: SolveRequest): Promise<SolvedTimetable> {
    const task: SolverTask = { input, limit, stop: new Int32Array(new SharedArrayBuffer(4)) };
    const stop = () => Atomics.store(task.stop, 0, 1);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      if (!existsSync(this.entry)) return await runSolver(task, onProgress);
      return await this.ask(task, onProgress);
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

  private ask(task: SolverTask, onProgress: (progress: SolverProgress) => void): Promise<SolvedTimetable> {
    return new Promise((resolve, reject) => {
      if (this.stopped) throw new SolverStopped('The worker is being stopped');
      const resourceLimits = { maxOldGenerationSizeMb: MAX_OLD_SPACE_MB };
      const thread = new Worker(this.entry, { workerData: task, resourceLimits });
      this.threads.add(thread);
      thread.unref();
      let answered = false;
      thread.on('message', (reply: SolverReply) => {
        if (reply.kind === 'progress') onProgress(reply.progress);
        else {
          answered = true;
          resolve(reply.solved);
        }
      });
      thread.on('error', (error) => this.logger.error(`The timetable thread failed: ${String(error)}`));
      thread.on('exit', () => {
        this.threads.delete(thread);
        if (answered) return;
        if (this.stopped) reject(new SolverStopped('The worker is being stopped'));
        else resolve(constructed(task.input));
      });
    });
  }
}

function constructed(input: TimetableInput): SolvedTimetable {
  const timetable = buildTimetable(input);
  return { status: 'gap', timetable, goal: 'satisfaction', lower: null, upper: null, reasons: [] };
}
