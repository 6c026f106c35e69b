import { jest } from '@jest/globals';
import { createHmac, randomUUID } from 'node:crypto';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { hashToken, SESSION_COOKIE } from '#libs/platform/auth/session-cookie.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { startChatPeer, type ChatPeer } from '../support/chat-peer.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { openSession } from '../support/browser.js';
import { makeOpenEvent } from '../support/registrations.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

let peer: ChatPeer;
let platform: TestPlatform;
beforeAll(async () => {
  peer = await startChatPeer();
  platform = await startTestPlatform({
    SWEEP_SECONDS: '0.2',
    WEBHOOK_PRIVATE_HOSTS: new URL(peer.url).host,
  });
});
afterAll(async () => {
  await platform.stop();
  await peer.stop();
});

async function owner(): Promise<{ person: TestPerson; id: string }> {
  const person = await makePerson(platform);
  return { person, id: await makeOrganisation(platform, { kind: 'enterprise', members: [person] }) };
}

async function publish(person: TestPerson, title: string, organisationId?: string): Promise<void> {
  const id = await platform.dataSource.transaction((manager) =>
    writeMail(manager, {
      topic: 'need-published',
      dedupeKey: randomUUID(),
      personId: person.id,
      toAddress: person.email,
      toName: person.name,
      locale: 'zh-CN',
      organisationId: organisationId ?? null,
      payload: { title, link: '/needs/1' },
    }),
  );
  await platform.running.app.get(JobQueue).wake('send-notification', [id!]);
  await waitFor(async () => {
    const [left] = await platform.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM notification_unspread',
    );
    return left!.count === 0;
  }, 'it to be spread');
}

interface Hook {
  id: string;
  secret: string;
  [key: string]: unknown;
}
const received = (path: string) => peer.requests.filter((request) => request.path === path);

test('a webhook gets what concerns its organisation, signed, again after a failure, with one id', async () => {
  const { person, id } = await owner();
  const path = `/hook-${randomUUID()}`;
  const added = await person.client.post<Hook>(`/organisations/${id}/webhooks`, {
    url: `${peer.url}${path}`,
    topics: ['need-published'],
    enabled: true,
  });
  expect(added.status).toBe(201);
  const before = peer.answer;
  peer.answer = () => ({ status: 500, body: {} });
  await publish(person, '高温合金焊接', id);
  await waitFor(async () => received(path).length === 1, 'the first try');
  peer.answer = before;
  platform.clock.advance(6_000);
  await waitFor(async () => received(path).length === 2, 'the second try');
  const [first, second] = received(path);
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(second!.text).toBe(first!.text);
  const signed = `${String(second!.headers['webhook-id'])}.${String(second!.headers['webhook-timestamp'])}.${second!.text}`;
  const key = Buffer.from(added.body.secret.replace('whsec_', ''), 'base64');
  expect(second!.headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  );
  expect(second!.body).toMatchObject({
    type: 'need-published',
    data: { organisationId: id, personId: person.id, details: { title: '高温合金焊接' } },
  });
  const log = await waitFor(async () => {
    const { body } = await person.client.get<{
      rows: { id: string; status: string; tries: { status: number }[] }[];
    }>(`/organisations/${id}/webhooks/${added.body.id}/deliveries`);
    return body.rows[0]?.status === 'sent' && body.rows;
  }, 'the delivery');
  expect(log.map((row) => row.tries.map((one) => one.status))).toEqual([[500, 200]]);

  await person.client.post(`/organisations/${id}/webhooks/${added.body.id}/deliveries/${log[0]!.id}/replay`);
  await waitFor(async () => received(path).length === 3, 'the replay');
  expect(received(path)[2]!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
});

test('after a rotation both secrets sign for a day, then the new one alone', async () => {
  const { person, id } = await owner();
  const path = `/hook-${randomUUID()}`;
  const hook = { url: `${peer.url}${path}`, topics: ['need-published'], enabled: true };
  const { body: added } = await person.client.post<Hook>(`/organisations/${id}/webhooks`, hook);
  const { body: rotated } = await person.client.post<Hook>(
    `/organisations/${id}/webhooks/${added.id}/rotate`,
  );
  expect(rotated.secret).not.toBe(added.secret);
  await publish(person, '一', id);
  await waitFor(async () => received(path).length === 1, 'the first');
  expect(String(received(path)[0]!.headers['webhook-signature']).split(' ')).toHaveLength(2);
  platform.clock.advance(25 * 3_600_000);
  await publish(person, '二', id);
  await waitFor(async () => received(path).length === 2, 'the second');
  expect(String(received(path)[1]!.headers['webhook-signature']).split(' ')).toHaveLength(1);
});

test('each secret that was replaced signs for its day, however often others follow', async () => {
  const { person, id } = await owner();
  const path = `/hook-${randomUUID()}`;
  const hook = { url: `${peer.url}${path}`, topics: ['need-published'], enabled: true };
  const { body: added } = await person.client.post<Hook>(`/organisations/${id}/webhooks`, hook);
  const rotate = () =>
    person.client.post<Hook & { code?: string }>(`/organisations/${id}/webhooks/${added.id}/rotate`);
  const [second, third] = [(await rotate()).body, (await rotate()).body];
  await publish(person, '两次更换', id);
  await waitFor(async () => received(path).length === 1, 'the delivery');
  const { headers, text } = received(path)[0]!;
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
  const signature = ({ secret }: Hook): string => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  };
  expect(String(headers['webhook-signature']).split(' ')).toEqual([third, second, added].map(signature));
  for (let more = 0; more < 7; more += 1) expect((await rotate()).status).toBe(200);
  const refused = await rotate();
  expect([refused.status, refused.body.code]).toEqual([409, 'webhook.rotated-often']);
});

