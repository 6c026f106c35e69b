import type { DataSource } from 'typeorm';
import { migrate } from '#libs/platform/database/migrate.js';
import { createTestDatabase, openTestDataSource, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

let database: TestDatabase;
let dataSource: DataSource;

async function open(template?: string): Promise<void> {
  database = await createTestDatabase(template);
  dataSource = await openTestDataSource(database.url);
}
afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

const start = () => migrate({ databaseUrl: database.url, redisUrl: null });
const ask = <Row>(sql: string): Promise<Row[]> => dataSource.query(sql);

/** Everything that a start may bring to this version, as the database holds it. */
async function state(): Promise<object> {
  const names = await ask<{ name: string }>('SELECT name FROM migration ORDER BY name');
  const lists = await ask('SELECT id, version FROM code_list ORDER BY id');
  const items = await ask('SELECT list_id, code, zh, valid_to FROM code_item ORDER BY list_id, code');
  const walks = await ask('SELECT * FROM code_crosswalk ORDER BY from_list, to_list, from_code, to_code');
  const queue = await ask('SELECT version, name FROM bullmq.migration ORDER BY version');
  return { names, lists, items, walks, queue };
}

test('of processes that start at once on an empty database each finds it complete', async () => {
  await open('template0');
  await Promise.all([start(), start(), start()]);
  const { names } = (await state()) as { names: { name: string }[] };
  expect(names.map(({ name }) => name)).toEqual(
    dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name).toSorted(),
  );
  const drift = await dataSource.driver.createSchemaBuilder().log();
  expect(drift.upQueries.map((query) => query.query)).toEqual([]);
  expect(await ask('SELECT 1 FROM code_list LIMIT 1')).toHaveLength(1);
  expect(await ask('SELECT 1 FROM code_crosswalk LIMIT 1')).toHaveLength(1);
});

test('a migration that is not recorded is run, though newer ones are', async () => {
  await open();
  const before = await state();
  await ask('ALTER TABLE "registration" DROP COLUMN "offer_token_hash"');
  const [migration] = await ask<{ id: number }>(`SELECT id FROM migration WHERE name LIKE 'OfferToken%'`);
  await ask(`DELETE FROM migration WHERE id = ${migration!.id}`);
  await start();
  expect(await state()).toEqual(before);
});

test('code lists and crosswalks of another version are brought to this one', async () => {
  await open();
  const before = await state();
  await ask(`UPDATE code_list SET version = '1999.1' WHERE id = 'event-kind'`);
  await ask(`UPDATE code_item SET zh = '?' WHERE list_id = 'event-kind'`);
  await ask(`DELETE FROM code_list WHERE id = 'need-kind'`);
  await ask(`UPDATE code_crosswalk SET relation = 'exact' WHERE relation <> 'exact'`);
  await start();
  expect(await state()).toEqual(before);
});

test('codes that this version does not have are closed, not lost', async () => {
  await open();
  await ask(`UPDATE code_list SET version = '1999.1' WHERE id = 'event-kind'`);
  await ask(
    `INSERT INTO code_item (list_id, code, zh, en, position) VALUES ('event-kind', 'fair', '集市', 'fair', 99)`,
  );
  await start();
  const closed = await ask(
    `SELECT code FROM code_item WHERE list_id = 'event-kind' AND valid_to IS NOT NULL`,
  );
  expect(closed).toEqual([{ code: 'fair' }]);
});

test('nothing is written while another process is at it', async () => {
  await open();
  await ask(`DELETE FROM code_list WHERE id = 'need-kind'`);
  const lock = dataSource.createQueryRunner();
  await lock.query('SELECT pg_advisory_lock(7216001)');
  const starting = start();
  const need = `SELECT 1 FROM code_list WHERE id = 'need-kind'`;
  const waits = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  try {
    await waitFor(async () => (await ask(waits)).length === 1, 'the start to wait for the lock');
    expect(await ask(need)).toEqual([]);
  } finally {
    await lock.query('SELECT pg_advisory_unlock(7216001)');
    await lock.release();
    await starting;
  }
  expect(await ask(need)).toHaveLength(1);
  // Who comes next need not wait.
  expect(await ask(`SELECT pg_try_advisory_lock(7216001) AS free`)).toEqual([{ free: true }]);
});
