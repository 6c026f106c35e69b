import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { openEmbeddingModel } from '#libs/persistence/matching/embedding-models.js';
import { anyUnembedded } from '#libs/persistence/matching/text-embeddings.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { JobWorker } from '#libs/platform/queue/job-worker.js';
import { EmbeddingEndpoint } from './embedding-endpoint.js';
import { embedTexts, isResting } from './embed-texts.js';

/** Looking takes at most this share of the time: on a large market it means reading through all records. */
const LOOKING_SHARE = 0.05;

/** The queue `embedding`, which waits for another service as long as it likes; without settings there is none. */
@Injectable()
export class EmbeddingJobs implements OnApplicationBootstrap {
  private nextLook = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly worker: JobWorker,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const settings = this.config.embeddings;
    if (settings === null) return;
    const { transactions, queue } = this;
    const context = {
      transactions,
      clock: () => this.clock.now(),
      endpoint: new EmbeddingEndpoint(settings),
      model: settings.model,
      batch: settings.batch,
    };
    const embed = async () => queue.wake('run-match', await embedTexts(context));
    await this.worker.start('embedding', { 'embed-texts': embed }, { concurrency: 1 });
  }

  /** Something was saved: its text is embedded in the background. */
  async wake(): Promise<void> {
    const id = await this.openId();
    if (id !== null) await this.queue.wake('embed-texts', [id]);
  }

  /** Finds what waits, also when a process died or the service was down. */
  async sweep(): Promise<void> {
    const started = Date.now();
    if (this.config.embeddings === null || started < this.nextLook) return;
    const waits = await anyUnembedded(this.transactions.manager, this.config.embeddings.model);
    this.nextLook = Date.now() + (Date.now() - started) / LOOKING_SHARE;
    if (waits) await this.wake();
  }

  /** Null when there is no service, or it is to be left alone for a while. */
  private async openId(): Promise<string | null> {
    if (this.config.embeddings === null) return null;
    const now = this.clock.now();
    const state = await openEmbeddingModel(this.transactions.manager, this.config.embeddings.model, now);
    return isResting(state, now) ? null : state.id;
  }
}
