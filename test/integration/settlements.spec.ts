import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { Channels } from '../../apps/notification-service/channels.js';
import { Outbox, type Settlement } from '../../apps/notification-service/outbox.js';
import type { OutgoingNotification } from '../../apps/notification-service/outgoing-notification.js';
import { Settlements } from '../../apps/notification-service/settlements.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ SWEEP_SECONDS: '3600' });
});
afterAll(() => platform.stop());

let days = 1_000;

/** Rows that are due far ahead, where the platform's own outbox does not reach, and before those of earlier calls. */
async function claimed(outbox: Outbox, count: number): Promise<OutgoingNotification[]> {
  days -= 1;
  const later = new Date(Date.now() + days * 86_400_000);
  const ids = await platform.dataSource.transaction(async (manager) => {
    const written: string[] = [];
    for (let at = 0; at < count; at++) {
      const id = await writeMail(manager, {
        topic: 'verify-email',
        dedupeKey: randomUUID(),
        personId: null,
        toAddress: `to-${at}@test.example`,
        toName: null,
        locale: 'zh-CN',
        payload: { link: '/x' },
      });
      written.push(id!);
    }
    await manager.query('DELETE FROM notification_unspread WHERE notification_id = ANY($1)', [written]);
    await manager.query('UPDATE notification SET next_attempt_at = $2 WHERE id = ANY($1)', [written, later]);
    return written;
  });
  const rows = await outbox.claim(count, later, []);
  expect(rows.map((row) => row.id).sort()).toEqual(ids.sort());
  return rows;
}

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
  const rows = await claimed(outbox, 60);
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
  const [row] = await claimed(outbox, 3);
  settlements.add(accepted(row!));
  await settlements.idle();
  expect(done).toEqual([row!.id]);
  expect(outbox.inHand()).toBe(3);
});

test('of no channel a message is begun after the stop', async () => {
  const { app } = platform.running;
  const [row] = await claimed(new Outbox(app.get(Transactions)), 1);
  const channels = app.get(Channels);
  channels.stop();
  for (const channel of ['sms', 'wecom-app', 'wecom-robot'])
    expect(await channels.deliver({ ...row!, channel })).toEqual({
      kind: 'not-yet',
      until: expect.any(Date) as Date,
    });
});
