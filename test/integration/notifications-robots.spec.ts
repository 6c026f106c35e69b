import { randomUUID } from 'node:crypto';
import type { DeliveriesPage } from '#libs/contracts/notifications/deliveries.js';
import { SealedBox } from '#libs/platform/sealed-box.js';
import { startChatPeer, type ChatPeer } from '../support/chat-peer.js';
import { makeEvent, patchEvent, readEvent, shifted, transition } from '../support/events.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

let peer: ChatPeer;
let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  peer = await startChatPeer();
  platform = await startTestPlatform({ SWEEP_SECONDS: '0.2', FEISHU_API_URL: peer.url });
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(async () => {
  await platform.stop();
  await peer.stop();
});

const TOPICS = [
  'invitation-request',
  'invitation-update',
  'invitation-cancel',
  'need-returned',
  'registration-pending',
];

interface Robot {
  readonly id: string;
  readonly key: string;
}

/** Hears everything; without an organisation it is the platform's. */
async function makeRobot(organisation: string | null, locale = 'zh-CN'): Promise<Robot> {
  const key = randomUUID();
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO channel_endpoint (organisation_id, kind, name, address, topics, locale, enabled)
     VALUES ($1, 'feishu-robot', '群', $2, $3, $4, true) RETURNING id`,
    [organisation, platform.running.app.get(SealedBox).seal(key), TOPICS, locale],
  );
  return { id: row!.id, key };
}

const spread = () =>
  waitFor(
    async () =>
      (await platform.dataSource.query<unknown[]>('SELECT 1 FROM notification_unspread')).length === 0,
    'everything to be spread',
  );

/** What was written for a robot: topic, and title or summary. */
async function saidBy({ id }: Robot): Promise<string[]> {
  await spread();
  const rows = await platform.dataSource.query<{ said: string }[]>(
    `SELECT topic || ' ' || coalesce(payload->>'summary', payload->>'title', payload->>'event') AS said
     FROM notification WHERE endpoint_id = $1 ORDER BY id`,
    [id],
  );
  return rows.map(({ said }) => said);
}

/** The words that arrived in its group, when everything was said. */
async function heard(robot: Robot): Promise<string> {
  await spread();
  await waitFor(async () => {
    platform.clock.advance(1_000);
    const [left] = await platform.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM notification WHERE endpoint_id = $1 AND status = 'queued'`,
      [robot.id],
    );
    return left!.n === 0;
  }, 'the robot to have spoken');
  const said = peer.requests.filter(({ path }) => path.endsWith(robot.key));
  return said.map(({ body }) => (body['content'] as { text: string }).text).join('\n\n');
}

async function open(change: Record<string, unknown> = {}): Promise<string> {
  const id = await makeEvent(organizer, { title: '海洋论坛', titleEn: 'Test forum', ...change });
  await transition(organizer, id, 'publish');
  return id;
}

async function join(event: string, person: TestPerson, organisationId: string | null = null) {
  const { status, body } = await person.client.post<{ id: string }>(`/events/${event}/registrations`, {
    organisationId,
    groupSize: 1,
    answers: {},
  });
  expect(status).toBe(201);
  await spread();
  return body.id;
}

test('one guest giving back a place is no news; a cancellation is said with its reason', async () => {
  const robot = await makeRobot(null);
  const event = await open();
  const [leaving, staying] = [await makePerson(platform), await makePerson(platform)];
  const place = await join(event, leaving);
  await join(event, staying);
  expect((await leaving.client.post(`/registrations/${place}/cancel`, { note: null })).status).toBe(200);
  expect(await saidBy(robot)).toEqual(['invitation-request 海洋论坛']);
  await transition(organizer, event, 'cancel', '台风 @所有人');
  expect(await saidBy(robot)).toEqual(['invitation-request 海洋论坛', 'invitation-cancel 海洋论坛']);
  const text = await heard(robot);
  expect(text).toContain('取消：海洋论坛');
  expect(text).toContain('取消原因：台风 ＠所有人');
});

test('a robot says a change once, in its language, whoever is told of it and as often as it was told', async () => {
  const [chinese, english] = [await makeRobot(null), await makeRobot(null, 'en')];
  const event = await open();
  const early = await makePerson(platform);
  await join(event, early);
  const { startsAt, endsAt } = await readEvent(organizer, event);
  const moved = { startsAt: shifted(startsAt, 1), endsAt: shifted(endsAt, 1) };
  expect((await patchEvent(organizer, event, moved)).status).toBe(200);
  // Guests who came later have other numbers of their invitations, and some read English.
  await join(event, await makePerson(platform, { locale: 'en' }));
  await join(event, await makePerson(platform));
  const again = { startsAt, endsAt };
  expect((await patchEvent(organizer, event, again)).status).toBe(200);
  expect(await saidBy(chinese)).toEqual([
    'invitation-request 海洋论坛',
    'invitation-update 海洋论坛',
    'invitation-update 海洋论坛',
  ]);
  expect(await saidBy(english)).toEqual([
    'invitation-request Test forum',
    'invitation-update Test forum',
    'invitation-update Test forum',
  ]);
  const text = await heard(chinese);
  expect(text).not.toContain('Test');
  expect(text.match(/更新：/g)).toHaveLength(2);
});

test('a title that goes back and forth is said each time, the last one last', async () => {
  const robot = await makeRobot(null);
  const event = await open({ title: '甲' });
  await join(event, await makePerson(platform));
  for (const title of ['乙', '甲', '乙']) {
    expect((await patchEvent(organizer, event, { title })).status).toBe(200);
    await spread();
  }
  expect(await saidBy(robot)).toEqual([
    'invitation-request 甲',
    'invitation-update 乙',
    'invitation-update 甲',
    'invitation-update 乙',
  ]);
  expect((await heard(robot)).match(/更新：[甲乙]/g)?.at(-1)).toBe('更新：乙');
});

