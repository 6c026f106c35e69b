import type { Pool } from 'pg';
import type { EntityManager } from 'typeorm';
import { Transactions } from '#libs/platform/database/transactions.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

let platform: TestPlatform;
let transactions: Transactions;
beforeAll(async () => {
  platform = await startTestPlatform({ SWEEP_SECONDS: '3600' });
  transactions = platform.running.app.get(Transactions);
  await platform.dataSource.query('CREATE TABLE trace (n integer)');
});
beforeEach(() => platform.dataSource.query('TRUNCATE trace'));
afterAll(() => platform.stop());

const pidOf = async (manager: EntityManager): Promise<number> => {
  const [row] = await manager.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid');
  return row.pid;
};

/** Ends a connection's server process, as a restart of the server does, and waits until it is gone. */
async function breakConnection(pid: number): Promise<void> {
  await platform.dataSource.query('SELECT pg_terminate_backend($1)', [pid]);
  await waitFor(async () => {
    const rows: unknown[] = await platform.dataSource.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [
      pid,
    ]);
    return rows.length === 0;
  }, 'the connection to break');
}
const traces = (): Promise<unknown[]> => platform.dataSource.query('SELECT n FROM trace ORDER BY n');
const trace = (manager: EntityManager, n: number) => manager.query('INSERT INTO trace (n) VALUES ($1)', [n]);

test('a transaction whose connection breaks between two queries is done once, by another', async () => {
  const committed: number[] = [];
  let attempt = 0;
  const result = await transactions.run(async ({ manager, afterCommit }) => {
    attempt += 1;
    const mine = attempt;
    afterCommit(() => void committed.push(mine));
    await trace(manager, mine);
    if (mine === 1) await breakConnection(await pidOf(manager));
    await trace(manager, 10 + mine);
    return mine;
  });
  expect([result, attempt, committed]).toEqual([2, 2, [2]]);
  expect(await traces()).toEqual([{ n: 2 }, { n: 12 }]);
});

test('a connection that breaks under a running query is no different', async () => {
  let attempt = 0;
  await transactions.run(async ({ manager }) => {
    attempt += 1;
    const pid = await pidOf(manager);
    const slow = attempt === 1 ? manager.query('SELECT pg_sleep(30)') : trace(manager, attempt);
    if (attempt === 1) void breakConnection(pid);
    await slow;
  });
  expect([attempt, await traces()]).toEqual([2, [{ n: 2 }]]);
});

test('a commit whose answer is lost is not repeated', async () => {
  let attempt = 0;
  const run = transactions.run(async ({ manager }) => {
    attempt += 1;
    await trace(manager, attempt);
    await breakConnection(await pidOf(manager));
  });
  await expect(run).rejects.toThrow(/released|terminat/);
  expect([attempt, await traces()]).toEqual([1, []]);
});

test('what always breaks ends after four tries', async () => {
  let attempt = 0;
  const run = transactions.run(async ({ manager }) => {
    attempt += 1;
    await breakConnection(await pidOf(manager));
    await trace(manager, attempt);
  });
  await expect(run).rejects.toThrow(/released|terminat/);
  expect([attempt, await traces()]).toEqual([4, []]);
});

test('a connection that breaks in the moment it is taken does not end the process', async () => {
  const { master } = platform.dataSource.driver as unknown as { readonly master: Pool };
  // The pool has stopped to listen to it, and whoever takes it has not begun.
  const isHeard = await new Promise<boolean>((resolve, reject) =>
    master.connect((error, client, release) => {
      if (client === undefined) return reject(error ?? new Error('no connection'));
      resolve(client.emit('error', new Error('terminating connection due to unexpected postmaster exit')));
      release(true);
    }),
  );
  expect(isHeard).toBe(true);
});
