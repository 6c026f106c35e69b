import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { admitBatch, type Admission, type AdmissionRequest } from './admit-batch.js';

interface Waiting {
  readonly request: AdmissionRequest;
  readonly resolve: (admission: Admission) => void;
  readonly reject: (error: unknown) => void;
}

const BATCH = 100;

/** So many in one transaction are a rush: seats come first, and their mails leave with the next sweep of the outbox. */
const RUSH = 16;

/**
 * Where registrations queue up, one line per event. Seats of an event are given one transaction after the other, so
 * that under a rush each transaction's lock and commit would be paid per person; the desk takes all who arrived while
 * the last transaction ran into the next. Somebody who comes alone waits for nobody.
 */
@Injectable()
export class AdmissionDesk {
  private readonly lines = new Map<string, Waiting[]>();

  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** Registers somebody; throws AppError when they may not be. */
  admit(request: AdmissionRequest): Promise<Admission> {
    return new Promise((resolve, reject) => {
      const waiting = { request, resolve, reject };
      const line = this.lines.get(request.eventId);
      if (line !== undefined) {
        line.push(waiting);
        return;
      }
      const fresh = [waiting];
      this.lines.set(request.eventId, fresh);
      void this.serve(request.eventId, fresh);
    });
  }

  private async serve(eventId: string, line: Waiting[]): Promise<void> {
    while (line.length > 0) await this.serveBatch(eventId, line.splice(0, BATCH));
    this.lines.delete(eventId);
  }

  private async serveBatch(eventId: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.transact(
        eventId,
        batch.map((waiting) => waiting.request),
      );
      batch.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index]!;
        if (outcome instanceof AppError) reject(outcome);
        else resolve(outcome);
      });
    } catch (error) {
      // One row that the database refuses must not cost the others their place.
      if (batch.length === 1) batch[0]!.reject(error);
      else for (const waiting of batch) await this.serveBatch(eventId, [waiting]);
    }
  }

  private transact(
    eventId: string,
    requests: readonly AdmissionRequest[],
  ): Promise<readonly (Admission | AppError)[]> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const { outcomes, wake } = await admitBatch(manager, eventId, requests, () => this.clock.now());
      // Not awaited: the next in line need not wait for the queue.
      if (requests.length < RUSH) afterCommit(() => void this.queue.wake('send-notification', wake));
      return outcomes;
    });
  }
}
