import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { EntityManager } from 'typeorm';
import { validateItip } from '#libs/domain/calendar/validate-itip.js';
import {
  syncEventInvitations,
  syncRegistrationInvitation,
} from '#libs/persistence/notifications/sync-invitations.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { parseMail } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makePerson } from '../support/factories.js';
import { startSmtpPeer, type SmtpPeer } from '../support/smtp-peer.js';
import { waitFor } from '../support/wait-for.js';

// Real servers and queues share the machine with other suites.
jest.setTimeout(60_000);

let peer: SmtpPeer;
let platform: TestPlatform;
beforeAll(async () => {
  peer = await startSmtpPeer();
  platform = await startTestPlatform({ SMTP_URL: peer.url, SWEEP_SECONDS: '0.2', MAIL_CONCURRENCY: '8' });
});
afterAll(async () => {
  await platform.stop();
  await peer.stop();
});

const MINUTE = 60_000;

const queueMail = (to?: string): Promise<string> => platform.dataSource.transaction((m) => addMail(m, to));

async function addMail(
  manager: EntityManager,
  to = `to-${randomUUID()}@test.example`,
  streamKey?: string,
): Promise<string> {
  const id = await writeMail(manager, {
    topic: 'verify-email',
    dedupeKey: randomUUID(),
    personId: null,
    toAddress: to,
    toName: '王工',
    locale: 'zh-CN',
    payload: { link: '/verify-email?token=abc' },
    ...(streamKey === undefined ? {} : { streamKey }),
  });
  return id!;
}

const wake = (...ids: string[]) => platform.running.app.get(JobQueue).wake('send-notification', ids);

interface Row {
  status: string;
  attempts: number;
  last_error: string | null;
  to_address: string;
  message_id: string;
  next_attempt_at: Date;
  tries: { outcome: string | null; response: string | null }[];
}
async function rowOf(id: string): Promise<Row> {
  const rows: Row[] = await platform.dataSource.query(
    `SELECT n.*, (SELECT jsonb_agg(jsonb_build_object('outcome', a.outcome, 'response', a.response) ORDER BY a.attempt_no)
       FROM delivery_attempt a WHERE a.notification_id = n.id) AS tries
     FROM notification n WHERE id = $1`,
    [id],
  );
  return rows[0]!;
}
const reach = (id: string, status: string, attempts: number) =>
  waitFor(async () => {
    const row = await rowOf(id);
    return row.status === status && row.attempts === attempts && row;
  }, `${id} to be ${status} after ${attempts} attempts`);
const arrivedAt = (address: string) => peer.received.filter((mail) => mail.to === address);

test('a mail arrives once, with its headers, and the row says so', async () => {
  const id = await queueMail();
  await wake(id);
  await wake(id);
  const row = await reach(id, 'sent', 1);
  expect(row.tries).toEqual([{ outcome: 'accepted', response: '250 queued' }]);
  const mails = arrivedAt(row.to_address);
  expect(mails).toHaveLength(1);
  const mail = await simpleParser(mails[0]!.raw);
  expect([mail.subject, mail.from?.text, mail.messageId]).toEqual([
    '请验证您的邮箱',
    '"对接平台" <noreply@duijie.example>',
    `<${row.message_id}@duijie.example>`,
  ]);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
  expect(mail.text).toContain(`${platform.url}/verify-email?token=abc`);
});

test('a temporary refusal is tried again later, and the mail arrives once', async () => {
  peer.answers = [{ code: 451, text: '4.7.1 greylisted' }];
  const id = await queueMail();
  await wake(id);
  const deferred = await reach(id, 'queued', 1);
  expect(deferred.last_error).toBe('451 4.7.1 greylisted');
  const wait = deferred.next_attempt_at.getTime() - platform.clock.now().getTime();
  expect(wait > 50_000 && wait <= 75_000).toBe(true);
  platform.clock.advance(2 * MINUTE);
  const row = await reach(id, 'sent', 2);
  expect(row.tries.map((attempt) => attempt.outcome)).toEqual(['deferred', 'accepted']);
  expect(row.last_error).toBeNull();
  expect(arrivedAt(row.to_address)).toHaveLength(1);
});

