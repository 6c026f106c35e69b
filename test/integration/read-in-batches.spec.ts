import { readInBatches } from '#libs/persistence/read-in-batches.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ SWEEP_SECONDS: '3600' });
});
afterAll(() => platform.stop());

const SERIES = 'SELECT n FROM generate_series($1::int, $2::int) n ORDER BY n DESC';

const lengths = (last: number): Promise<number[]> =>
  platform.dataSource.transaction(async (manager) => {
    const batches: { n: number }[][] = [];
    for await (const rows of readInBatches<{ n: number }>(manager, SERIES, [1, last], 1000))
      batches.push(rows);
    expect(batches.flat().map((row) => row.n)).toEqual(Array.from({ length: last }, (_, at) => last - at));
    return batches.map((rows) => rows.length);
  });

test('every row comes once and in its order', async () => {
  expect(await lengths(2500)).toEqual([1000, 1000, 500]);
  expect(await lengths(2000)).toEqual([1000, 1000]);
  expect(await lengths(0)).toEqual([]);
});

test('several are read beside each other, and one that is left early closes nothing of another', async () => {
  await platform.dataSource.transaction(async (manager) => {
    const one = readInBatches<{ n: number }>(manager, SERIES, [1, 4], 3);
    const other = readInBatches<{ n: number }>(manager, SERIES, [11, 15], 3);
    expect((await one.next()).value).toEqual([{ n: 4 }, { n: 3 }, { n: 2 }]);
    expect((await other.next()).value).toEqual([{ n: 15 }, { n: 14 }, { n: 13 }]);
    await other.return(undefined);
    expect((await one.next()).value).toEqual([{ n: 1 }]);
    expect((await one.next()).done).toBe(true);
  });
});
