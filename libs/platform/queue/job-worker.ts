import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { jobTable, type JobName, type JobPayload, type QueueName } from '#libs/contracts/jobs.js';
import { CONFIG } from '../config-token.js';
import { JobQueue } from './job-queue.js';
import { openWorker, type OpenWorker } from './queue-backend.js';

export type JobHandlers<Name extends JobName> = {
  readonly [N in Name]: (payload: JobPayload<N>) => Promise<void>;
};

interface StartOptions {
  readonly concurrency: number;
  /** Jobs to repeat, in milliseconds. */
  readonly repeat?: Partial<Record<JobName, number>>;
}

/** How long a worker may finish what it is at, in milliseconds: a match run or a slow mail server can take minutes. */
const FINISH_WITHIN_MS = 2_500;

/** Jobs that are not done in time are left: their rows are taken up again as after a crash. */
async function closeWithin(worker: OpenWorker): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, FINISH_WITHIN_MS);
  });
  await Promise.race([worker.close(), late]);
  clearTimeout(timer);
}

/** Runs the handlers of one queue. A queue must be given a handler for each of its jobs, or the process does not start. */
@Injectable()
export class JobWorker implements BeforeApplicationShutdown {
  private readonly logger = new Logger(JobWorker.name);
  private readonly workers: OpenWorker[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly queue: JobQueue,
  ) {}

  async start<Name extends JobName>(
    queue: QueueName,
    handlers: JobHandlers<Name>,
    options: StartOptions,
  ): Promise<void> {
    const missing = Object.entries(jobTable).filter(
      ([name, job]) => job.queue === queue && !(name in handlers),
    );
    if (missing.length > 0)
      throw new Error(`Queue ${queue} has no handler for ${missing.map(([n]) => n).join(', ')}.`);
    const worker = openWorker(
      this.config,
      queue,
      (job) => this.handle(job.name, job.data, handlers),
      options,
    );
    this.workers.push(worker);
    for (const [name, everyMs] of Object.entries(options.repeat ?? {})) {
      await this.queue.repeat(name as JobName, everyMs);
    }
    void worker
      .run()
      .catch((error: unknown) => this.logger.error(`Queue ${queue} stopped: ${String(error)}`));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.splice(0).map(closeWithin));
  }

  private async handle<Name extends JobName>(
    name: string,
    data: unknown,
    handlers: JobHandlers<Name>,
  ): Promise<void> {
    const handler = handlers[name as Name];
    const payload = jobTable[name as Name].payload.parse(data) as JobPayload<Name>;
    try {
      await handler(payload);
    } catch (error) {
      this.logger.error(
        `${name} ${JSON.stringify(data)} failed`,
        error instanceof Error ? error.stack : String(error),
      );
      throw error;
    }
  }
}