test('private addresses are refused when entered, and when a name turns out to be one', async () => {
  const { person, id } = await owner();
  const add = (url: string) =>
    person.client.post<Hook & { code?: string }>(`/organisations/${id}/webhooks`, {
      url,
      topics: ['need-published'],
      enabled: true,
    });
  for (const url of [
    'http://example.com/x',
    'https://127.0.0.1/x',
    'https://10.0.0.8/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest',
    'https://localhost/x',
    'https://2130706433/x',
    'https://user:pw@example.com/x',
  ])
    expect([url, (await add(url)).body.code]).toEqual([url, 'webhook.private']);
  // A name of this machine: it is looked up only when it is called.
  const { body } = await add('https://ip6-localhost/x');
  await publish(person, '三', id);
  const [row] = await waitFor(async () => {
    const rows = await platform.dataSource.query<
      { last_status: number | null; last_answer: string | null }[]
    >(
      'SELECT last_status, last_answer FROM webhook_delivery WHERE webhook_id = $1 AND attempts > 0 AND status = $2',
      [body.id, 'queued'],
    );
    return rows.length > 0 && rows;
  }, 'the refusal');
  expect(row!.last_status).toBeNull();
  expect(row!.last_answer).toMatch(/private address|ENOTFOUND/);
});

test('robots and webhooks are set by owners and organizers; secrets never come back', async () => {
  const { person, id } = await owner();
  const robot = {
    kind: 'dingtalk-robot',
    name: '项目群',
    address: 'https://oapi.dingtalk.com/robot/send?access_token=abcdef123456',
    secret: 'SEC987',
    topics: ['need-published'],
    locale: 'zh-CN',
    enabled: true,
  };
  const { body } = await person.client.post<{ robots: { id: string }[] }>(
    `/organisations/${id}/robots`,
    robot,
  );
  expect(body.robots).toMatchObject([{ name: '项目群', ending: '3456', signed: true, enabled: true }]);
  expect(JSON.stringify(body)).not.toMatch(/abcdef|SEC987/);
  const changed = await person.client.put<{ robots: unknown[] }>(
    `/organisations/${id}/robots/${body.robots[0]!.id}`,
    {
      ...robot,
      address: undefined,
      secret: '',
      name: '新名字',
    },
  );
  expect(changed.body.robots).toMatchObject([{ name: '新名字', ending: '3456', signed: false }]);
  const other = await owner();
  const refused = await other.person.client.get<{ code: string }>(`/organisations/${id}/places`);
  expect([refused.status, refused.body.code]).toEqual([403, 'place.not-yours']);
});

