import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { loadConfig } from '#config/config.js';
import { reserveSlot, takeTurn, waitUntil } from '#libs/persistence/notifications/send-pace.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { MailPace } from '../../apps/notification-service/mail-pace.js';
import { Outbox } from '../../apps/notification-service/outbox.js';
import { dueRows } from '../support/due-rows.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ SWEEP_SECONDS: '3600' });
});
afterAll(() => platform.stop());

const at = (ms: number): Date => new Date(Date.UTC(2026, 11, 1) + ms);
/** A process of its own: nothing is shared but the database. */
const newProcess = (rules: string): MailPace =>
  new MailPace(
    loadConfig({ APP_SECRET: 's'.repeat(40), MAIL_PACE: rules }),
    platform.running.app.get(Transactions),
  );

test('never more than the rate and the burst in any minute, whoever asks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 25 }),
      async (perMinute, burst, gaps) => {
        const key = randomUUID();
        const leaving: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const slots = await Promise.all(
            [1, 2].map(() =>
              reserveSlot(platform.dataSource.manager, key, { stepMs: 60_000 / perMinute, burst }, at(now)),
            ),
          );
          leaving.push(...slots.map((slot) => Math.max(slot.getTime(), at(now).getTime())));
        }
        for (const from of leaving) {
          const inMinute = leaving.filter((time) => time >= from && time < from + 60_000).length;
          expect(inMinute).toBeLessThanOrEqual(perMinute + burst);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('of those who want to speak at once one may, and whoever waits takes no turn', async () => {
  const key = randomUUID();
  const { manager } = platform.dataSource;
  const turns = await Promise.all(Array.from({ length: 8 }, () => takeTurn(manager, key, 3_000, at(0))));
  expect(turns.map((turn) => turn.getTime()).sort()).toEqual([
    at(0).getTime(),
    ...Array.from({ length: 7 }, () => at(3_000).getTime()),
  ]);
  expect(await takeTurn(manager, key, 3_000, at(2_999))).toEqual(at(3_000));
  expect(await takeTurn(manager, key, 3_000, at(3_000))).toEqual(at(3_000));
  await waitUntil(manager, key, at(60_000));
  expect(await takeTurn(manager, key, 3_000, at(59_000))).toEqual(at(60_000));
});

test('two processes share the pace of a provider; a row keeps the time it was given', async () => {
  const domain = `${randomUUID()}.example`;
  const [one, other] = [newProcess(`${domain}=60`), newProcess(`${domain}=60`)];
  const outbox = new Outbox(platform.running.app.get(Transactions));
  const { ids, at: now } = await dueRows(platform, 8, domain);
  const rows = await outbox.claim(8, now, []);
  expect(rows.map((row) => row.id)).toEqual(ids);
  const slots: Date[] = [];
  for (const [n, row] of rows.entries()) slots.push((await (n % 2 ? one : other).slotFor(row, now))!);
  // Five may leave at once; the others follow a second after the other.
  expect(slots.map((slot) => Math.max(0, slot.getTime() - now.getTime()))).toEqual([
    0, 0, 0, 0, 0, 1000, 2000, 3000,
  ]);
  const last = { row: rows[7]!, at: slots[7]!, slot: slots[7]! };
  await outbox.giveBack([last]);
  outbox.letGo([last.row]);
  const [again] = await outbox.claim(1, slots[7]!, []);
  expect([again?.id, again?.slotAt]).toEqual([ids[7], slots[7]]);
  expect(await other.slotFor(again!, slots[7]!)).toEqual(slots[7]);
});

test('a provider that says we are too fast is left alone by all, and times are given anew', async () => {
  const domain = `${randomUUID()}.example`;
  const [one, other] = [newProcess(`${domain}=60`), newProcess(`${domain}=60`)];
  const outbox = new Outbox(platform.running.app.get(Transactions));
  const { at: now } = await dueRows(platform, 1, domain);
  const [row] = await outbox.claim(1, now, []);
  const slot = new Date(now.getTime() + 10_000);
  await outbox.giveBack([{ row: row!, at: slot, slot }]);
  outbox.letGo([row!]);
  const until = new Date(now.getTime() + 60_000);
  await one.pause(row!.toAddress, until);
  expect(await other.pausedDomains(now)).toEqual([domain]);
  expect(other.pausedUntil(row!.toAddress)).toBe(until.getTime());
  expect(await outbox.claim(1, slot, await other.pausedDomains(slot))).toEqual([]);
  expect(await other.pausedDomains(until)).toEqual([]);
  const [later] = await outbox.claim(1, until, []);
  expect(later?.slotAt).toBeNull();
  expect(await other.slotFor(later!, until)).toEqual(until);
  expect(await one.slotFor(later!, until)).toEqual(new Date(until.getTime() + 1000));
});

test('a domain without a rule is its own provider: it leaves at once, and is paused alone', async () => {
  const pace = newProcess('');
  const { at: now } = await dueRows(platform, 1, 'free.example');
  const [row] = await new Outbox(platform.running.app.get(Transactions)).claim(1, now, []);
  expect(await pace.slotFor(row!, now)).toBeNull();
  await pace.pause('a@paused.example', new Date(now.getTime() + 1000));
  const paused = await pace.pausedDomains(now);
  expect(paused).toContain('paused.example');
  expect(paused).not.toContain('free.example');
});
