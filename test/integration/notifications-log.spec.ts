import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DeliveriesPage, RetryDeliveriesReport } from '#libs/contracts/notifications/deliveries.js';
import { UNKNOWN_WHETHER_SENT } from '#libs/contracts/notifications/own-responses.js';
import type { MailboxPage, MailView } from '#libs/contracts/notifications/mailbox.js';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { countQueries } from '../support/count-queries.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { waitForMails } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

// Real servers and queues share the machine with other suites.
jest.setTimeout(60_000);

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

async function queueMail(to: string, streamKey: string = randomUUID()): Promise<string> {
  const id = await platform.dataSource.transaction((manager) =>
    writeMail(manager, {
      topic: 'need-published',
      dedupeKey: randomUUID(),
      personId: null,
      toAddress: to,
      toName: '王工',
      locale: 'zh-CN',
      payload: { title: '高温合金 <b>焊接</b>', note: null, link: '/needs/1' },
      streamKey,
    }),
  );
  return id!;
}
const wake = (...ids: string[]) => platform.running.app.get(JobQueue).wake('send-notification', ids);
const log = async (query: string) =>
  (await organizer.client.get<DeliveriesPage>(`/organizer/deliveries?${query}`)).body;
const setRow = (id: string, status: string) =>
  platform.dataSource.query(
    `UPDATE notification SET status = $2, next_attempt_at = '2999-01-01' WHERE id = $1`,
    [id, status],
  );

test('a mail without a mail server is in the mailbox exactly once, whatever happens to its row', async () => {
  const address = `${randomUUID()}@test.example`;
  const id = await queueMail(address);
  await wake(id);
  const [mail] = await waitForMails(platform.dataSource, address);
  expect(mail!.subject).toBe('需求已发布：高温合金 <b>焊接</b>');
  expect(mail!.html).toContain('高温合金 &lt;b&gt;焊接&lt;/b&gt;');
  expect(mail!.calendar).toBeNull();
  // As after a crash: the message is there and the row was not marked.
  await platform.dataSource.query(
    `UPDATE notification SET status = 'queued', next_attempt_at = now() - interval '1 minute' WHERE id = $1`,
    [id],
  );
  await waitFor(
    async () => (await log(`q=${address}`)).rows[0]!.status === 'sent',
    'the row to be sent again',
  );
  expect(await waitForMails(platform.dataSource, address)).toHaveLength(1);
});

test('the log shows tries and counts, filtered, and never the text of a mail', async () => {
  const address = `${randomUUID()}@test.example`;
  const ids = [await queueMail(address), await queueMail(address), await queueMail(address)];
  await wake(ids[0]!);
  await waitForMails(platform.dataSource, address, 'need-published', 1);
  await setRow(ids[1]!, 'failed');
  await setRow(ids[2]!, 'cancelled');
  const page = await log(`q=${address}`);
  expect(page.counts).toEqual({ queued: 0, sending: 0, sent: 1, failed: 1, cancelled: 1 });
  expect([page.total, page.rows.map((row) => row.status)]).toEqual([3, ['cancelled', 'failed', 'sent']]);
  expect(page.rows[2]!.tries.map((one) => [one.attemptNo, one.outcome, one.response])).toEqual([
    [1, 'accepted', 'mailbox'],
  ]);
  const failed = await log(`q=${address}&status=failed&pageSize=1`);
  expect([failed.total, failed.rows.map((row) => row.id)]).toEqual([1, [ids[1]]]);
  expect((await log(`q=${address}&topic=verify-email`)).total).toBe(0);
  expect(JSON.stringify(page)).not.toContain('高温合金');
});

test('a failed mail is sent again, unless its stream went on', async () => {
  const address = `${randomUUID()}@test.example`;
  const id = await queueMail(address, address);
  await setRow(id, 'failed');
  expect((await organizer.client.post(`/organizer/deliveries/${id}/retry`)).status).toBe(200);
  await waitForMails(platform.dataSource, address);
  expect((await organizer.client.post(`/organizer/deliveries/${id}/retry`)).body['code']).toBe(
    'delivery.not-failed',
  );
  const [early, late] = [await queueMail(address, address), await queueMail(address, address)];
  await setRow(early, 'failed');
  await wake(late);
  await waitForMails(platform.dataSource, address, 'need-published', 2);
  const refused = await organizer.client.post(`/organizer/deliveries/${early}/retry`);
  expect([refused.status, refused.body['code']]).toEqual([409, 'delivery.superseded']);
  const audits = await platform.dataSource.query(
    `SELECT action, actor_id FROM audit_entry WHERE subject_id = $1`,
    [id],
  );
  expect(audits).toEqual([{ action: 'retry-notification', actor_id: organizer.id }]);
});