test('messages count as unread until they are read, and the stream says so at once', async () => {
  const person = await makePerson(platform);
  await publish(person, '高温合金焊接');
  const list = await person.client.get<{
    unread: number;
    rows: { id: string; subject: string; link: string }[];
  }>('/me/messages');
  expect([list.body.unread, list.body.rows[0]!.link]).toEqual([1, '/needs/1']);
  expect(list.body.rows[0]!.subject).toContain('高温合金焊接');

  const stream = await person.client.raw('/me/messages/unread', { headers: { accept: 'text/event-stream' } });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const hear = async (text: string) => {
    while (!heard.includes(text)) heard += (await reader.read()).value ?? '';
  };
  await hear('{"unread":1}');
  await publish(person, '第二条');
  await hear('{"unread":2}');
  expect((await person.client.post('/me/messages/read', {})).body).toEqual({ unread: 0 });
  await hear('{"unread":0}');
  await reader.cancel();
});

test('what listens ends with its session: signed out, revoked by another, or the person disabled', async () => {
  const person = await makePerson(platform);
  const eventId = await makeOpenEvent(platform, { capacity: 5 });
  const open = async (path: string) => {
    const token = await openSession(platform, person.id);
    const headers = { cookie: `${SESSION_COOKIE}=${token}`, accept: 'text/event-stream' };
    const { body } = await fetch(`${platform.url}/api${path}`, { headers });
    const reader = body!.getReader();
    expect((await reader.read()).done).toBe(false);
    const over = async () => {
      while (!(await reader.read()).done);
    };
    return { over: over(), headers };
  };
  const [left, revoked] = [await open('/me/messages/unread'), await open(`/events/${eventId}/live`)];
  const stays = await open('/me/messages/unread');
  let ended = false;
  void stays.over.then(() => (ended = true));
  await fetch(`${platform.url}/api/auth/sign-out`, { method: 'POST', headers: left.headers });
  await platform.dataSource.query(`UPDATE session SET revoked_at = now() WHERE token_hash = $1`, [
    hashToken(revoked.headers.cookie.slice(SESSION_COOKIE.length + 1)),
  ]);
  await Promise.all([left.over, revoked.over]);
  expect(ended).toBe(false);
  await platform.dataSource.query('UPDATE person SET disabled_at = now() WHERE id = $1', [person.id]);
  await stays.over;
});

