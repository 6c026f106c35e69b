import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { jobTable, TAKES_ALL, type JobName, type QueueName, type RowJob } from '#libs/contracts/jobs.js';
import { CONFIG } from '../config-token.js';
import { openQueue, type OpenQueue } from './queue-backend.js';

/** Puts jobs into the queues. Call it after the transaction that wrote the row has committed. */
@Injectable()
export class JobQueue implements OnApplicationShutdown {
  private readonly logger = new Logger(JobQueue.name);
  private readonly queues = new Map<QueueName, OpenQueue>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Wakes the worker for rows. A failure is logged, not thrown: the sweep finds the rows again. */
  async wake(
    name: RowJob,
    ids: readonly string[],
    options: { readonly delayMs?: number } = {},
  ): Promise<void> {
    if (ids.length === 0) return;
    try {
      const delay = options.delayMs ?? 0;
      const calls = TAKES_ALL.includes(name) ? ids.slice(0, 1) : ids;
      await this.queue(jobTable[name].queue).addBulk(
        calls.map((id) => ({ name, data: { id }, opts: { jobId: id, delay } })),
      );
    } catch (error) {
      this.logger.error(
        `${ids.length} ${name} jobs were not queued; the sweep will find their rows: ${String(error)}`,
      );
    }
  }

  /** Repeats a job without a row every `everyMs`, once for all processes. */
  async repeat(name: JobName, everyMs: number): Promise<void> {
    await this.queue(jobTable[name].queue).upsertJobScheduler(name, { every: everyMs }, { name, data: {} });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    this.queues.clear();
  }

  private queue(name: QueueName): OpenQueue {
    let queue = this.queues.get(name);
    if (queue === undefined) {
      queue = openQueue(this.config, name);
      this.queues.set(name, queue);
    }
    return queue;
  }
}
