import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Assignment, AssignmentInput } from '#libs/domain/assignment/assignment.js';
import { SolverStopped } from '../timetables/timetable-solver.js';
import { runAssignment } from './run-assignment.js';

const MAX_OLD_SPACE_MB = 1024;

/**
 * Computes who should meet whom in a thread each: 3,000 pairs of 400 people take most of a second. Where the compiled
 * entry is not beside this file (tests run the sources) this thread computes.
 */
@Injectable()
export class AssignmentSolver implements OnApplicationShutdown {
  private readonly threads = new Set<Worker>();
  private stopped = false;
  private entry = fileURLToPath(new URL('assignment-thread.js', import.meta.url));

  /** Uses this compiled entry for threads; for tests. */
  useEntry(entry: string): void {
    this.entry = entry;
  }

  async solve(input: AssignmentInput): Promise<Assignment> {
    if (!existsSync(this.entry)) return runAssignment(input);
    return new Promise((resolve, reject) => {
      if (this.stopped) throw new SolverStopped('The worker is being stopped');
      const resourceLimits = { maxOldGenerationSizeMb: MAX_OLD_SPACE_MB };
      const thread = new Worker(this.entry, { workerData: input, resourceLimits });
      this.threads.add(thread);
      thread.unref();
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => {
        this.threads.delete(thread);
        // Without effect when it has answered.
        reject(
          this.stopped
            ? new SolverStopped('The worker is being stopped')
            : new Error('The thread ended without an answer'),
        );
      });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.threads].map((thread) => thread.terminate()));
  }
}
