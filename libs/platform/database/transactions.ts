import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

export interface Transaction {
  readonly manager: EntityManager;
  /** Runs once the transaction has committed: the place to wake workers. */
  readonly afterCommit: (action: () => Promise<void> | void) => void;
}

const SERIALIZATION_FAILURES = new Set(['40001', '40P01']);

/** One transaction per request or job. Serialisation failures and deadlocks are tried again, at most three times. */
@Injectable()
export class Transactions {
  private readonly logger = new Logger(Transactions.name);

  constructor(private readonly dataSource: DataSource) {}

  async run<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const actions: (() => Promise<void> | void)[] = [];
      try {
        const result = await this.dataSource.transaction((manager) =>
          work({ manager, afterCommit: (action) => actions.push(action) }),
        );
        await this.runAfterCommit(actions);
        return result;
      } catch (error) {
        if (attempt >= 4 || !SERIALIZATION_FAILURES.has(sqlState(error) ?? '')) throw error;
      }
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
