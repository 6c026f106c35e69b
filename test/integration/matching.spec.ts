import { jest } from '@jest/globals';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { countQueries } from '../support/count-queries.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

interface MatchRow {
  id: string;
  rank: number;
  need: { id: string; organisation: string | null };
  capability: { id: string; title: string; organisation: string | null };
  reasons: { zh: string[]; en: string[] };
  terms: string[];
  indicators: { name: string; outcome: string }[];
  factors: { contribution: number }[];
  score: number;
  myAnswer: string;
  theirInterest: boolean;
  mutualAt: string | null;
}
interface Page {
  total: number;
  rows: MatchRow[];
}

jest.setTimeout(60_000);
let platform: TestPlatform;
let organizer: TestPerson;
let engineer: TestPerson;
let researcher: TestPerson;
let enterprise: string;
let institute: string;
let needId: string;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  engineer = await makePerson(platform, { name: '工程师' });
  researcher = await makePerson(platform, { name: '研究员' });
  enterprise = await makeOrganisation(platform, {
    kind: 'enterprise',
    name: '深水企业',
    members: [engineer],
  });
  institute = await makeOrganisation(platform, {
    kind: 'research-institute',
    name: '海洋所',
    members: [researcher],
  });
  needId = await insert('need', enterprise, engineer.id, {
    title: '水下机器人导航与定位',
    problem: '浑水环境中水下机器人导航精度不足，母船声学基阵布放困难。暂不考虑惯性与声学融合方案',
    trl_scheme: 'trl-iso',
    target_trl: 6,
    contact_phone: '020-11112222',
  });
  await addIndicator('need', needId, '定位精度', 0.05);
  const good = await insert('capability', institute, researcher.id, {
    title: '水下机器人组合导航',
    abstract: '惯性与声学融合的水下机器人导航系统，浑水中已应用',
    trl_scheme: 'trl-iso',
    trl: 7,
    contact_phone: '020-33334444',
  });
  await addIndicator('capability', good, '定位精度', 0.03);
  await insert('capability', institute, researcher.id, {
    title: '蔬菜大棚温湿度监测',
    abstract: '温室传感器',
  });
  await insert('capability', enterprise, engineer.id, {
    title: '水下机器人导航自有方案',
    abstract: '本企业的水下机器人导航',
  });
}, 60_000);
afterAll(() => platform.stop());

