import { setImmediate } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Transactions } from '#libs/platform/database/transactions.js';
import { Channels } from '../../apps/notification-service/channels.js';
import { Outbox, type Settlement } from '../../apps/notification-service/outbox.js';
import type { OutgoingNotification } from '../../apps/notification-service/outgoing-notification.js';
import { Settlements } from '../../apps/notification-service/settlements.js';
import { takenRows } from '../support/due-rows.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ SWEEP_SECONDS: '3600' });
});
afterAll(() => platform.stop());

const accepted = (row: OutgoingNotification): Settlement => ({
  row,
  status: 'sent',
  outcome: 'accepted',
  response: '250 ok',
  at: new Date(),
});

test('what becomes of many tries is written together, as soon as nothing else is in hand', async () => {
  const outbox = new Outbox(platform.running.app.get(Transactions));
  const statements = jest.spyOn(outbox, 'settle');
  const told: boolean[] = [];
  const tell = (batch: readonly Settlement[], written: boolean) => {
    outbox.letGo(batch.map(({ row }) => row));
    told.push(...batch.map(() => written));
  };
  // Would the last not end the gathering, nothing were written for an hour.
  const settlements = new Settlements(outbox, tell, 3_600_000);
  const rows = await takenRows(platform, outbox, 60);
  for (const row of rows) {
    settlements.add(accepted(row));
    await setImmediate();
  }
  await settlements.idle();
  expect(told).toEqual(rows.map(() => true));
  expect(statements.mock.calls.map(([batch]) => batch.length)).toEqual([60]);
  expect(outbox.isIdle()).toBe(true);
  const [{ sent }] = await platform.dataSource.query<[{ sent: number }]>(
    "SELECT count(*)::int AS sent FROM notification WHERE status = 'sent' AND id = ANY($1)",
    [rows.map((row) => row.id)],
  );
  expect(sent).toBe(60);
});

test('a single message is written although others are still on their way', async () => {
  const outbox = new Outbox(platform.running.app.get(Transactions));
  const done: string[] = [];
  const settlements = new Settlements(outbox, (batch) => done.push(...batch.map(({ row }) => row.id)));
  const [row] = await takenRows(platform, outbox, 3);
  settlements.add(accepted(row!));
  await settlements.idle();
  expect(done).toEqual([row!.id]);
  expect(outbox.inHand()).toBe(3);
});

test('of no channel a message is begun after the stop', async () => {
  const { app } = platform.running;
  const [row] = await takenRows(platform, new Outbox(app.get(Transactions)), 1);
  const channels = app.get(Channels);
  channels.stop();
  for (const channel of ['sms', 'wecom-app', 'wecom-robot'])
    expect(await channels.deliver({ ...row!, channel })).toEqual({
      kind: 'not-yet',
      until: expect.any(Date) as Date,
    });
});