test('throttling that calls itself permanent is tried again', async () => {
  peer.answers = [{ code: 550, text: 'Ip frequency limited' }];
  const id = await queueMail();
  await wake(id);
  await reach(id, 'queued', 1);
  platform.clock.advance(2 * MINUTE);
  await reach(id, 'sent', 2);
});

test('a permanent refusal fails the row at once', async () => {
  peer.answers = [{ code: 550, text: '5.1.1 no such user' }];
  const id = await queueMail();
  await wake(id);
  const row = await reach(id, 'failed', 1);
  expect(row.tries).toEqual([{ outcome: 'refused', response: '550 5.1.1 no such user' }]);
  expect(arrivedAt(row.to_address)).toEqual([]);
});

test('after eight tries in vain the row fails', async () => {
  const id = await queueMail();
  for (let attempt = 1; attempt <= 8; attempt++) {
    peer.answers = [{ code: 421, text: 'try later' }];
    await wake(id);
    await reach(id, attempt === 8 ? 'failed' : 'queued', attempt);
    platform.clock.advance(8 * 60 * MINUTE);
  }
  expect((await rowOf(id)).tries).toHaveLength(8);
});

test('a connection lost after DATA may repeat the mail once, with the same Message-ID', async () => {
  peer.answers = ['drop'];
  const id = await queueMail();
  await wake(id);
  await reach(id, 'queued', 1);
  platform.clock.advance(2 * MINUTE);
  const row = await reach(id, 'sent', 2);
  const ids = await Promise.all(
    arrivedAt(row.to_address).map(async (m) => (await simpleParser(m.raw)).messageId),
  );
  expect(ids).toEqual([`<${row.message_id}@duijie.example>`, `<${row.message_id}@duijie.example>`]);
});

test('a row that a dead worker left behind is sent when its lease is over', async () => {
  const now = platform.clock.now();
  const id = await platform.dataSource.transaction(async (manager) => {
    const added = await addMail(manager);
    await manager.query(
      `INSERT INTO delivery_attempt (notification_id, attempt_no, started_at, held_by, held_until)
       VALUES ($1, 1, $2, 'elsewhere', $3)`,
      [added, now, new Date(now.getTime() + 2 * MINUTE)],
    );
    return added;
  });
  await wake(id);
  const witness = await queueMail();
  await wake(witness);
  await reach(witness, 'sent', 1);
  expect((await rowOf(id)).tries).toHaveLength(1);
  platform.clock.advance(3 * MINUTE);
  const row = await reach(id, 'sent', 2);
  expect(row.tries).toEqual([
    { outcome: null, response: null },
    { outcome: 'accepted', response: '250 queued' },
  ]);
  expect(arrivedAt(row.to_address)).toHaveLength(1);
});

test('mails of one stream arrive in order although eight workers are woken in the wrong one', async () => {
  const address = `stream-${randomUUID()}@test.example`;
  peer.answers = [{ code: 451, text: 'not now' }];
  const ids: string[] = [];
  await platform.dataSource.transaction(async (manager) => {
    for (let i = 0; i < 12; i++) ids.push(await addMail(manager, address, address));
  });
  await wake(...[...ids].reverse());
  await reach(ids[0]!, 'queued', 1);
  expect(arrivedAt(address)).toEqual([]);
  platform.clock.advance(2 * MINUTE);
  await reach(ids.at(-1)!, 'sent', 1);
  const order = await Promise.all(arrivedAt(address).map(async (m) => (await simpleParser(m.raw)).messageId));
  const expected = await Promise.all(
    ids.map(async (id) => `<${(await rowOf(id)).message_id}@duijie.example>`),
  );
  expect(order).toEqual(expected);
});

test('a payload that fits no template fails for good and nothing is sent', async () => {
  const id = await platform.dataSource.transaction(async (manager) => {
    const added = await addMail(manager);
    await manager.query(`UPDATE notification SET payload = '{}' WHERE id = $1`, [added]);
    return added;
  });
  await wake(id);
  const row = await reach(id, 'failed', 1);
  expect(row.tries.map((attempt) => attempt.outcome)).toEqual(['refused']);
  expect(arrivedAt(row.to_address)).toEqual([]);
});