async function insert(
  table: 'need' | 'capability',
  owner: string,
  author: string,
  values: Record<string, unknown>,
): Promise<string> {
  const columns = {
    organisation_id: owner,
    created_by: author,
    status: 'published',
    published_at: new Date(),
    ...values,
  };
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) VALUES (${Object.keys(columns)
      .map((_, i) => `$${i + 1}`)
      .join(', ')}) RETURNING id`,
    Object.values(columns),
  );
  return row!.id;
}

async function addIndicator(
  kind: 'need' | 'capability',
  id: string,
  name: string,
  value: number,
): Promise<void> {
  await platform.dataSource.query(
    `INSERT INTO indicator (${kind}_id, position, name, comparator, value, unit, raw) VALUES ($1, 0, $2, 'le', $3, 'm', $4)`,
    [id, name, value, `${name}≤${value}m`],
  );
}

async function runAll(): Promise<void> {
  const { status, body } = await organizer.client.post('/organizer/match-runs', { scope: 'all' });
  expect(status).toBe(201);
  await waitFor(async () => {
    const run = await organizer.client.get(`/organizer/match-runs/${String(body['id'])}`);
    return run.body['status'] === 'done';
  }, 'the match run');
}

const matchesOf = async (person: TestPerson, filter = 'all') =>
  (await person.client.get<Page>(`/needs/${needId}/matches?filter=${filter}`)).body.rows;

test('a run ranks the right capability first and says why; the own organisation is never matched', async () => {
  await runAll();
  const rows = await matchesOf(engineer);
  expect(rows.map((row) => row.capability.title)).toEqual(['水下机器人组合导航']);
  const [best] = rows;
  expect(best!.terms.slice(0, 1)).toEqual(['水下机器人导航']);
  // Though both texts have it, the need says that it will not do.
  expect(best!.terms.join()).not.toContain('融合');
  expect(best!.reasons.zh).toContain('指标 定位精度 ≤0.03m 满足 ≤0.05m');
  expect(best!.reasons.zh).toContain('成熟度 7 ≥ 6');
  expect(best!.reasons.en.length).toBe(best!.reasons.zh.length);
  expect(best!.indicators.map(({ name, outcome }) => [name, outcome])).toEqual([['定位精度', 'met']]);
  expect(best!.factors.reduce((sum, factor) => sum + factor.contribution, 0)).toBeCloseTo(best!.score, 9);
});

test('strangers see no matches, and listing costs the same number of queries whatever its length', async () => {
  const stranger = await makePerson(platform);
  expect((await stranger.client.get(`/needs/${needId}/matches`)).status).toBe(404);
  expect((await platform.client().get(`/needs/${needId}/matches`)).status).toBe(401);
  const other = await insert('need', enterprise, engineer.id, {
    title: '大棚温湿度监测与水下机器人导航',
    problem: '水下机器人导航 大棚温湿度监测',
  });
  await runAll();
  const list = (id: string) =>
    countQueries(platform, () => engineer.client.get(`/needs/${id}/matches?filter=all`));
  const counts = [await list(needId), await list(other)];
  expect(counts[1]).toBe(counts[0]);
  const [rows] = await platform.dataSource.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM match WHERE need_id = $1',
    [other],
  );
  expect(rows!.n).toBe(2);
});

test('mutual interest opens contacts, tells both by mail, and can be taken back', async () => {
  const [match] = await matchesOf(engineer);
  const say = (person: TestPerson, answer: string, reason?: string) =>
    person.client.post<MatchRow>(`/matches/${match!.id}/answer`, { answer, reason: reason ?? null });
  expect((await say(organizer, 'interested')).status).toBe(403);
  expect((await say(engineer, 'declined')).body).toMatchObject({ code: 'match.reason-needed' });
  expect((await engineer.client.get(`/matches/${match!.id}/contact`)).status).toBe(403);

  expect((await say(engineer, 'interested')).body).toMatchObject({ myAnswer: 'interested', mutualAt: null });
  const theirs = await researcher.client.get<Page>(
    `/capabilities/${match!.capability.id}/matches?filter=theirs`,
  );
  expect(theirs.body.rows.map((row) => [row.need.id, row.theirInterest])).toEqual([[needId, true]]);
  expect((await say(researcher, 'interested')).body.mutualAt).not.toBeNull();

  const contact = await engineer.client.get(`/matches/${match!.id}/contact`);
  expect(contact.body).toMatchObject({ organisation: '海洋所', phone: '020-33334444' });
  const mails = await platform.dataSource.query<{ to_address: string }[]>(
    "SELECT to_address FROM notification WHERE topic = 'match-mutual' AND channel = 'mail' ORDER BY to_address",
  );
  expect(mails.map((mail) => mail.to_address)).toEqual([engineer.email, researcher.email].sort());
  const grants = () =>
    platform.dataSource.query<unknown[]>(
      'SELECT 1 FROM sealed_grant WHERE match_id = $1 AND revoked_at IS NULL',
      [match!.id],
    );
  expect((await grants()).length).toBe(2);
  const statusOf = async () =>
    (
      await platform.dataSource.query<{ status: string }[]>('SELECT status FROM need WHERE id = $1', [needId])
    )[0]!.status;
  expect(await statusOf()).toBe('engaged');

  expect((await say(researcher, 'none')).body.mutualAt).toBeNull();
  expect((await grants()).length).toBe(0);
  expect(await statusOf()).toBe('published');
  expect((await engineer.client.get(`/matches/${match!.id}/contact`)).status).toBe(403);
});

test('both sides answering at once become mutual exactly once', async () => {
  const [match] = await matchesOf(engineer);
  await Promise.all(
    [engineer, researcher].flatMap((person) =>
      [1, 2, 3].map(() => person.client.post(`/matches/${match!.id}/answer`, { answer: 'interested' })),
    ),
  );
  const [row] = await platform.dataSource.query<{ mutual: boolean; grants: number }[]>(
    `SELECT mutual_at IS NOT NULL AS mutual,
       (SELECT count(*)::int FROM sealed_grant g WHERE g.match_id = m.id AND g.revoked_at IS NULL) AS grants FROM match m WHERE id = $1`,
    [match!.id],
  );
  expect(row).toEqual({ mutual: true, grants: 2 });
});

test('a redacted need gives away neither its organisation nor words of its text', async () => {
  const secret = '声学基阵布放';
  const id = await insert('need', enterprise, engineer.id, {
    title: '水下机器人导航改进',
    problem: `需要解决${secret}难题`,
    disclosure: 'redacted',
    public_summary: '水下导航',
  });
  const capability = await insert('capability', institute, researcher.id, {
    title: '水下机器人导航与声学基阵布放装置',
    abstract: secret,
  });
  await runAll();
  const mine = await engineer.client.get<Page>(`/needs/${id}/matches?filter=all`);
  const own = mine.body.rows.find((row) => row.capability.id === capability)!;
  expect(own.terms.some((word) => word.includes('声学基阵'))).toBe(true);
  const answer = await researcher.client.get<Page>(`/capabilities/${capability}/matches?filter=all`);
  const seen = answer.body.rows.find((row) => row.need.id === id)!;
  expect(seen.need.organisation).toBeNull();
  expect(JSON.stringify(seen.reasons) + JSON.stringify(seen.terms)).not.toContain('声学基阵');
});

test('a run that died goes on behind its last chunk, and answers survive a rematch', async () => {
  const needs = await platform.dataSource.query<{ id: string }[]>(
    "SELECT id FROM need WHERE status IN ('published', 'engaged') ORDER BY id",
  );
  const cursor = needs[0]!.id;
  const before = await platform.dataSource.query<unknown[]>(
    'SELECT updated_at FROM match WHERE need_id = $1',
    [cursor],
  );
  const id = await queueMatchRun(platform.dataSource.manager, {
    scope: 'all',
    subjectId: null,
    requestedBy: null,
  });
  await platform.dataSource.query(
    "UPDATE match_run SET status = 'running', cursor = $2, done = 1 WHERE id = $1",
    [id, cursor],
  );
  const run = await waitFor(async () => {
    const [row] = await platform.dataSource.query<{ status: string; done: number; total: number }[]>(
      'SELECT status, done, total FROM match_run WHERE id = $1',
      [id],
    );
    return row!.status === 'done' && row;
  }, 'the sweep to resume the run');
  expect([run.done, run.total]).toEqual([needs.length, needs.length]);
  expect(
    await platform.dataSource.query<unknown[]>('SELECT updated_at FROM match WHERE need_id = $1', [cursor]),
  ).toEqual(before);
  const answered = (await matchesOf(engineer)).find(
    ({ capability }) => capability.title === '水下机器人组合导航',
  );
  expect(answered!.myAnswer).toBe('interested');
});
