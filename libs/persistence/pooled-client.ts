import pg from 'pg';

/**
 * A connection of a pool that breaks while somebody takes or has it must not end the process: its query fails, that is
 * enough. The pool listens only to those at rest, and TypeORM to those it has already handed out.
 */
export class PooledClient extends pg.Client {
  constructor(options?: pg.ClientConfig) {
    super(options);
    this.on('error', () => undefined);
  }
}
