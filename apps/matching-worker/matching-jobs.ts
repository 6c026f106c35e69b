import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import { waitingQuestions } from '#libs/persistence/matching/answer-match-question.js';
import { queueExpiredCapabilities } from '#libs/persistence/matching/queue-expired-capabilities.js';
import { queueUpgradeRun } from '#libs/persistence/matching/queue-upgrade-run.js';
import { waitingModels } from '#libs/persistence/matching/match-model-rows.js';
import { rereadIndicators } from '#libs/persistence/market/reread-indicators.js';
import { waitingMatching } from '#libs/persistence/matching/waiting-matching.js';
import { digestDay, writeMatchDigests } from '#libs/persistence/matching/write-match-digests.js';
import { waitingAssignments } from '#libs/persistence/meetings/assignment-rows.js';
import { waitingTimetables } from '#libs/persistence/meetings/waiting-timetables.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { JobWorker, type JobHandlers } from '#libs/platform/queue/job-worker.js';
import { AssignmentHandlers } from './assignments/assignment-handlers.js';
import { EmbeddingJobs } from './embeddings/embedding-jobs.js';
import { findDuplicates } from './duplicates/find-duplicates.js';
import { beginTraining, trainingDay } from './models/auto-train.js';
import { trainModel } from './models/train-model.js';
import { runImport } from './imports/run-import.js';
import { answerQuestion } from './matches/answer-question.js';
import { MatchEngineHost } from './matches/match-engine-host.js';
import { MIN_SCORE, runMatch } from './matches/run-match.js';
import { TimetableHandlers } from './timetables/timetable-handlers.js';

type MatchingJob =
  | 'run-match'
  | 'answer-match-question'
  | 'train-match-model'
  | 'import-batch'
  | 'build-timetable'
  | 'assign-pairs'
  | 'sweep-matching';

/** Indicators read again in one transaction, and transactions in one sweep: a second of work. */
const REREAD_BATCH = 500;
const REREAD_BATCHES = 20;

/** The handlers of queue `matching`. */
@Injectable()
class MatchingHandlers {
  /** Day of the last digest of new matches that this process saw to. */
  private digestWritten: string | null = null;
  /** Whether this process has seen that no indicator is left of an earlier reader. */
  private allReread = false;
  /** Whether this process has looked whether the model in use has scored everything. */
  private modelLooked = false;
  /** Day for which this process has looked whether there is enough to learn from. */
  private trainingLooked: string | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly engine: MatchEngineHost,
    private readonly timetables: TimetableHandlers,
    private readonly assignments: AssignmentHandlers,
    private readonly embeddings: EmbeddingJobs,
  ) {}

  all(): JobHandlers<MatchingJob> {
    return {
      'run-match': async ({ id }) => {
        await this.embeddings.wake();
        await findDuplicates(this.transactions, id);
        await runMatch(
          {
            transactions: this.transactions,
            clock: () => this.clock.now(),
            engine: this.engine,
          },
          id,
        );
      },
      'answer-match-question': ({ id }) =>
        answerQuestion(
          {
            transactions: this.transactions,
            clock: () => this.clock.now(),
            scorePair: (need, capabilityId) =>
              this.engine.scorePair({ need, capabilityId, now: this.clock.now() }),
            minScore: MIN_SCORE,
          },
          id,
        ),
      'train-match-model': ({ id }) =>
        trainModel(
          {
            transactions: this.transactions,
            clock: () => this.clock.now(),
            train: (request) => this.engine.train(request),
          },
          id,
        ),
      'import-batch': async ({ id }) => {
        await this.queue.wake('run-match', await runImport(this.transactions, id, this.clock.now()));
      },
      'build-timetable': (payload) => this.timetables['build-timetable'](payload),
      'assign-pairs': (payload) => this.assignments['assign-pairs'](payload),
      'sweep-matching': () => this.sweep(),
    };
  }

  /** Offers rows that still wait to the queue again: nothing is lost when a process died between commit and wake. */
  private async sweep(): Promise<void> {
    const manager = this.transactions.manager;
    const waiting = await waitingMatching(manager);
    const today = shanghaiDay(this.clock.now());
    await this.queue.wake('run-match', [
      ...waiting.runs,
      ...(await queueExpiredCapabilities(manager, today)),
      ...(await this.followUpgrade()),
    ]);
    await this.queue.wake('import-batch', waiting.imports);
    await this.queue.wake('answer-match-question', await waitingQuestions(manager));
    await this.queue.wake('train-match-model', await waitingModels(manager));
    await this.queue.wake('build-timetable', await waitingTimetables(manager));
    await this.queue.wake('assign-pairs', await waitingAssignments(manager));
    await this.reread();
    await this.embeddings.sweep();
    await this.learn();
    await this.writeDigests();
  }

  /** The model in use changes by an upgrade before this process starts, or by a person, who has everything matched anew. */
  private async followUpgrade(): Promise<string[]> {
    if (this.modelLooked) return [];
    this.modelLooked = true;
    return this.transactions.run(({ manager }) => queueUpgradeRun(manager));
  }

  /** After an upgrade: indicators that an earlier reader made of their words, some at each sweep. */
  private async reread(): Promise<void> {
    if (this.allReread) return;
    for (let batch = 0; batch < REREAD_BATCHES; batch += 1) {
      const runs = await this.transactions.run(({ manager }) => rereadIndicators(manager, REREAD_BATCH));
      this.allReread = runs === null;
      if (runs === null) return;
      await this.queue.wake('run-match', runs);
    }
  }

  /** Once a day: learns from new answers, if there are enough. */
  private async learn(): Promise<void> {
    const now = this.clock.now();
    if (!this.config.autoTrain || this.trainingLooked === trainingDay(now)) return;
    const model = await beginTraining(this.transactions, now);
    this.trainingLooked = trainingDay(now);
    if (model !== null) await this.queue.wake('train-match-model', [model]);
  }

  /** Once a day and process, when no match run is under way; what another process wrote is not written again. */
  private async writeDigests(): Promise<void> {
    const now = this.clock.now();
    const { day } = digestDay(now);
    if (this.digestWritten === day) return;
    const mails = await this.transactions.run(({ manager }) => writeMatchDigests(manager, now));
    if (mails === null) return;
    this.digestWritten = day;
    await this.queue.wake('send-notification', mails);
  }
}

/** Starts the worker of queue `matching` when the process is up. */
@Injectable()
class MatchingJobs implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly worker: JobWorker,
    private readonly handlers: MatchingHandlers,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start('matching', this.handlers.all(), {
      concurrency: this.config.matchingConcurrency,
      repeat: { 'sweep-matching': this.config.sweepMs },
    });
  }
}

export const matchingProviders = [MatchEngineHost, EmbeddingJobs, MatchingHandlers, MatchingJobs];