test('invitation, update and cancellation arrive in order as valid iTIP in one thread', async () => {
  const person = await makePerson(platform, { name: '王工 "海洋"' });
  const [event]: { id: string }[] = await platform.dataSource.query(
    `INSERT INTO event (kind, title, state, starts_at, ends_at, capacity, intro)
     VALUES ('matchmaking', '海洋装备对接会；第 3 场', 'published', $1, $2, 9, '请携带证件') RETURNING id`,
    ['2099-12-01T06:00:00Z', '2099-12-01T09:00:00Z'],
  );
  const [registration]: { id: string }[] = await platform.dataSource.query(
    `INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code)
     VALUES ($1, $2, 'confirmed', 1, $3) RETURNING id`,
    [event!.id, person.id, randomUUID()],
  );
  const sync = () =>
    platform.dataSource.transaction((m) => syncEventInvitations(m, event!.id, platform.clock.now()));
  const ids = [...(await sync())];
  await platform.dataSource.query(
    `UPDATE event SET starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' WHERE id = $1`,
    [event!.id],
  );
  ids.push(...(await sync()));
  await platform.dataSource.query(
    `UPDATE registration SET status = 'cancelled', seats_held = 0 WHERE id = $1`,
    [registration!.id],
  );
  ids.push(
    ...(await platform.dataSource.transaction((m) =>
      syncRegistrationInvitation(m, registration!.id, platform.clock.now()),
    )),
  );
  expect(ids).toHaveLength(3);
  await wake(...[...ids].reverse());
  await reach(ids[2]!, 'sent', 1);

  const mails = await Promise.all(arrivedAt(person.email).map((mail) => parseMail(mail.raw)));
  expect(
    mails.map((m) => [m.subject, m.calendar?.method, m.calendar?.sequence, m.calendar?.cancelledWhole]),
  ).toEqual([
    ['邀请：海洋装备对接会；第 3 场', 'REQUEST', 0, false],
    ['更新：海洋装备对接会；第 3 场', 'REQUEST', 1, false],
    ['取消：海洋装备对接会；第 3 场', 'CANCEL', 2, false],
  ]);
  expect(mails.map((mail) => mail.calendar?.uid)).toEqual(
    Array(3).fill(`event-${event!.id}@calendar.duijie`),
  );
  for (const mail of mails) {
    expect(validateItip(mail.calendarText!)).toEqual([]);
    const source = mail.raw.toString('latin1');
    expect(source.match(/Content-Type: [a-z]+\/[a-z]+/g)).toEqual([
      'Content-Type: multipart/mixed',
      'Content-Type: multipart/alternative',
      'Content-Type: text/plain',
      'Content-Type: text/html',
      'Content-Type: text/calendar',
      'Content-Type: application/ics',
    ]);
    expect(source.replace(/\r\n\s+/g, ' ')).toContain(
      `Content-Type: text/calendar; charset=UTF-8; method=${mail.calendar!.method}; component=VEVENT`,
    );
    const parsed = await simpleParser(mail.raw);
    const copies = parsed.attachments.map((part) => [part.contentType, part.content.toString('utf8')]);
    expect(copies).toEqual([
      ['text/calendar', mail.calendarText],
      ['application/ics', mail.calendarText],
    ]);
    expect(mail.calendar!.organizer.email).toBe('noreply@duijie.example');
    expect(mail.calendar!.attendees.map((attendee) => [attendee.email, attendee.name])).toEqual([
      [person.email, '王工 ’海洋’'],
    ]);
    expect(Math.max(...source.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  }
  expect(mails[2]!.calendarText).not.toMatch(/^STATUS:/m);
  expect(
    mails.slice(1).map((mail) => [mail.headers.get('in-reply-to'), mail.headers.get('references')]),
  ).toEqual([
    [mails[0]!.messageId, mails[0]!.messageId],
    [mails[0]!.messageId, mails[0]!.messageId],
  ]);
  expect(mails[1]!.text).toContain('原时间：2099年12月1日');
});
