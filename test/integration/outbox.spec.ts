import type { DeliveriesPage } from '#libs/contracts/notifications/deliveries.js';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { Outbox, type Settlement } from '../../apps/notification-service/outbox.js';
import type { OutgoingNotification } from '../../apps/notification-service/outgoing-notification.js';
import { dueRows, takenRows } from '../support/due-rows.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { addGuests } from '../support/guests.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOpenEvent } from '../support/registrations.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform({ SWEEP_SECONDS: '3600' });
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

const newOutbox = (): Outbox => new Outbox(platform.running.app.get(Transactions));

const settlement = (row: OutgoingNotification, status: Settlement['status']): Settlement => ({
  row,
  status,
  outcome: status === 'sent' ? 'accepted' : 'deferred',
  response: '250 ok',
  at: new Date(),
});

interface Written {
  readonly status: string;
  readonly attempts: number;
  readonly tries: readonly (readonly [number, string | null])[];
}
async function written(id: string): Promise<Written> {
  const [row] = await platform.dataSource.query<[Written]>(
    `SELECT n.status, n.attempts, (SELECT jsonb_agg(jsonb_build_array(a.attempt_no, a.outcome) ORDER BY a.attempt_no)
       FROM delivery_attempt a WHERE a.notification_id = n.id) AS tries FROM notification n WHERE n.id = $1`,
    [id],
  );
  return row;
}
const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

test('processes that look at the same time take each row once', async () => {
  const { ids, at } = await dueRows(platform, 120);
  const taken = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const outbox = newOutbox();
      const rows: string[] = [];
      for (;;) {
        const more = await outbox.claim(7, at, []);
        if (more.length === 0) return rows;
        rows.push(...more.map((row) => row.id));
      }
    }),
  );
  expect(taken.flat().sort()).toEqual(ids);
});

test('a row whose lease is over is taken by another, and the late answer of the first changes nothing', async () => {
  const { ids, at } = await dueRows(platform, 1);
  const [slow, quick] = [newOutbox(), newOutbox()];
  const [first] = await slow.claim(1, at, []);
  expect(await quick.claim(1, later(at, 29), [])).toEqual([]);
  const [second] = await quick.claim(1, later(at, 31), []);
  expect([second?.id, second?.attempts]).toEqual([ids[0], 2]);
  await slow.settle([settlement(first!, 'failed')]);
  expect(await written(first!.id)).toEqual({
    status: 'queued',
    attempts: 0,
    tries: [
      [1, 'deferred'],
      [2, null],
    ],
  });
  await quick.settle([settlement(second!, 'sent')]);
  expect(await written(first!.id)).toMatchObject({ status: 'sent', attempts: 2 });
});

test('whoever still has a row in hand does not take it again, however much time went by', async () => {
  const { at } = await dueRows(platform, 1);
  const outbox = newOutbox();
  const [row] = await outbox.claim(1, at, []);
  expect(await outbox.claim(1, later(at, 3600), [])).toEqual([]);
  await outbox.renew(later(at, 3600));
  expect(await newOutbox().claim(1, later(at, 3610), [])).toEqual([]);
  await outbox.giveBack([{ row: row!, at }]);
  outbox.letGo([row!]);
  expect(await written(row!.id)).toEqual({ status: 'queued', attempts: 0, tries: null });
  const [again] = await newOutbox().claim(1, later(at, 3620), []);
  expect([again?.id, again?.attempts]).toEqual([row!.id, 1]);
});

test('what is being sent is shown so and cannot be cancelled', async () => {
  const [row, other] = await takenRows(platform, newOutbox(), 2);
  const page = async (query: string) =>
    (await organizer.client.get<DeliveriesPage>(`/organizer/deliveries?${query}`)).body;
  const shown = await page('status=sending&pageSize=100');
  expect(shown.rows.map((one) => one.id)).toEqual(expect.arrayContaining([row!.id, other!.id]));
  expect(shown.total).toBe(shown.counts.sending);
  const refused = await organizer.client.post(`/organizer/deliveries/${row!.id}/cancel`);
  expect([refused.status, refused.body]).toMatchObject([409, { code: 'delivery.not-cancellable' }]);
  await newOutbox().giveBack([{ row: row!, at: new Date(Date.now() + 86_400_000) }]);
  expect((await organizer.client.post(`/organizer/deliveries/${row!.id}/cancel`)).status).toBe(200);
  expect((await written(row!.id)).status).toBe('cancelled');
});

test('who is told that it is called off does not wait for an invitation that cannot be delivered', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 5 });
  await addGuests(platform.dataSource, eventId, 2, 'overtaken');
  const at = new Date(Date.now() + 2_000 * 86_400_000);
  /** What is written is due at `at`, where the platform's own outbox does not reach. */
  const tell = () =>
    platform.dataSource.transaction(async (manager) => {
      const ids = await syncEventInvitations(manager, eventId, new Date());
      await manager.query('DELETE FROM notification_unspread WHERE notification_id = ANY($1)', [ids]);
      await manager.query('UPDATE notification SET next_attempt_at = $2 WHERE id = ANY($1)', [ids, at]);
    });
  const rowsOf = () =>
    platform.dataSource.query<{ id: string; method: string; status: string }[]>(
      'SELECT id, method, status FROM notification WHERE event_id = $1 ORDER BY to_address, id',
      [eventId],
    );
  const outbox = newOutbox();
  const claim = async (now: Date) =>
    (await outbox.claim(500, now, [])).filter((row) => row.eventId === eventId);
  await tell();
  const [first, second] = await claim(at);
  expect([first?.method, second?.method]).toEqual(['REQUEST', 'REQUEST']);
  const deferred = (row: OutgoingNotification) =>
    outbox.settle([{ ...settlement(row, 'queued'), retryAt: later(at, 6 * 3600) }]);
  await deferred(first!);
  outbox.letGo([first!]);
  await platform.dataSource.query("UPDATE event SET state = 'cancelled' WHERE id = $1", [eventId]);
  await tell();
  const statuses = async () =>
    (await rowsOf()).map(({ id, method, status }) => [id === second!.id, method, status]);
  // The first was given up, the other is being sent at the moment.
  expect(await statuses()).toEqual(
    expect.arrayContaining([
      [false, 'REQUEST', 'cancelled'],
      [false, 'CANCEL', 'queued'],
      [true, 'REQUEST', 'queued'],
      [false, 'CANCEL', 'queued'],
    ]),
  );
  const next = await claim(later(at, 1));
  expect(next.map((row) => [row.method, row.toAddress])).toEqual([['CANCEL', first!.toAddress]]);
  await deferred(second!);
  outbox.letGo([second!]);
  const last = await claim(later(at, 1));
  expect(last.map((row) => [row.method, row.toAddress])).toEqual([['CANCEL', second!.toAddress]]);
  expect((await rowsOf()).filter(({ method }) => method === 'REQUEST').map(({ status }) => status)).toEqual([
    'cancelled',
    'cancelled',
  ]);
});