test('of two organisations of a person only the one hears that it is about', async () => {
  const person = await makePerson(platform);
  const one = await makeOrganisation(platform, { kind: 'enterprise', members: [person] });
  const other = await makeOrganisation(platform, { kind: 'enterprise', members: [person] });
  const [own, foreign] = [await makeRobot(one), await makeRobot(other)];
  const deliveries = async () => {
    const rows = await platform.dataSource.query<{ topic: string; organisation: string }[]>(
      `SELECT d.topic, w.organisation_id AS organisation FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
       WHERE w.organisation_id = ANY($1) ORDER BY d.id`,
      [[one, other]],
    );
    return rows.map(({ topic, organisation }) => [topic, organisation === one]);
  };
  for (const organisation of [one, other])
    await platform.dataSource.query(
      `INSERT INTO webhook (organisation_id, url, topics, enabled) VALUES ($1, 'https://example.invalid', $2, true)`,
      [organisation, TOPICS],
    );
  const { body: need } = await person.client.post<{ id: string }>('/needs', {
    organisationId: one,
    title: '水下定位',
    problem: '看不清',
    keyTech: '导航',
    expectedGoal: '误差减半',
    keywords: ['导航'],
    needKind: 'rd',
    solveModes: ['joint'],
    activityType: 'applied-research',
    fields: ['08.08'],
    regionCode: '440115',
    trlScheme: 'trl-gbt22900',
    targetTrl: 7,
    contactName: '联系人',
    contactPhone: '13800000000',
  });
  expect((await person.client.post(`/needs/${need.id}/submit`)).status).toBe(200);
  expect((await organizer.client.post(`/needs/${need.id}/return`, { note: '流速？' })).status).toBe(200);
  await join(await open({ title: '审核制', approvalRequired: true }), person, one);
  await join(await open({ title: '为机构' }), person, one);
  // For themselves: no organisation's business.
  await join(await open({ title: '个人' }), person);
  expect(await saidBy(own)).toEqual([
    'need-returned 水下定位',
    'registration-pending 审核制',
    'invitation-request 为机构',
  ]);
  expect(await saidBy(foreign)).toEqual([]);
  expect(await deliveries()).toEqual([
    ['need-returned', true],
    ['registration-pending', true],
    ['invitation-request', true],
  ]);
});

test('a test mail is for who asked for it, and for nobody else', async () => {
  const robot = await makeRobot(null);
  const [programme] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO programme (name, slug, kind) VALUES ($1, $2, 'forum') RETURNING id`,
    [`系列 ${randomUUID()}`, `p-${randomUUID()}`],
  );
  await platform.dataSource.query(
    `INSERT INTO event (programme_id, kind, title, state, starts_at, ends_at, capacity)
     VALUES ($1, 'forum', '对接会', 'published', now() + interval '9 days', now() + interval '9 days 2 hours', 5)`,
    [programme!.id],
  );
  const path = `/organizer/programmes/${programme!.id}/mail-templates/invitation-cancel/zh-CN/test`;
  expect((await organizer.client.post(path)).status).toBeLessThan(300);
  const [mail] = await waitFor(async () => {
    const rows = await platform.dataSource.query<{ in_app: boolean }[]>(
      `SELECT in_app FROM notification WHERE dedupe_key LIKE 'template-test:%' AND status = 'sent'`,
    );
    return rows.length > 0 && rows;
  }, 'the test mail');
  expect([mail!.in_app, await saidBy(robot)]).toEqual([false, []]);
});

test('what a robot said stays in the delivery log when it is removed; what it had still to say is not said', async () => {
  const robot = await makeRobot(null);
  await platform.dataSource.query("UPDATE channel_endpoint SET name = '旧群' WHERE id = $1", [robot.id]);
  const event = await open({ title: '留痕' });
  await join(event, await makePerson(platform));
  await heard(robot);
  // Its next turn is tomorrow.
  await platform.dataSource.query(
    `INSERT INTO send_pace (key, next_at) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET next_at = EXCLUDED.next_at`,
    [`robot:${robot.id}`, new Date(platform.clock.now().getTime() + 86_400_000)],
  );
  expect((await patchEvent(organizer, event, { title: '留痕二' })).status).toBe(200);
  await waitFor(async () => {
    const rows = await platform.dataSource.query<unknown[]>(
      'SELECT 1 FROM notification WHERE endpoint_id = $1 AND next_attempt_at > $2',
      [robot.id, new Date(platform.clock.now().getTime() + 3_600_000)],
    );
    return rows.length === 1;
  }, 'the second message to wait for its turn');
  expect((await organizer.client.delete(`/organizer/robots/${robot.id}`)).status).toBe(200);
  const { body } = await organizer.client.get<DeliveriesPage>(
    `/organizer/deliveries?eventId=${event}&channel=feishu-robot&q=${encodeURIComponent('旧群')}`,
  );
  expect(
    body.rows.map(({ topic, toName, status, tries }) => [topic, toName, status, tries[0]?.outcome]).reverse(),
  ).toEqual([
    ['invitation-request', '旧群', 'sent', 'accepted'],
    ['invitation-update', '旧群', 'cancelled', undefined],
  ]);
  const left = await platform.dataSource.query<unknown[]>(
    'SELECT 1 FROM send_pace WHERE key = $1 UNION ALL SELECT 1 FROM channel_endpoint WHERE id = $2',
    [`robot:${robot.id}`, robot.id],
  );
  expect(left).toEqual([]);
});
