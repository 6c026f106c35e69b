import type { DataSource } from 'typeorm';
import { createTestDatabase, openTestDataSource, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await openTestDataSource(database.url);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

test('the migrated schema equals the declared entities', async () => {
  const drift = await dataSource.driver.createSchemaBuilder().log();
  expect(drift.upQueries.map((query) => query.query)).toEqual([]);
});

test('the audit log refuses every change but appending', async () => {
  await dataSource.query("INSERT INTO audit_entry (action, subject_kind) VALUES ('a', 'b')");
  await expect(dataSource.query("UPDATE audit_entry SET action = 'c'")).rejects.toThrow('append-only');
  await expect(dataSource.query('DELETE FROM audit_entry')).rejects.toThrow('append-only');
  await expect(dataSource.query('TRUNCATE audit_entry')).rejects.toThrow('append-only');
});
