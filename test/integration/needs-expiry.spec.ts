import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { waitForMails, withoutQuietHours } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

type Body = Record<string, unknown> & { id: string; version: number };

let platform: TestPlatform;
let owner: TestPerson;
let stranger: TestPerson;
let organizer: TestPerson;
let organisation: string;

const DAY = 86_400_000;
const inDays = (days: number): string => shanghaiDay(new Date(platform.clock.now().getTime() + days * DAY));

beforeAll(async () => {
  platform = await startTestPlatform();
  owner = await makePerson(platform, { name: '需求作者' });
  stranger = await makePerson(platform, { locale: 'en' });
  organizer = await makePerson(platform, { roles: ['organizer'] });
  await withoutQuietHours(platform.dataSource, owner.id);
  organisation = await makeOrganisation(platform, { kind: 'enterprise', members: [owner] });
  await makeOrganisation(platform, { kind: 'institute', members: [stranger] });
});
afterAll(() => platform.stop());

const form = {
  title: '水下机器人定位',
  problem: '浑水中看不清',
  keyTech: '紧耦合导航',
  expectedGoal: '悬停误差减半',
  keywords: ['水下机器人'],
  needKind: 'rd',
  solveModes: ['joint'],
  activityType: 'applied-research',
  fields: ['08.08'],
  regionCode: '440115',
  contactName: '联系人甲',
  contactPhone: '13800000000',
};

async function submitted(fields: Record<string, unknown>): Promise<Body> {
  const { body } = await owner.client.post<Body>('/needs', {
    organisationId: organisation,
    ...form,
    ...fields,
  });
  expect((await owner.client.post(`/needs/${body.id}/submit`)).status).toBe(200);
  return body;
}
async function published(fields: Record<string, unknown>): Promise<string> {
  const { id } = await submitted(fields);
  expect((await organizer.client.post(`/needs/${id}/publish`, {})).status).toBe(200);
  return id;
}
const statusOf = async (id: string) => (await owner.client.get<Body>(`/needs/${id}`)).body['status'];
const trail = (id: string): Promise<unknown[]> =>
  platform.dataSource.query(
    "SELECT action, actor_id AS actor FROM audit_entry WHERE subject_id = $1 AND action ~ '^(expire|extend)' ORDER BY id",
    [id],
  );

test('a need leaves the market after its last day, and its author extends it without another review', async () => {
  const id = await published({ expiresAt: inDays(1) });
  const lasting = await published({ expiresAt: null });
  platform.clock.advance(DAY);
  try {
    const sibling = await published({ expiresAt: inDays(0) });
    // The next midnight in Shanghai ends the last day of both.
    platform.clock.advance(DAY);
    await waitFor(async () => (await statusOf(id)) === 'expired', 'the need to expire');
    await waitFor(async () => (await statusOf(sibling)) === 'expired', 'its sibling to expire');
    expect(await statusOf(lasting)).toBe('published');
    expect((await platform.client().get(`/needs/${id}`)).status).toBe(404);
    // Both leave in the same moment; neither is promised to come first.
    const mails = await waitForMails(platform.dataSource, owner.email, 'need-expired', 2);
    const mail = mails.find(({ text }) => text.includes(id));
    expect(mail!.subject).toBe('需求已过有效期：水下机器人定位');
    expect(mail!.text).toContain(`有效期至：${inDays(-1)}`);
    expect(mail!.links.filter((link) => !link.includes('/unsubscribe/'))).toEqual([
      expect.stringMatching(`/needs/${id}$`),
    ]);
    expect(await trail(id)).toEqual([{ action: 'expire-need', actor: null }]);

    const extend = (person: TestPerson, expiresAt: unknown) =>
      person.client.post<Body>(`/needs/${id}/extend`, { expiresAt });
    expect((await extend(stranger, inDays(9))).body['code']).toBe('auth.forbidden');
    const past = await extend(owner, inDays(-1));
    expect([past.status, past.body['code']]).toEqual([422, 'need.expiry-past']);
    expect((await extend(owner, null)).status).toBe(400);
    const extended = await extend(owner, inDays(0));
    expect([extended.status, extended.body['status'], extended.body['expiresAt']]).toEqual([
      200,
      'published',
      inDays(0),
    ]);
    const again = await extend(owner, inDays(5));
    expect([again.status, again.body['code']]).toEqual([409, 'transition.not-allowed']);
    expect((await platform.client().get(`/needs/${id}`)).status).toBe(200);
    const runs: { n: number }[] = await platform.dataSource.query(
      "SELECT count(*)::int AS n FROM match_run WHERE scope = 'need' AND subject_id = $1",
      [id],
    );
    expect(runs).toEqual([{ n: 2 }]);

    platform.clock.advance(DAY);
    await waitFor(async () => (await statusOf(id)) === 'expired', 'the need to expire again');
    await waitForMails(platform.dataSource, owner.email, 'need-expired', 3);
    expect((await extend(organizer, inDays(30))).body['status']).toBe('published');
    expect(await trail(id)).toEqual([
      { action: 'expire-need', actor: null },
      { action: 'extend-need', actor: owner.id },
      { action: 'expire-need', actor: null },
      { action: 'extend-need', actor: organizer.id },
    ]);
  } finally {
    platform.clock.advance(-3 * DAY);
  }
}, 60_000);

test('a need whose last day is over is not published in the first place', async () => {
  const { body } = await owner.client.post<Body>('/needs', {
    organisationId: organisation,
    ...form,
    expiresAt: inDays(-1),
  });
  expect((await owner.client.post(`/needs/${body.id}/submit`)).body['code']).toBe('need.expiry-past');
  const { id } = await submitted({ expiresAt: inDays(0) });
  platform.clock.advance(DAY);
  try {
    expect((await organizer.client.post(`/needs/${id}/publish`, {})).body['code']).toBe('need.expiry-past');
    const bulk = await organizer.client.post<{ published: number; left: unknown }>('/needs/bulk-publish', {
      which: { ids: [id] },
      incompleteToo: true,
    });
    expect([bulk.body.published, bulk.body.left]).toEqual([
      0,
      [{ id, title: form.title, missing: ['expiresAt'] }],
    ]);
  } finally {
    platform.clock.advance(-DAY);
  }
});

test('what was emptied meanwhile keeps its author, but not an organizer, from extending', async () => {
  const id = await published({ expiresAt: inDays(0) });
  platform.clock.advance(DAY);
  try {
    await waitFor(async () => (await statusOf(id)) === 'expired', 'the need to expire');
    const { version } = (await owner.client.get<Body>(`/needs/${id}`)).body;
    await owner.client.patch(`/needs/${id}`, { version, keyTech: '' });
    const path = `/needs/${id}/extend`;
    const refused = await owner.client.post(path, { expiresAt: inDays(9) });
    expect([refused.status, refused.body['code']]).toEqual([422, 'market.incomplete']);
    expect((await organizer.client.post(path, { expiresAt: inDays(9) })).status).toBe(200);
  } finally {
    platform.clock.advance(-DAY);
  }
});
