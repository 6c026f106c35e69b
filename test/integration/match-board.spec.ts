import { jest } from '@jest/globals';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertMatch, insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

interface Row {
  id: string;
  score: number;
  rank: number;
  current: boolean;
  origin: string;
  exclusion: { code: string } | null;
  override: { kind: string; note: string | null; by: string | null } | null;
  recommended?: boolean;
  modelVersion: string;
  capability: { id: string; title: string };
  factors: { contribution: number }[];
}
interface Board {
  total: number;
  rows: Row[];
  counts: Record<string, number>;
}

jest.setTimeout(60_000);
let platform: TestPlatform;
let organizer: TestPerson;
let broker: TestPerson;
let engineer: TestPerson;
let researcher: TestPerson;
let enterprise: string;
let institute: string;
let needId: string;
const capabilities: Record<'good' | 'fair' | 'far', string> = { good: '', fair: '', far: '' };
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
  broker = await makePerson(platform, { roles: ['broker'] });
  engineer = await makePerson(platform);
  researcher = await makePerson(platform);
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
  const ofInstitute = { organisationId: institute, personId: researcher.id };
  const title = '水下机器人导航与定位';
  needId = await insertRecord(
    platform,
    'need',
    { organisationId: enterprise, personId: engineer.id },
    { title, problem: '浑水中水下机器人导航精度不足', fields: ['04.02'] },
  );
  const capability = (values: Record<string, unknown>) =>
    insertRecord(platform, 'capability', ofInstitute, values);
  capabilities.good = await capability({ title: '水下机器人组合导航', abstract: '水下机器人导航与定位系统' });
  capabilities.fair = await capability({ title: '机器人定位算法', abstract: '水下定位' });
  capabilities.far = await capability({ title: '蔬菜大棚温湿度监测', abstract: '温室传感器' });
  await runAll();
}, 60_000);
afterAll(() => platform.stop());

async function runAll(): Promise<void> {
  const { status, body } = await organizer.client.post('/organizer/match-runs', { scope: 'all' });
  expect(status).toBe(201);
  await waitFor(async () => {
    const run = await organizer.client.get(`/organizer/match-runs/${String(body['id'])}`);
    return run.body['status'] === 'done';
  }, 'the match run');
}

const decide = (action: string, capabilityId: string, note: string | null = null, person = organizer) =>
  person.client.post<Row & { code?: string }>('/organizer/match-board/override', {
    needId,
    capabilityId,
    action,
    note,
  });
const board = async (query = '') =>
  (await organizer.client.get<Board>(`/organizer/match-board?${query}`)).body;
const shownTo = async (person: TestPerson, query = 'filter=all') =>
  (await person.client.get<Board>(`/needs/${needId}/matches?${query}`)).body.rows;
const idsOf = (rows: readonly Row[]) => rows.map((row) => row.capability.id);

test('a hidden match is shown to neither side, to no broker with a note, and stays hidden after a run', async () => {
  const before = await shownTo(engineer);
  expect(idsOf(before)).toEqual([capabilities.good, capabilities.fair]);
  expect((await decide('hide', capabilities.far)).status).toBe(404);
  const hidden = await decide('hide', capabilities.good, '重复');
  expect([hidden.status, hidden.body.override]).toMatchObject([
    200,
    { kind: 'hidden', note: '重复', by: '组织者' },
  ]);
  expect(hidden.body.rank).toBe(2);
  await runAll();
  expect(idsOf(await shownTo(engineer))).toEqual([capabilities.fair]);
  const path = `/matches/${before[0]!.id}`;
  expect((await engineer.client.get(path)).status).toBe(404);
  expect((await engineer.client.post(`${path}/answer`, { answer: 'interested' })).status).toBe(404);
  const theirs = await researcher.client.get<Board>(`/capabilities/${capabilities.good}/matches?filter=all`);
  expect(theirs.body.rows).toEqual([]);
  const subjects = await engineer.client.get<{ rows: { total: number }[] }>('/matches/subjects');
  expect(subjects.body.rows[0]!.total).toBe(1);
  expect((await shownTo(broker)).map((row) => row.override)).toEqual([null, null]);
  expect((await decide('clear', capabilities.good)).body.override).toBeNull();
  expect(idsOf(await shownTo(engineer))).toEqual([capabilities.good, capabilities.fair]);
});

