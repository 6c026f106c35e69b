import { randomUUID } from 'node:crypto';
import type { AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import { SealedBox } from '#libs/platform/sealed-box.js';
import {
  inTwoDays,
  makeEvent,
  patchEvent,
  readEvent,
  register,
  shifted,
  transition,
} from '../support/events.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  registerSide,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform({ SWEEP_SECONDS: '0.2' });
  organizer = await makePerson(platform, { roles: ['organizer'] });
  await platform.dataSource.query(
    `INSERT INTO channel_endpoint (kind, name, address, topics, enabled)
     VALUES ('wecom-robot', '工作群', $1, '{invitation-update,invitation-cancel}', true)`,
    [platform.running.app.get(SealedBox).seal(randomUUID())],
  );
});
afterAll(() => platform.stop());

const preview = (eventId: string, body: Record<string, unknown>) =>
  organizer.client.post<AnnouncementView>(`/organizer/events/${eventId}/announcement`, body);

/** A published event with three people: nothing chosen, SMS as well, and a member of a 企业微信 who wants no web messages. */
async function makeAudience(): Promise<string> {
  const eventId = await makeEvent(organizer, { capacity: 3 });
  await transition(organizer, eventId, 'publish');
  const people = [];
  for (const name of ['甲', '乙', '丙']) people.push(await makePerson(platform, { name }));
  await platform.dataSource.query("UPDATE person SET phone = '13900000001' WHERE id = $1", [people[1]!.id]);
  await platform.dataSource.query(
    `INSERT INTO notification_preference (person_id, choices, wecom_user_id, quiet_hours) VALUES
       ($1, '{"invitations": {"sms": "now"}}', NULL, false), ($2, '{"invitations": {"wecom-app": "now", "in-app": "off"}}', 'bing', false)`,
    [people[1]!.id, people[2]!.id],
  );
  for (const person of people) await register(platform, eventId, person);
  await patchEvent(organizer, eventId, { title: '先邀请' });
  await spread();
  return eventId;
}

const spread = () =>
  waitFor(
    async () =>
      (await platform.dataSource.query<unknown[]>('SELECT 1 FROM notification_unspread')).length === 0,
    'everything to be spread',
  );
const written = async () =>
  (await platform.dataSource.query<[{ n: number }]>('SELECT count(*)::int AS n FROM notification'))[0].n;

/** "name topic channel" of what was written since an id. */
async function toldSince(id: string): Promise<string[]> {
  await spread();
  const rows = await platform.dataSource.query<{ told: string }[]>(
    `SELECT to_name || ' ' || topic || ' ' || channel AS told FROM notification WHERE id > $1
     UNION ALL SELECT to_name || ' ' || topic || ' in-app' FROM notification WHERE id > $1 AND in_app`,
    [id],
  );
  return rows.map((row) => row.told).sort();
}
async function marker(): Promise<string> {
  return (await platform.dataSource.query<[{ id: string }]>('SELECT uuidv7() AS id'))[0].id;
}
function foretold(view: AnnouncementView): string[] {
  const people = view.lines.flatMap(({ name, topic, channels }) =>
    channels.filter(({ heard }) => heard !== 'off').map(({ channel }) => `${name} ${topic} ${channel}`),
  );
  const topic = view.rows[0]?.topic ?? '';
  return [...people, ...view.robots.map(({ name, channel }) => `${name} ${topic} ${channel}`)].sort();
}

test('what is foretold of a move is what is written then, and foretelling writes nothing', async () => {
  const id = await makeAudience();
  const before = await readEvent(organizer, id);
  const rows = await written();
  const change = {
    updatedAt: before.updatedAt,
    startsAt: shifted(before.startsAt, 3),
    endsAt: shifted(before.endsAt, 3),
  };
  const { status, body } = await preview(id, { change });
  expect(status).toBe(200);
  expect(await written()).toBe(rows);
  expect(await readEvent(organizer, id)).toEqual(before);
  expect([body.people, body.total, body.webhooks]).toEqual([3, 3, 0]);
  expect(body.robots).toEqual([{ name: '工作群', channel: 'wecom-robot', messages: 1 }]);
  const one = { topic: 'invitation-update', later: 0, digest: 0 };
  expect(body.rows).toEqual([
    { ...one, channel: 'in-app', now: 2, off: 1 },
    { ...one, channel: 'mail', now: 3, off: 0 },
    { ...one, channel: 'sms', now: 1, off: 0 },
    { ...one, channel: 'wecom-app', now: 1, off: 0 },
  ]);
  const since = await marker();
  expect((await patchEvent(organizer, id, change)).status).toBe(200);
  expect(await toldSince(since)).toEqual(foretold(body));
});

test('words that no calendar shows tell nobody; a cancellation tells everybody', async () => {
  const id = await makeAudience();
  const { updatedAt } = await readEvent(organizer, id);
  const silent = await preview(id, { change: { updatedAt, tags: ['海洋'] } });
  expect([silent.body.people, silent.body.rows, silent.body.robots]).toEqual([0, [], []]);
  const { body } = await preview(id, { transition: { action: 'cancel', note: '台风' } });
  expect([body.people, new Set(body.rows.map((row) => row.topic))]).toEqual([
    3,
    new Set(['invitation-cancel']),
  ]);
  const since = await marker();
  await transition(organizer, id, 'cancel', '台风');
  expect(await toldSince(since)).toEqual(foretold(body));
});

test('a table of another name is foretold to those who meet there, and nothing is renamed', async () => {
  const { id, tables } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const firm = await makeSide(platform, 'enterprise', '改名公司');
  const lab = await makeSide(platform, 'institute', '改名研究所');
  for (const side of [firm, lab]) await registerSide(platform, id, side);
  await makeInterest(platform, firm, lab);
  await organizer.client.post(`/organizer/events/${id}/meetings/collect`);
  const timetable = await computeTimetable(organizer, id);
  expect((await organizer.client.post(`/organizer/timetables/${timetable}/publish`)).status).toBe(200);
  await patchEvent(organizer, id, { title: '先邀请' });
  await spread();
  const before = await readEvent(organizer, id);
  const { updatedAt } = before;
  const change = { updatedAt, tables: [{ id: tables[0], label: '靠窗' }] };
  const { status, body } = await preview(id, { tables: change });
  expect([status, body.people, body.rows.map((row) => row.topic)]).toEqual([
    200,
    2,
    ['invitation-update', 'invitation-update'],
  ]);
  expect(await readEvent(organizer, id)).toEqual(before);
  const since = await marker();
  expect((await organizer.client.put(`/organizer/events/${id}/tables`, change)).status).toBe(200);
  expect(await toldSince(since)).toEqual(foretold(body));
});

test('what would be refused is refused, and only organizers may ask', async () => {
  const id = await makeEvent(organizer, { startsAt: inTwoDays(0), endsAt: inTwoDays(1) });
  const refused = await preview(id, { transition: { action: 'hold', note: null } });
  expect(refused.status).toBe(409);
  const stale = await preview(id, { change: { updatedAt: new Date(0).toISOString(), title: '旧' } });
  expect(stale.status).toBe(409);
  const attendee = await makePerson(platform);
  const { status } = await attendee.client.post(`/organizer/events/${id}/announcement`, {
    transition: { action: 'publish', note: null },
  });
  expect(status).toBe(403);
});
