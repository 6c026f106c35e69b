import { jest } from '@jest/globals';
import type { QualityView } from '#libs/contracts/matching/match-quality.js';
import { startEmbeddingPeer, type EmbeddingPeer, type PeerMode } from '../support/embedding-peer.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(120_000);
const TITLES = [
  '潜航器导航成套装备',
  '高温合金涂层',
  '净水絮凝药剂',
  '无人机避障',
  '海藻多糖提取',
  '电池热管理',
  '对虾饲料配方',
  '光纤温度传感',
  '石墨烯散热膜',
  '视觉焊缝检测',
];

let peer: EmbeddingPeer;
let platform: TestPlatform;
let organizer: TestPerson;
let offerer: { organisationId: string; personId: string };
let asker: { organisationId: string; personId: string };
let needId: string;
const offer = (title: string) =>
  insertRecord(platform, 'capability', offerer, { title, abstract: `${title}，装备已应用` });

beforeAll(async () => {
  peer = await startEmbeddingPeer();
  platform = await startTestPlatform({
    EMBEDDINGS_URL: `${peer.url}/`,
    EMBEDDINGS_MODEL: 'hashed',
    EMBEDDINGS_KEY: 'key',
    EMBEDDINGS_BATCH: '4',
    EMBEDDINGS_TIMEOUT_SECONDS: '0.4',
  });
  organizer = await makePerson(platform, { roles: ['organizer'] });
  const [engineer, researcher] = [await makePerson(platform), await makePerson(platform)];
  const enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [engineer] });
  const institute = await makeOrganisation(platform, { kind: 'research-institute', members: [researcher] });
  asker = { organisationId: enterprise, personId: engineer.id };
  offerer = { organisationId: institute, personId: researcher.id };
  needId = await insertRecord(platform, 'need', asker, {
    title: '水下机器人导航装备',
    problem: '浑水里定位',
  });
  for (const title of TITLES) await offer(title);
}, 60_000);
afterAll(async () => {
  await platform.stop();
  await peer.stop();
});

async function progress() {
  const { body } = await organizer.client.get<QualityView>('/organizer/match-quality');
  return body.embedding!;
}
const embedded = (total: number) =>
  waitFor(async () => {
    const now = await progress();
    return now.total === total && now.embedded === total && now;
  }, `${total} vectors`);
const failed = (error: string) =>
  waitFor(async () => ((await progress()).lastError === error ? true : null), error);

interface MatchRow {
  capability_id: string;
  factors: { code: string; contribution: number }[];
  score: number;
}
const runsAreDone = () =>
  waitFor(async () => {
    const open = await platform.dataSource.query<unknown[]>(
      "SELECT 1 FROM match_run WHERE status IN ('queued', 'running')",
    );
    return open.length === 0;
  }, 'the match runs');
const matches = () =>
  platform.dataSource.query<MatchRow[]>(
    "SELECT capability_id, factors, score FROM match WHERE need_id = $1 AND state = 'current' ORDER BY rank",
    [needId],
  );

/** Lets the service recover and be asked at once. */
async function recover(mode: PeerMode = { width: 64 }): Promise<void> {
  peer.mode = mode;
  await platform.dataSource.query('UPDATE embedding_model SET next_attempt_at = NULL');
}

test('everything on the market is embedded in batches, and matched by it', async () => {
  expect(await embedded(11)).toEqual({
    model: 'hashed',
    embedded: 11,
    refused: 0,
    total: 11,
    lastError: null,
    failedAt: null,
    nextAttemptAt: null,
  });
  expect(peer.requests.map(({ input }) => input.length)).toEqual([1, 4, 4, 2]);
  expect(new Set(peer.requests.map(({ model, key }) => `${model} ${key}`))).toEqual(
    new Set(['hashed Bearer key']),
  );
  const rows = await waitFor(async () => {
    const found = await matches();
    return found.length > 0 && found;
  }, 'the run of what was embedded');
  const vectors = rows.map(({ factors }) => factors.find(({ code }) => code === 'vectors')?.contribution);
  // Said in other words, near by its vector.
  expect(vectors[0]).toBeGreaterThan(0.02);
  expect(vectors.slice(1).filter((value) => value === undefined || value > vectors[0]!)).toEqual([]);
  for (const { factors, score } of rows)
    expect(factors.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 9);
});

test('only a changed text is embedded again', async () => {
  await runsAreDone();
  peer.requests.length = 0;
  const [first] = await matches();
  await platform.dataSource.query('UPDATE capability SET version = version + 1 WHERE id = $1', [
    first!.capability_id,
  ]);
  await platform.dataSource.query(
    "UPDATE need SET version = version + 1, title = '水下机器人导航' WHERE id = $1",
    [needId],
  );
  await embedded(11);
  expect(peer.requests.map(({ input }) => input)).toEqual([['水下机器人导航\n浑水里定位']]);
});

test.each<[PeerMode, string, number]>([
  [{ status: 429, retryAfter: '60' }, 'busy', 60_000],
  ['silent', 'timeout', 2000],
  [{ width: 32 }, 'dimensions:32/64', 2000],
  [{ status: 500 }, 'http:500', 2000],
])('while the service fails (%j) matching goes on by what is stored', async (mode, error, pauseMs) => {
  await runsAreDone();
  peer.mode = mode;
  const total = (await progress()).total + 1;
  const added = await offer(`水下机器人${error}`);
  await failed(error);
  const { nextAttemptAt, failedAt, embedded: before } = await progress();
  expect(new Date(nextAttemptAt!).getTime() - new Date(failedAt!).getTime()).toBe(pauseMs);
  expect(before).toBe(total - 1);
  const run = await organizer.client.post<{ id: string }>('/organizer/match-runs', { scope: 'all' });
  expect(run.status).toBeLessThan(300);
  await runsAreDone();
  const rows = await matches();
  const has = (id: string) =>
    rows.find((row) => row.capability_id === id)?.factors.some(({ code }) => code === 'vectors');
  expect(has(added)).toBe(false);
  expect(rows.filter((row) => row.capability_id !== added && has(row.capability_id) !== true)).toEqual([]);
  await recover();
  expect((await embedded(total)).lastError).toBe(null);
});

test('a text that the service never takes is left out, the others of its batch are not', async () => {
  await runsAreDone();
  const total = (await progress()).total + 2;
  peer.refused = '超长';
  await offer('超长文本');
  await offer('普通文本');
  const state = await waitFor(async () => {
    const now = await progress();
    return now.refused === 1 && now.embedded === total - 1 && now;
  }, 'the rest');
  expect([state.total, state.lastError]).toEqual([total, null]);
});

test('a service that refuses everything is waited for: no text is left out for it', async () => {
  await runsAreDone();
  const { refused, total } = await progress();
  peer.mode = { status: 400 };
  await offer('欠费期间发布的成果');
  await failed('refused:400');
  expect((await progress()).refused).toBe(refused);
  await recover();
  const after = await waitFor(async () => {
    const now = await progress();
    return now.embedded + now.refused === total + 1 && now;
  }, 'the vector');
  expect([after.refused, after.lastError]).toEqual([refused, null]);
});

test('a text on which the service breaks holds up no other', async () => {
  await runsAreDone();
  const { refused, total } = await progress();
  Object.assign(peer, { refused: '崩溃', refusal: 500 });
  await offer('崩溃文本');
  await offer('其后的文本');
  const state = await waitFor(async () => {
    await recover();
    const now = await progress();
    return now.total === total + 2 && now.embedded + now.refused === now.total && now;
  }, 'the rest');
  expect([state.refused, state.lastError]).toEqual([refused + 1, null]);
});