test('preferences keep what is allowed; one click in a mail ends its kind, a look at the link does not', async () => {
  const person = await makePerson(platform);
  const { body: given } = await person.client.get<Record<string, unknown>>('/me/notification-preferences');
  const { body } = await person.client.put<{ choices: unknown }>('/me/notification-preferences', {
    ...given,
    choices: { market: { mail: 'digest' }, account: { mail: 'off' } },
    quietFrom: 1380,
  });
  expect(body).toMatchObject({ choices: { market: { mail: 'digest' } }, quietFrom: 1380, quietUntil: 480 });
  await person.client.put('/me/notification-preferences', { ...given, choices: {}, quietHours: false });

  await publish(person, '可退订');
  const raw = await waitFor(async () => {
    const rows = await platform.dataSource.query<{ raw: Buffer }[]>(
      'SELECT raw FROM mailbox_message WHERE to_address = $1',
      [person.email],
    );
    return rows[0]?.raw.toString('latin1');
  }, 'the mail');
  expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
  const link = /^List-Unsubscribe: <([^>]+)>/m.exec(raw)![1]!;
  const seen = await fetch(link, { headers: { accept: 'text/html' }, redirect: 'manual' });
  expect([seen.status, seen.headers.get('location')?.startsWith('/unsubscribe/')]).toEqual([302, true]);
  expect(await (await fetch(link)).json()).toEqual({ group: 'market', subscribed: true });
  for (let times = 0; times < 2; times++) {
    const clicked = await fetch(link, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect([clicked.status, await clicked.json()]).toEqual([200, { group: 'market', subscribed: false }]);
  }
  expect((await fetch(`${link}x`, { method: 'POST' })).status).toBe(404);
});

test('a programme’s own words replace the platform’s, and a wrong variable is refused', async () => {
  const organizer = await makePerson(platform, { roles: ['organizer'], name: '宋文静' });
  const [programme] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO programme (name, slug, kind) VALUES ($1, $2, 'forum') RETURNING id`,
    [`对接汇 ${randomUUID()}`, `p-${randomUUID()}`],
  );
  const base = `/organizer/programmes/${programme!.id}/mail-templates`;
  const words = { subject: '{{event}} 期待您的到来', body: '{{name}}，您好：\n\n<b>请准时到场</b>' };
  const wrong = await organizer.client.put<{ code: string }>(`${base}/registration-pending/zh-CN`, {
    ...words,
    body: '{{nmae}}',
  });
  expect([wrong.status, wrong.body.code]).toEqual([400, 'template.unknown-variable']);
  expect((await organizer.client.put(`${base}/registration-pending/zh-CN`, words)).status).toBe(200);
  const { body } = await organizer.client.post<{ subject: string; text: string; html: string }>(
    `${base}/registration-pending/zh-CN/preview`,
    words,
  );
  expect(body.subject).toBe('示例活动：海洋装备对接会 期待您的到来');
  expect(body.text).toContain('宋文静，您好：');
  expect(body.html).toContain('&lt;b&gt;请准时到场&lt;/b&gt;');
  await platform.dataSource.query(
    `INSERT INTO event (programme_id, kind, title, state, starts_at, ends_at, capacity)
     VALUES ($1, 'forum', '海洋装备对接会', 'published', now() + interval '9 days', now() + interval '9 days 2 hours', 5)`,
    [programme!.id],
  );
  await organizer.client.post(`${base}/registration-pending/zh-CN/test`);
  const [mail] = await waitFor(async () => {
    const rows = await platform.dataSource.query<{ subject: string }[]>(
      'SELECT subject FROM mailbox_message WHERE to_address = $1',
      [organizer.email],
    );
    return rows.length > 0 && rows;
  }, 'the test mail');
  expect(mail!.subject).toBe('示例活动：海洋装备对接会 期待您的到来');
});

test('a reminder goes once to everybody with a place, at its time', async () => {
  const organizer = await makePerson(platform, { roles: ['organizer'] });
  const guest = await makePerson(platform);
  const [event] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO event (kind, title, state, starts_at, ends_at, capacity)
     VALUES ('forum', '论坛', 'published', $1, $2, 5) RETURNING id`,
    [
      new Date(platform.clock.now().getTime() + 3 * 3_600_000),
      new Date(platform.clock.now().getTime() + 5 * 3_600_000),
    ],
  );
  await platform.dataSource.query(
    `INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code) VALUES ($1, $2, 'confirmed', 1, $3)`,
    [event!.id, guest.id, randomUUID()],
  );
  const reminder = { anchor: 'start', minutes: -120, note: '请携带证件' };
  expect((await organizer.client.post(`/organizer/events/${event!.id}/reminders`, reminder)).status).toBe(
    201,
  );
  expect((await organizer.client.post(`/organizer/events/${event!.id}/reminders`, reminder)).status).toBe(
    409,
  );
  const audience = await organizer.client.get<{ people: number; rows: { channel: string }[] }>(
    `/organizer/events/${event!.id}/audience`,
  );
  expect(audience.body.people).toBe(1);
  // Neither SMS nor 企业微信 is set up here: nobody chose to go without.
  expect(new Set(audience.body.rows.map(({ channel }) => channel))).toEqual(new Set(['mail', 'in-app']));
  expect(audience.body.rows).toContainEqual({
    topic: 'event-reminder',
    channel: 'mail',
    now: 1,
    later: 0,
    off: 0,
  });
  const written = () =>
    platform.dataSource.query<{ channel: string }[]>(
      `SELECT channel FROM notification WHERE person_id = $1 AND topic = 'event-reminder' ORDER BY channel`,
      [guest.id],
    );
  expect(await written()).toEqual([]);
  platform.clock.advance(61 * 60_000);
  await waitFor(async () => (await written()).length > 0, 'the reminder');
  platform.clock.advance(10 * 60_000);
  const witness = await makePerson(platform);
  await publish(witness, '其后');
  expect((await written()).map((row) => row.channel)).toEqual(['mail']);
});
