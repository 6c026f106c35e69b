import { jest } from '@jest/globals';
import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import { digestDay, writeMatchDigests } from '#libs/persistence/matching/write-match-digests.js';
import { TestClient } from '../support/client.js';
import { createTestDatabase, openTestDataSource, type TestDatabase } from '../support/database.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertMatch, insertRecord } from '../support/market.js';
import type { TestScene } from '../support/platform.js';

jest.setTimeout(60_000);
let database: TestDatabase;
/** Without workers, whose sweep would write today's digest by itself. */
let platform: TestScene;
let engineer: TestPerson;
let researcher: TestPerson;
let owner: TestPerson;
let needId: string;
let institute: string;
const { until } = digestDay(new Date());
const hours = (count: number) => new Date(until.getTime() + count * 3_600_000);
beforeAll(async () => {
  database = await createTestDatabase();
  platform = {
    dataSource: await openTestDataSource(database.url),
    client: () => new TestClient('http://nowhere.example'),
  };
  engineer = await makePerson(platform);
  owner = await makePerson(platform, { locale: 'en' });
  researcher = await makePerson(platform);
  const enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [engineer] });
  institute = await makeOrganisation(platform, { kind: 'research-institute', members: [owner] });
  needId = await insertRecord(
    platform,
    'need',
    { organisationId: enterprise, personId: engineer.id },
    { title: '水下机器人导航' },
  );
}, 60_000);
afterAll(async () => {
  await platform.dataSource.destroy();
  await database.drop();
});

async function addMatch(title: string, values: Record<string, unknown>): Promise<string> {
  // The author has left the institute: its owner is told.
  const author = { organisationId: institute, personId: researcher.id };
  const capabilityId = await insertRecord(platform, 'capability', author, { title });
  return insertMatch(platform, { needId, capabilityId }, values);
}

interface Mail {
  topic: string;
  person_id: string;
  payload: TopicPayload<'match-digest'>;
}
const mails = () =>
  platform.dataSource.query<Mail[]>(
    "SELECT topic, person_id, payload FROM notification WHERE topic = 'match-digest' AND channel = 'mail' ORDER BY id",
  );
const write = (now: Date) => platform.dataSource.transaction((manager) => writeMatchDigests(manager, now));
const told = async (person: TestPerson) =>
  (await mails())
    .filter((mail) => mail.person_id === person.id)
    .map(({ payload }) => [payload.total, payload.items.map((item) => [item.title, item.count])]);

test('the digest of a day is due from eight in the morning', () => {
  const due = (instant: string) => digestDay(new Date(instant));
  expect(due('2026-11-22T00:00:00Z')).toEqual({ day: '2026-11-22', until: new Date('2026-11-22T00:00:00Z') });
  expect(due('2026-11-21T23:59:59Z').day).toBe('2026-11-21');
  expect(due('2026-11-22T23:59:59Z').until).toEqual(new Date('2026-11-22T00:00:00Z'));
});

test('each person is told once a day of the new matches that count, and the next day only of newer ones', async () => {
  await addMatch('好成果', { score: 0.8, created_at: hours(-2) });
  await addMatch('弱成果', { score: 0.35, created_at: hours(-2) });
  await addMatch('旧成果', { score: 0.9, created_at: hours(-24 * 8) });
  await addMatch('隐藏成果', {
    score: 0.9,
    created_at: hours(-2),
    override: 'hidden',
    override_at: new Date(),
  });
  await addMatch('已答复', { score: 0.9, created_at: hours(-2), need_answer: 'declined' });
  await addMatch('今日成果', { score: 0.7, created_at: hours(1) });
  const written = await Promise.all([write(hours(2)), write(hours(2))]);
  expect(written.flat().length).toBe(2);
  expect(await write(hours(3))).toEqual([]);
  expect(await told(engineer)).toEqual([[1, [['水下机器人导航', 1]]]]);
  // The institute did not answer the match that the need's side declined.
  expect(await told(owner)).toEqual([
    [
      2,
      [
        ['已答复', 1],
        ['好成果', 1],
      ],
    ],
  ]);
  expect(await told(researcher)).toEqual([]);

  await write(hours(26));
  expect(await told(engineer)).toEqual([
    [1, [['水下机器人导航', 1]]],
    [1, [['水下机器人导航', 1]]],
  ]);
  expect((await told(owner))[1]).toEqual([1, [['今日成果', 1]]]);
  expect(await write(hours(50))).toEqual([]);
});

test('while a match run is under way nothing is written', async () => {
  await addMatch('后日成果', { score: 0.7, created_at: hours(60) });
  await platform.dataSource.query(
    "INSERT INTO match_run (scope, model_version, status, created_at) VALUES ('all', 'test', 'queued', now())",
  );
  expect(await write(hours(80))).toBeNull();
});
