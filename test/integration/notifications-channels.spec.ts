import { jest } from '@jest/globals';
import { createHmac, randomUUID } from 'node:crypto';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { SealedBox } from '#libs/platform/sealed-box.js';
import { startChatPeer, type ChatPeer } from '../support/chat-peer.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

let peer: ChatPeer;
let platform: TestPlatform;
beforeAll(async () => {
  peer = await startChatPeer();
  platform = await startTestPlatform({
    SWEEP_SECONDS: '0.2',
    WECOM_API_URL: peer.url,
    DINGTALK_API_URL: peer.url,
    FEISHU_API_URL: peer.url,
    SMS_PROVIDER: 'http',
    SMS_URL: `${peer.url}/sms`,
    SMS_KEY_SECRET: 'gateway-key',
    WECOM_CORP_ID: 'corp',
    WECOM_AGENT_ID: '7',
    WECOM_APP_SECRET: 'app-secret',
  });
});
afterAll(async () => {
  await platform.stop();
  await peer.stop();
});

const SECRET = 'SECtest';

async function makeRobot(organisationId: string, kind: string): Promise<{ id: string; key: string }> {
  const box = platform.running.app.get(SealedBox);
  const key = randomUUID();
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO channel_endpoint (organisation_id, kind, name, address, secret, topics, enabled)
     VALUES ($1, $2, '项目群', $3, $4, '{need-published}', true) RETURNING id`,
    [organisationId, kind, box.seal(key), kind === 'wecom-robot' ? null : box.seal(SECRET)],
  );
  return { id: row!.id, key };
}

/** Needs of the person's organisation, if they belong to one. */
async function publish(person: TestPerson, ...titles: string[]): Promise<void> {
  const [member] = await platform.dataSource.query<{ id: string }[]>(
    'SELECT organisation_id AS id FROM membership WHERE person_id = $1',
    [person.id],
  );
  const ids = await platform.dataSource.transaction(async (manager) => {
    const written: string[] = [];
    for (const title of titles) {
      const id = await writeMail(manager, {
        topic: 'need-published',
        dedupeKey: randomUUID(),
        personId: person.id,
        toAddress: person.email,
        toName: person.name,
        locale: 'zh-CN',
        organisationId: member?.id ?? null,
        payload: { title, link: '/needs/1' },
      });
      written.push(id!);
    }
    return written;
  });
  await platform.running.app.get(JobQueue).wake('send-notification', ids);
  await waitFor(async () => {
    const [left] = await platform.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM notification_unspread',
    );
    return left!.count === 0;
  }, 'it to be spread');
}

const rowsOf = (where: string, value: string) =>
  platform.dataSource.query<
    { id: string; status: string; channel: string; last_error: string; next_attempt_at: Date }[]
  >(
    `SELECT id, status, channel, last_error, next_attempt_at FROM notification WHERE ${where} = $1 ORDER BY id`,
    [value],
  );
const settled = (endpoint: string, status: string, count = 1) =>
  waitFor(async () => {
    const rows = await rowsOf('endpoint_id', endpoint);
    return rows.length === count && rows.every((row) => row.status === status) && rows;
  }, `${count} rows of ${endpoint} to be ${status}`);
const asked = (mark: string) =>
  peer.requests.filter(({ path, query, text }) => `${path}?${query.toString()}${text}`.includes(mark));

async function member() {
  const person = await makePerson(platform);
  return {
    person,
    organisation: await makeOrganisation(platform, { kind: 'enterprise', members: [person] }),
  };
}

test('robots of a member’s organisation say it, signed, and no text calls everybody', async () => {
  const { person, organisation } = await member();
  const wecom = await makeRobot(organisation, 'wecom-robot');
  const dingtalk = await makeRobot(organisation, 'dingtalk-robot');
  const feishu = await makeRobot(organisation, 'feishu-robot');
  await publish(person, '@所有人 <at user_id="all">[点此](https://evil.example)');
  for (const { id } of [wecom, dingtalk, feishu]) await settled(id, 'sent');

  const [first] = asked(wecom.key);
  expect([first!.path, first!.query.get('key'), first!.body['msgtype']]).toEqual([
    '/cgi-bin/webhook/send',
    wecom.key,
    'text',
  ]);
  const [second] = asked(dingtalk.key);
  const stamp = second!.query.get('timestamp')!;
  expect(second!.query.get('sign')).toBe(
    createHmac('sha256', SECRET).update(`${stamp}\n${SECRET}`).digest('base64'),
  );
  const [third] = asked(feishu.key);
  const { timestamp, sign } = third!.body as { timestamp: string; sign: string };
  expect([timestamp.length, sign]).toEqual([
    10,
    createHmac('sha256', `${timestamp}\n${SECRET}`).update('').digest('base64'),
  ]);
  for (const request of [first, second, third]) {
    expect(request!.text).not.toMatch(/@所有人|<at |\]\(|evil\.example\)|https:\/\/evil/);
    expect(request!.text).toContain('＠所有人');
    expect(request!.text).toContain(`${platform.url}/needs/1`);
  }
});

test('what comes too fast is said in one message', async () => {
  const { person, organisation } = await member();
  const { id, key } = await makeRobot(organisation, 'feishu-robot');
  await publish(person, '第一项');
  await settled(id, 'sent');
  await publish(person, '第二项', '第三项', '第四项');
  platform.clock.advance(60_000);
  await settled(id, 'sent', 4);
  const said = asked(key).map(({ body }) => (body['content'] as { text: string }).text);
  expect(said).toHaveLength(2);
  expect(['第二项', '第三项', '第四项'].every((title) => said[1]!.includes(title))).toBe(true);
});

test('a slow answer keeps nothing else waiting, and a clock that jumps meanwhile sends nothing twice', async () => {
  const { person, organisation } = await member();
  const slow = await makeRobot(organisation, 'wecom-robot');
  const ok = { body: { errcode: 0, errmsg: 'ok' } };
  let answer = (): void => undefined;
  const answered = new Promise<typeof ok>((resolve) => (answer = () => resolve(ok)));
  const before = peer.answer;
  peer.answer = (request) => (request.query.get('key') === slow.key ? answered : before(request));
  await publish(person, '慢');
  await waitFor(async () => asked(slow.key).length === 1, 'the slow robot to be asked');
  const other = await makeRobot(organisation, 'feishu-robot');
  platform.clock.advance(60_000);
  await publish(person, '快');
  await settled(other.id, 'sent');
  answer();
  await settled(slow.id, 'sent', 2);
  peer.answer = before;
  expect(asked(slow.key).filter(({ text }) => text.includes('慢'))).toHaveLength(1);
});

test('a limit in the JSON waits, a wrong key switches the robot off, silence is not repeated', async () => {
  const { person, organisation } = await member();
  const limited = await makeRobot(organisation, 'dingtalk-robot');
  const wrong = await makeRobot(organisation, 'wecom-robot');
  const silent = await makeRobot(organisation, 'feishu-robot');
  const before = peer.answer;
  peer.answer = ({ path, query }) => {
    if (path.endsWith(silent.key)) return 'drop';
    if (query.get('key') === wrong.key) return { body: { errcode: 93000, errmsg: 'invalid webhook url' } };
    if (query.get('access_token') === limited.key)
      return { body: { errcode: 130101, errmsg: 'send too fast' } };
    return { body: { errcode: 0 } };
  };
  await publish(person, '限流');
  const [waiting] = await waitFor(async () => {
    const rows = await rowsOf('endpoint_id', limited.id);
    return rows[0]?.last_error !== null && rows;
  }, 'the limit to be noted');
  expect(waiting!.status).toBe('queued');
  expect(waiting!.next_attempt_at.getTime() - platform.clock.now().getTime()).toBeGreaterThan(9 * 60_000);
  await settled(wrong.id, 'failed');
  const [robot] = await platform.dataSource.query<{ enabled: boolean; fault: string }[]>(
    'SELECT enabled, fault FROM channel_endpoint WHERE id = $1',
    [wrong.id],
  );
  expect([robot!.enabled, robot!.fault.includes('93000')]).toEqual([false, true]);
  const [unknown] = await settled(silent.id, 'failed');
  expect(unknown!.last_error).toMatch(/^Unknown whether it was sent: /);
  expect(asked(silent.key)).toHaveLength(1);
  const [tried] = await platform.dataSource.query<{ outcome: string | null; done: boolean }[]>(
    `SELECT a.outcome, a.finished_at IS NOT NULL AS done FROM delivery_attempt a
     JOIN notification n ON n.id = a.notification_id WHERE n.endpoint_id = $1`,
    [silent.id],
  );
  expect(tried).toEqual({ outcome: null, done: true });
  peer.answer = before;
});

async function prefer(
  person: TestPerson,
  choices: object,
  more: Record<string, unknown> = {},
): Promise<void> {
  await platform.dataSource.query(
    `INSERT INTO notification_preference (person_id, choices, quiet_hours, wecom_user_id) VALUES ($1, $2, $3, $4)`,
    [person.id, JSON.stringify(choices), more['quietHours'] ?? false, more['wecomUserId'] ?? null],
  );
}

test('SMS goes to a mobile number by the registered template, application messages to the user id', async () => {
  const person = await makePerson(platform);
  await platform.dataSource.query(`UPDATE person SET phone = '138 0000 0001' WHERE id = $1`, [person.id]);
  await prefer(person, { market: { sms: 'now', 'wecom-app': 'now' } }, { wecomUserId: 'wang.gong' });
  const organizer = await makePerson(platform, { roles: ['organizer'] });
  const template = {
    signName: '对接平台',
    templateId: 'T1',
    variables: [
      { parameter: 'user', value: 'name' },
      { parameter: 'event', value: 'event' },
    ],
  };
  const path = '/organizer/sms-templates/need-published/zh-CN';
  expect((await organizer.client.put(path, template)).body).toMatchObject({
    provider: 'http',
    templates: [{ topic: 'need-published', locale: 'zh-CN', ...template }],
  });
  const twice = [template.variables[0], template.variables[0]];
  expect((await organizer.client.put(path, { ...template, variables: twice })).status).toBe(400);
  expect((await organizer.client.put('/organizer/sms-templates/verify-email/zh-CN', template)).status).toBe(
    400,
  );
  const before = peer.answer;
  peer.answer = ({ path }) =>
    path.endsWith('/gettoken')
      ? { body: { errcode: 0, access_token: 'token-1', expires_in: 7200 } }
      : { body: { errcode: 0, code: 0 } };
  await publish(person, '高温合金焊接');
  const rows = await waitFor(async () => {
    const all = await rowsOf('person_id', person.id);
    return all.length === 3 && all.every((row) => row.status === 'sent') && all;
  }, 'three channels');
  expect(rows.map((row) => row.channel).sort()).toEqual(['mail', 'sms', 'wecom-app']);
  const [sms] = peer.requests.filter(({ path }) => path === '/sms').slice(-1);
  expect([
    sms!.headers.authorization,
    sms!.body['to'],
    sms!.body['template'],
    sms!.body['variables'],
  ]).toEqual(['Bearer gateway-key', '+8613800000001', 'T1', { user: person.name, event: '高温合金焊接' }]);
  const [card] = peer.requests.filter(({ path }) => path === '/cgi-bin/message/send').slice(-1);
  expect([
    card!.query.get('access_token'),
    card!.body['touser'],
    card!.body['agentid'],
    card!.body['enable_duplicate_check'],
  ]).toEqual(['token-1', 'wang.gong', 7, 1]);
  peer.answer = before;
});

test('two messages of one wording are two cards, which the service does not take for copies', async () => {
  const person = await makePerson(platform);
  await prefer(person, { market: { 'wecom-app': 'now' } }, { wecomUserId: randomUUID() });
  const before = peer.answer;
  peer.answer = ({ path }) =>
    path.endsWith('/gettoken')
      ? { body: { errcode: 0, access_token: 'token-1', expires_in: 7200 } }
      : { body: { errcode: 0 } };
  await publish(person, '同一标题', '同一标题');
  await waitFor(async () => {
    const all = await rowsOf('person_id', person.id);
    return all.length === 4 && all.every((row) => row.status === 'sent');
  }, 'both channels');
  peer.answer = before;
  const cards = asked('/cgi-bin/message/send')
    .filter(({ text }) => text.includes('同一标题'))
    .map(({ body }) => body['textcard'] as { title: string; url: string });
  expect(cards).toHaveLength(2);
  expect(cards[0]!.title).toBe(cards[1]!.title);
  expect(cards[0]!.url).not.toBe(cards[1]!.url);
  expect(cards[0]!.url.split('#')[0]).toBe(`${platform.url}/needs/1`);
});

test('who chose a digest gets one mail, who chose none gets none', async () => {
  const reader = await makePerson(platform);
  await prefer(reader, { market: { mail: 'digest' } });
  const quiet = await makePerson(platform);
  await prefer(quiet, { market: { mail: 'off', 'in-app': 'off' } });
  await publish(reader, '甲', '乙', '丙');
  await publish(quiet, '丁');
  expect((await rowsOf('person_id', quiet.id)).map((row) => [row.channel, row.status])).toEqual([
    ['mail', 'cancelled'],
  ]);
  platform.clock.advance(25 * 3_600_000);
  const mails = await waitFor(async () => {
    const found = await platform.dataSource.query<{ subject: string }[]>(
      'SELECT subject FROM mailbox_message WHERE to_address = $1',
      [reader.email],
    );
    return found.length > 0 && found;
  }, 'the digest');
  expect(mails).toEqual([{ subject: '汇总：3 条消息' }]);
});