test('all that failed is sent again at once, except what was replaced and what may have arrived', async () => {
  const mark = randomUUID();
  const address = (n: number) => `${n}-${mark}@test.example`;
  const [first, second, unknown, early] = [
    await queueMail(address(1)),
    await queueMail(address(2)),
    await queueMail(address(3)),
    await queueMail(address(4), mark),
  ];
  const late = await queueMail(address(4), mark);
  const other = await queueMail(`${randomUUID()}@test.example`);
  for (const id of [first, second, unknown, early, other]) await setRow(id, 'failed');
  await platform.dataSource.query("UPDATE notification SET status = 'sent' WHERE id = $1", [late]);
  await platform.dataSource.query('UPDATE notification SET last_error = $2 WHERE id = $1', [
    unknown,
    `${UNKNOWN_WHETHER_SENT}no answer`,
  ]);
  const retry = () =>
    organizer.client.post<RetryDeliveriesReport>('/organizer/deliveries/retry', { q: mark });
  expect((await retry()).body).toEqual({ queued: 2, left: 2 });
  for (const n of [1, 2]) await waitForMails(platform.dataSource, address(n));
  expect((await retry()).body).toEqual({ queued: 0, left: 2 });
  const [row] = await platform.dataSource.query<{ status: string }[]>(
    'SELECT status FROM notification WHERE id = $1',
    [other],
  );
  expect(row!.status).toBe('failed');
  const audits = await platform.dataSource.query<{ detail: { count: number } }[]>(
    "SELECT detail FROM audit_entry WHERE action = 'retry-notifications'",
  );
  expect(audits.map(({ detail }) => detail.count)).toEqual([2]);
});

test('a waiting mail can be cancelled, a sent one not, and the next of its stream goes', async () => {
  const address = `${randomUUID()}@test.example`;
  const first = await queueMail(address, address);
  await setRow(first, 'queued');
  const second = await queueMail(address, address);
  await wake(second);
  expect((await organizer.client.post(`/organizer/deliveries/${first}/cancel`)).status).toBe(200);
  await waitForMails(platform.dataSource, address);
  const states = (await log(`q=${address}`)).rows.map((row) => [row.id, row.status]);
  expect(states).toEqual([
    [second, 'sent'],
    [first, 'cancelled'],
  ]);
  const refused = await organizer.client.post(`/organizer/deliveries/${second}/cancel`);
  expect([refused.status, refused.body['code']]).toEqual([409, 'delivery.not-cancellable']);
});

test('reading the log and the mailbox takes as many queries for three rows as for one', async () => {
  const [one, three] = [`${randomUUID()}@test.example`, `${randomUUID()}@test.example`];
  const ids = [await queueMail(one), await queueMail(three), await queueMail(three), await queueMail(three)];
  await wake(...ids);
  await waitForMails(platform.dataSource, one);
  await waitForMails(platform.dataSource, three, 'need-published', 3);
  const count = (path: string) =>
    countQueries(platform, async () => {
      expect((await organizer.client.get(path)).status).toBe(200);
    });
  expect(await count(`/organizer/deliveries?q=${three}`)).toBe(await count(`/organizer/deliveries?q=${one}`));
  expect(await count(`/mailbox?address=${one}`)).toBeGreaterThan(2);
  expect(await count(`/mailbox?address=${three}`)).toBe(await count(`/mailbox?address=${one}`));
});

test('only organizers see the log', async () => {
  const visitor = await platform.client().get('/organizer/deliveries');
  const person = await (await makePerson(platform)).client.get('/organizer/deliveries');
  expect([visitor.status, person.status]).toEqual([401, 403]);
  expect((await organizer.client.post(`/organizer/deliveries/${randomUUID()}/retry`)).status).toBe(404);
});

test('the mailbox lists recipients and messages and shows an invitation as a calendar card', async () => {
  const person = await makePerson(platform, { name: 'Ann', locale: 'en' });
  const [event]: { id: string }[] = await platform.dataSource.query(
    `INSERT INTO event (kind, title, title_en, state, starts_at, ends_at, capacity)
     VALUES ('forum', '论坛', 'Forum', 'published', '2099-12-01T06:00Z', '2099-12-01T09:00Z', 9) RETURNING id`,
  );
  await platform.dataSource.query(
    `INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code)
     VALUES ($1, $2, 'confirmed', 1, $3)`,
    [event!.id, person.id, randomUUID()],
  );
  await wake(
    ...(await platform.dataSource.transaction((m) =>
      syncEventInvitations(m, event!.id, platform.clock.now()),
    )),
  );
  await waitForMails(platform.dataSource, person.email, 'invitation-request');
  const visitor = platform.client();
  const { body: page } = await visitor.get<MailboxPage>(`/mailbox?address=${person.email}`);
  expect(page.rows.map((row) => [row.subject, row.toAddress])).toEqual([['Invitation: Forum', person.email]]);
  expect(page.recipients[0]).toEqual({ address: person.email, name: 'Ann', messages: 1 });
  const { body: mail } = await visitor.get<MailView>(`/mailbox/${page.rows[0]!.id}`);
  expect(mail.calendar).toEqual({
    purpose: 'request',
    method: 'REQUEST',
    uid: `event-${event!.id}@calendar.duijie`,
    sequence: 0,
    summary: 'Forum',
    startsAt: '2099-12-01T06:00:00.000Z',
    endsAt: '2099-12-01T09:00:00.000Z',
    place: '',
    organizer: '对接',
    cancelledWhole: false,
  });
  expect(mail.text).toContain('When: Tue, 1 Dec 2099, 14:00–17:00 (UTC+8)');
  const file = await visitor.raw(`/mailbox/${mail.id}/calendar`);
  expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect((await file.text()).startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
  const eml = await visitor.raw(`/mailbox/${mail.id}/raw`);
  expect(await eml.text()).toMatch(/^From: =\?UTF-8\?/m);
  expect((await visitor.get(`/mailbox/${randomUUID()}`)).status).toBe(404);
});

test('with a mail server there is no mailbox', async () => {
  const other = await startTestPlatform({ SMTP_URL: 'smtp://127.0.0.1:1' });
  try {
    const answer = await other.client().get('/mailbox');
    expect([answer.status, answer.body['code']]).toEqual([404, 'mailbox.off']);
  } finally {
    await other.stop();
  }
});
