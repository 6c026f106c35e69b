import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { matchNeed } from '#libs/domain/matching/match-need.js';
import type { MatchCandidate, MatchNeed } from '#libs/domain/matching/match-types.js';
import { waitingQuestions } from '#libs/persistence/matching/answer-match-question.js';
import { loadModeMapping } from '#libs/persistence/matching/load-match-records.js';
import { waitingMatching } from '#libs/persistence/matching/waiting-matching.js';
import { waitingTimetables } from '#libs/persistence/meetings/waiting-timetables.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { JobWorker, type JobHandlers } from '#libs/platform/queue/job-worker.js';
import { runImport } from './imports/run-import.js';
import { answerQuestion } from './matches/answer-question.js';
import { MatchIndex } from './matches/match-index.js';
import { MIN_SCORE, runMatch } from './matches/run-match.js';
import { TimetableHandlers } from './timetables/timetable-handlers.js';

type MatchingJob =
  'run-match' | 'answer-match-question' | 'import-batch' | 'build-timetable' | 'sweep-matching';

/** The handlers of queue `matching`. */
@Injectable()
class MatchingHandlers {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly index: MatchIndex,
    private readonly timetables: TimetableHandlers,
  ) {}

  all(): JobHandlers<MatchingJob> {
    return {
      'run-match': ({ id }) =>
        runMatch(
          {
            transactions: this.transactions,
            clock: () => this.clock.now(),
            refresh: (manager) => this.index.refresh(manager),
            documents: (capabilityId) => this.index.documents.get(capabilityId),
          },
          id,
        ),
      'answer-match-question': ({ id }) =>
        answerQuestion(
          {
            transactions: this.transactions,
            clock: () => this.clock.now(),
            scorePair: (need, capabilityId) => this.scorePair(need, capabilityId),
            minScore: MIN_SCORE,
          },
          id,
        ),
      'import-batch': async ({ id }) => {
        await this.queue.wake('run-match', await runImport(this.transactions, id, this.clock.now()));
      },
      'build-timetable': (payload) => this.timetables['build-timetable'](payload),
      'sweep-matching': () => this.sweep(),
    };
  }

  /** The engine's word on one pair, by the same functions as a run. */
  private async scorePair(need: MatchNeed, capabilityId: string): Promise<MatchCandidate | null> {
    const { manager } = this.transactions;
    const index = await this.index.refresh(manager);
    const only = (id: string) => (id === capabilityId ? this.index.documents.get(id) : undefined);
    const modeMapping = await loadModeMapping(manager);
    return matchNeed(need, index, only, { now: this.clock.now(), modeMapping, limit: 1 })[0] ?? null;
  }

  /** Offers rows that still wait to the queue again: nothing is lost when a process died between commit and wake. */
  private async sweep(): Promise<void> {
    const manager = this.transactions.manager;
    const waiting = await waitingMatching(manager);
    await this.queue.wake('run-match', waiting.runs);
    await this.queue.wake('import-batch', waiting.imports);
    await this.queue.wake('answer-match-question', await waitingQuestions(manager));
    await this.queue.wake('build-timetable', await waitingTimetables(manager));
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

export const matchingProviders = [MatchIndex, MatchingHandlers, MatchingJobs];
