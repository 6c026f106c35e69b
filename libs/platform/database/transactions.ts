import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

export interface Transaction {
  readonly manager: EntityManager;
  /** Runs once the transaction has committed: the place to wake workers. */
  readonly afterCommit: (action: () => Promise<void> | void) => void;
}

const SERIALIZATION_FAILURES = new Set(['40001', '40P01']);

/** Errors by which the driver and TypeORM tell that the connection of a transaction is gone. */
const CONNECTION_LOST = new Set(['57P01', '57P02', '57P03', '08003', '08006', 'ECONNRESET', 'EPIPE']);
const CONNECTION_GONE = /^QueryRunner(Provider)?AlreadyReleasedError$/;
const TRIES = 4;

/**
 * One transaction per request or job. Serialisation failures and deadlocks are tried again, at most three times; so is
 * a transaction whose connection was lost before its commit was sent, as in a restart or failover of the database.
 */
@Injectable()
export class Transactions {
  private readonly logger = new Logger(Transactions.name);

  constructor(private readonly dataSource: DataSource) {}

  async run<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const actions: (() => Promise<void> | void)[] = [];
      let worked = false;
      try {
        const result = await this.dataSource.transaction(async (manager) => {
          const done = await work({ manager, afterCommit: (action) => actions.push(action) });
          worked = true;
          return done;
        });
        await this.runAfterCommit(actions);
        return result;
      } catch (error) {
        // What became of a commit whose answer was lost nobody knows: that one is not repeated.
        const repeatable =
          SERIALIZATION_FAILURES.has(sqlState(error) ?? '') || (!worked && isConnectionLost(error));
        if (attempt >= TRIES || !repeatable) throw error;
      }
    }
  }

  /** Runs `work` and takes back whatever it wrote: its answer tells what would be. Nothing is run after the commit. */
  async tryOut<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    await runner.connect();
    try {
      await runner.startTransaction();
      return await work({ manager: runner.manager, afterCommit: () => undefined });
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }

  /** For reading outside a transaction. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  private async runAfterCommit(actions: readonly (() => Promise<void> | void)[]): Promise<void> {
    for (const action of actions) {
      try {
        await action();
      } catch (error) {
        this.logger.error(`An action after commit failed: ${String(error)}`);
      }
    }
  }
}

/** SQLSTATE of a database error, or null. */
export function sqlState(error: unknown): string | null {
  const driverError = (error as { driverError?: { code?: string } }).driverError;
  return driverError?.code ?? null;
}

/** Name of the constraint that a database error broke, or null. */
export function brokenConstraint(error: unknown): string | null {
  const driverError = (error as { driverError?: { constraint?: string } }).driverError;
  return driverError?.constraint ?? null;
}

/** TypeORM gives a broken connection back at once, so that the next query of its transaction finds none. */
function isConnectionLost(error: unknown): boolean {
  const { name, message, code } = error as Partial<Error & { code: string }>;
  return (
    CONNECTION_GONE.test(name ?? '') ||
    CONNECTION_LOST.has(sqlState(error) ?? code ?? '') ||
    /Connection terminated/.test(message ?? '')
  );
}
