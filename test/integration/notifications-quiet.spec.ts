import { randomUUID } from 'node:crypto';
import { nextAt } from '#libs/domain/notifications/quiet-hours.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { startChatPeer, type ChatPeer } from '../support/chat-peer.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

let peer: ChatPeer;
let platform: TestPlatform;
beforeAll(async () => {
  peer = await startChatPeer();
  platform = await startTestPlatform({
    SWEEP_SECONDS: '0.2',
    SMS_PROVIDER: 'http',
    SMS_URL: `${peer.url}/sms`,
    SMS_KEY_SECRET: 'gateway-key',
  });
  await platform.dataSource.query(
    `INSERT INTO sms_template (topic, locale, sign_name, template_id, variables)
     VALUES ('event-reminder', 'zh-CN', '平台', 'T1', '{event}')`,
  );
});
afterAll(async () => {
  await platform.stop();
  await peer.stop();
});

const HOUR = 3_600_000;
const goTo = (at: Date) => platform.clock.advance(at.getTime() - platform.clock.now().getTime());
/** The next time clocks in Shanghai show a full hour. */
const nextHour = (hour: number) => nextAt(platform.clock.now(), hour * 60);

async function mail(
  person: TestPerson,
  topic: string,
  payload: Record<string, unknown>,
  eventId: string | null = null,
): Promise<void> {
  const id = await platform.dataSource.transaction((manager) =>
    writeMail(manager, {
      topic,
      dedupeKey: randomUUID(),
      personId: person.id,
      toAddress: person.email,
      toName: person.name,
      locale: 'zh-CN',
      payload,
      eventId,
    }),
  );
  await platform.running.app.get(JobQueue).wake('send-notification', [id!]);
  await waitFor(
    async () =>
      (await platform.dataSource.query<unknown[]>('SELECT 1 FROM notification_unspread')).length === 0,
    'it to be spread',
  );
}

const need = (title: string) => ({ title, link: '/needs/1' });

/** Topic, channel and status of everything that was written to somebody. */
async function rowsOf(person: TestPerson): Promise<string[]> {
  const rows = await platform.dataSource.query<{ row: string }[]>(
    `SELECT topic || ' ' || channel || ' ' || status AS row FROM notification WHERE person_id = $1 ORDER BY id`,
    [person.id],
  );
  return rows.map(({ row }) => row);
}

const prefer = (person: TestPerson, choices: object) =>
  platform.dataSource.query(
    `INSERT INTO notification_preference (person_id, choices) VALUES ($1, $2)
     ON CONFLICT (person_id) DO UPDATE SET choices = excluded.choices`,
    [person.id, JSON.stringify(choices)],
  );

const mailsTo = (person: TestPerson) =>
  platform.dataSource.query<{ subject: string; raw: Buffer }[]>(
    'SELECT subject, raw FROM mailbox_message WHERE to_address = $1 ORDER BY received_at',
    [person.email],
  );

async function makeEvent(startsAt: Date): Promise<{ id: string; payload: Record<string, unknown> }> {
  const endsAt = new Date(startsAt.getTime() + HOUR);
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO event (kind, title, state, starts_at, ends_at, capacity) VALUES ('forum', '论坛', 'published', $1, $2, 9)
     RETURNING id`,
    [startsAt, endsAt],
  );
  const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
  return { id: row!.id, payload: { event: '论坛', ...times, anchor: 'start', minutes: -60, note: null } };
}

test('who never said anything is not woken either', async () => {
  const person = await makePerson(platform);
  goTo(nextHour(23));
  await mail(person, 'need-published', need('夜里'));
  expect(await rowsOf(person)).toEqual(['need-published mail queued']);
  goTo(nextHour(8));
  await waitFor(async () => (await mailsTo(person)).length === 1, 'the morning');
});

test('what is pointless by morning is not put off until then', async () => {
  const person = await makePerson(platform);
  await platform.dataSource.query(`UPDATE person SET phone = '13800000002' WHERE id = $1`, [person.id]);
  await prefer(person, { reminders: { sms: 'now' } });
  goTo(nextHour(23));
  const early = await makeEvent(new Date(nextHour(6)));
  await mail(person, 'event-reminder', early.payload, early.id);
  expect((await rowsOf(person)).filter((row) => row.includes(' sms '))).toEqual([]);

  const late = await makeEvent(new Date(nextHour(10)));
  const calledOff = await makeEvent(new Date(nextHour(11)));
  await mail(person, 'event-reminder', late.payload, late.id);
  await mail(person, 'event-reminder', calledOff.payload, calledOff.id);
  await platform.dataSource.query(`UPDATE event SET state = 'cancelled' WHERE id = $1`, [calledOff.id]);
  const sms = () => peer.requests.filter(({ path }) => path === '/sms').length;
  const before = sms();
  goTo(nextHour(8));
  const rows = await waitFor(async () => {
    const all = await rowsOf(person);
    return all.every((row) => !row.endsWith('queued')) && all;
  }, 'the morning');
  expect(rows.filter((row) => row.includes(' sms '))).toEqual([
    'event-reminder sms sent',
    'event-reminder sms cancelled',
  ]);
  expect(sms() - before).toBe(1);
});

const unsubscribeLink = (raw: Buffer) => /^List-Unsubscribe: <([^>]+)>/m.exec(raw.toString('latin1'))![1]!;

test('a digest leaves without what was unsubscribed from since it was put off', async () => {
  const person = await makePerson(platform);
  goTo(nextHour(12));
  await mail(person, 'need-published', need('先到'));
  const [first] = await waitFor(async () => {
    const mails = await mailsTo(person);
    return mails.length === 1 && mails;
  }, 'the first mail');
  await prefer(person, { market: { mail: 'digest' }, matches: { mail: 'digest' } });
  await mail(person, 'need-published', need('甲'));
  await mail(person, 'match-mutual', { title: '乙', counterpart: '丙', link: '/matches' });
  expect((await fetch(unsubscribeLink(first!.raw), { method: 'POST' })).status).toBe(200);
  goTo(nextHour(9));
  const mails = await waitFor(async () => {
    const all = await mailsTo(person);
    return all.length === 2 && all;
  }, 'the digest');
  expect(mails[1]!.subject).toBe('汇总：1 条消息');
  expect(await rowsOf(person)).toEqual([
    'need-published mail sent',
    'need-published mail cancelled',
    'match-mutual mail sent',
  ]);
});

test('the link of a digest ends everything that is in it', async () => {
  const person = await makePerson(platform);
  goTo(nextHour(12));
  await prefer(person, { market: { mail: 'digest' }, matches: { mail: 'digest' } });
  await mail(person, 'need-published', need('甲'));
  await mail(person, 'match-mutual', { title: '乙', counterpart: '丙', link: '/matches' });
  goTo(nextHour(9));
  const [digest] = await waitFor(async () => {
    const all = await mailsTo(person);
    return all.length === 1 && all;
  }, 'the digest');
  expect(digest!.subject).toBe('汇总：2 条消息');
  const link = unsubscribeLink(digest!.raw);
  const seen = await fetch(link);
  expect(await seen.json()).toEqual({ group: 'market', others: ['matches'], subscribed: true });
  const clicked = await fetch(link, { method: 'POST' });
  expect(await clicked.json()).toEqual({ group: 'market', others: ['matches'], subscribed: false });
  await mail(person, 'need-published', need('再来'));
  await mail(person, 'match-mutual', { title: '丁', counterpart: '丙', link: '/matches' });
  expect((await rowsOf(person)).slice(-2)).toEqual([
    'need-published mail cancelled',
    'match-mutual mail cancelled',
  ]);
});