test('a pair that was not proposed can be pinned: first and marked for both sides, scored by the engine, kept by runs', async () => {
  expect((await decide('pin', capabilities.far, null, engineer)).status).toBe(403);
  const pinned = await decide('pin', capabilities.far, '老客户');
  expect([pinned.status, pinned.body.origin, pinned.body.rank, pinned.body.current]).toEqual([
    200,
    'organizer',
    1,
    true,
  ]);
  const scored = await waitFor(async () => {
    const [row] = await shownTo(engineer);
    return row!.capability.id === capabilities.far && row;
  }, 'the pinned pair');
  expect([scored.recommended, scored.override]).toEqual([true, null]);
  const [answered] = await waitFor(async () => {
    const rows = await platform.dataSource.query<{ status: string }[]>(
      "SELECT status FROM match_question WHERE capability_id = $1 AND status = 'answered'",
      [capabilities.far],
    );
    return rows.length === 1 && rows;
  }, 'the engine to look at the pair');
  expect(answered!.status).toBe('answered');
  await platform.dataSource.query(
    "UPDATE match SET score = 0.9, factors = '[]', model_version = 'retired' WHERE capability_id = $1",
    [capabilities.far],
  );
  await runAll();
  const rows = await shownTo(engineer);
  expect(idsOf(rows)).toEqual([capabilities.far, capabilities.good, capabilities.fair]);
  // What stays whatever the engine finds is by the run's model too.
  expect(new Set(rows.map((row) => row.modelVersion)).size).toBe(1);
  expect(rows[0]!.score).toBeLessThan(rows[2]!.score);
  expect(rows.map((row) => row.rank)).toEqual([1, 2, 3]);
  expect(rows[0]!.factors.reduce((sum, factor) => sum + factor.contribution, 0)).toBeCloseTo(
    rows[0]!.score,
    9,
  );
  const theirs = await researcher.client.get<Board>(`/capabilities/${capabilities.far}/matches?filter=all`);
  expect(theirs.body.rows.map((row) => row.recommended)).toEqual([true]);
  const cleared = await decide('clear', capabilities.far);
  expect([cleared.body.override, cleared.body.current]).toEqual([null, false]);
  expect(idsOf(await shownTo(engineer))).toEqual([capabilities.good, capabilities.fair]);
  const audit = await platform.dataSource.query<{ action: string; detail: { note: string | null } }[]>(
    `SELECT action, detail FROM audit_entry WHERE subject_kind = 'match' AND action <> 'answer-match' ORDER BY id`,
  );
  expect(audit.map((entry) => [entry.action, entry.detail.note])).toEqual([
    ['hide-match', '重复'],
    ['clear-match-override', null],
    ['pin-match', '老客户'],
    ['clear-match-override', null],
  ]);
});

test('what a rule forbids cannot be pinned', async () => {
  const own = await insertRecord(
    platform,
    'capability',
    { organisationId: enterprise, personId: engineer.id },
    { title: '水下机器人导航自有方案' },
  );
  expect((await decide('pin', own)).body.code).toBe('match.pair-excluded');
  const draft = await insertRecord(
    platform,
    'capability',
    { organisationId: institute, personId: researcher.id },
    { title: '未发布的导航', status: 'draft' },
  );
  expect((await decide('pin', draft)).body.code).toBe('match.pair-excluded');
  const lesson = await insertRecord(
    platform,
    'capability',
    { organisationId: institute, personId: researcher.id },
    { title: '水下机器人科普课', offer_kind: 'lesson' },
  );
  expect((await decide('pin', lesson)).body.code).toBe('match.pair-excluded');
  expect((await decide('pin', needId)).status).toBe(404);
});

test('the board filters by state, need, field, institute and score, and counts each state', async () => {
  const other = await insertRecord(
    platform,
    'need',
    { organisationId: enterprise, personId: engineer.id },
    { title: '钛合金焊接', fields: ['02.01'], status: 'withdrawn' },
  );
  await insertMatch(
    platform,
    { needId: other, capabilityId: capabilities.far },
    { score: 0.91, need_answer: 'interested', state: 'stale', exclusion: '{"code": "same-group"}' },
  );
  const one = await board('state=one-sided');
  expect([one.total, one.rows.map((row) => [row.score, row.current, row.exclusion!.code])]).toEqual([
    1,
    [[0.91, false, 'same-group']],
  ]);
  expect((await board('offerKind=lesson')).total).toBe(0);
  expect((await board('offerKind=achievement')).total).toBe(3);
  expect((await board('minScore=0.9')).total).toBe(1);
  expect((await board('field=02')).total).toBe(1);
  expect((await board(`need=${encodeURIComponent('导航')}`)).total).toBe(2);
  expect((await board(`institute=${encodeURIComponent('海洋')}`)).total).toBe(3);
  expect((await board(`institute=${encodeURIComponent('没有')}`)).total).toBe(0);
  expect((await board('eventId=019aa000-0000-7000-8000-000000000000')).total).toBe(0);
  const all = await board('sort=score');
  expect(all.counts).toEqual({ none: 2, 'one-sided': 1, mutual: 0, declined: 0, overridden: 0 });
  expect(all.rows[0]!.score).toBe(0.91);
  expect((await organizer.client.get('/organizer/match-board?state=nothing')).status).toBe(400);
});
