import { jest } from '@jest/globals';
import type { CompareView } from '#libs/contracts/matching/match-compare.js';
import type { MatchPage } from '#libs/contracts/matching/matches.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertMatch, insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

jest.setTimeout(60_000);
let platform: TestPlatform;
let organizer: TestPerson;
let engineer: TestPerson;
let researcher: TestPerson;
let needId: string;
let institute: string;
const matches: string[] = [];
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  engineer = await makePerson(platform);
  researcher = await makePerson(platform);
  const enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [engineer] });
  institute = await makeOrganisation(platform, {
    kind: 'research-institute',
    name: '海洋研究所',
    members: [researcher],
  });
  needId = await insertRecord(
    platform,
    'need',
    { organisationId: enterprise, personId: engineer.id },
    { title: '水下机器人导航', budget_max_wan: 30 },
  );
  const factors = [
    { code: 'lexical', weight: 1, value: 0.5, contribution: 0.5 },
    { code: 'region', weight: 0.1, value: 1, contribution: 0.1 },
  ];
  matches.push(
    await add(
      { title: '公开成果', fields: ['04.02'], region_code: '440115', trl_scheme: 'trl-iso', trl: 7 },
      { score: 0.6, factors: JSON.stringify(factors), created_at: new Date(0) },
    ),
    await add(
      { title: '脱敏成果', fields: ['04'], region_code: '440300', disclosure: 'redacted' },
      { score: 0.4, factors: JSON.stringify(factors.slice(0, 1)) },
    ),
    await add(
      { title: '低分成果', fields: ['09.01'], region_code: '110000', price_min_wan: 5 },
      { score: 0.2, need_answer: 'later' },
    ),
  );
}, 60_000);
afterAll(() => platform.stop());

async function add(record: Record<string, unknown>, match: Record<string, unknown>): Promise<string> {
  const owner = { organisationId: institute, personId: researcher.id };
  const capabilityId = await insertRecord(platform, 'capability', owner, record);
  return insertMatch(platform, { needId, capabilityId }, { model_version: 'v1', ...match });
}

const list = async (query: string, person = engineer) => {
  const { body } = await person.client.get<MatchPage>(`/needs/${needId}/matches?filter=all&${query}`);
  return body.rows.map((row) => row.capability.title);
};

test('the list filters by answer, field, region, score and organisation, and sorts', async () => {
  expect(await list('')).toEqual(['公开成果', '脱敏成果', '低分成果']);
  expect(await list('sort=newest')).toEqual(['低分成果', '脱敏成果', '公开成果']);
  expect(await list('field=04')).toEqual(['公开成果', '脱敏成果']);
  expect(await list('field=04.02')).toEqual(['公开成果']);
  expect(await list('region=440000')).toEqual(['公开成果', '脱敏成果']);
  expect(await list('region=4403')).toEqual(['脱敏成果']);
  expect(await list('minScore=0.4')).toEqual(['公开成果', '脱敏成果']);
  const later = await engineer.client.get<MatchPage>(`/needs/${needId}/matches?filter=later`);
  expect(later.body.rows.map((row) => row.capability.title)).toEqual(['低分成果']);
});

test('a search by organisation never finds what hides its organisation from the reader', async () => {
  const query = `organisation=${encodeURIComponent('海洋')}`;
  expect(await list(query)).toEqual(['公开成果', '低分成果']);
  expect(await list(query, organizer)).toEqual(['公开成果', '脱敏成果', '低分成果']);
});

test('listing and opening are noted once per side and version, and not for staff', async () => {
  const exposures = () =>
    platform.dataSource.query<{ side: string; viewed: boolean; score: number }[]>(
      `SELECT side, viewed_at IS NOT NULL AS viewed, score FROM match_exposure WHERE match_id = $1
       ORDER BY side, model_version`,
      [matches[0]],
    );
  await platform.dataSource.query('DELETE FROM match_exposure');
  await list('', organizer);
  expect((await organizer.client.post(`/matches/${matches[0]}/viewed`)).status).toBe(200);
  expect(await exposures()).toEqual([]);
  await list('');
  await list('');
  expect(await exposures()).toEqual([{ side: 'need', viewed: false, score: 0.6 }]);
  await engineer.client.post(`/matches/${matches[0]}/viewed`);
  await researcher.client.post(`/matches/${matches[0]}/viewed`);
  await platform.dataSource.query("UPDATE match SET model_version = 'v2' WHERE id = $1", [matches[0]]);
  await list('');
  expect((await exposures()).map(({ side, viewed }) => [side, viewed])).toEqual([
    ['capability', true],
    ['need', true],
    ['need', false],
  ]);
  const stranger = await makePerson(platform);
  expect((await stranger.client.post(`/matches/${matches[0]}/viewed`)).status).toBe(404);
});

test('matches of one record are compared side by side, without what is sealed', async () => {
  const compare = (person: TestPerson, ids: readonly string[]) =>
    person.client.get<CompareView & { code?: string }>(`/matches/compare?ids=${ids.join(',')}`);
  const { status, body } = await compare(engineer, matches);
  expect([status, body.subject.kind, body.subject.id]).toEqual([200, 'need', needId]);
  expect(body.matches.map(({ match }) => match.id)).toEqual(matches);
  expect(body.factors).toEqual([
    { code: 'lexical', values: [0.5, 0.5, null] },
    { code: 'region', values: [0.1, null, null] },
  ]);
  expect(body.matches.map(({ other }) => [other.trl, other.modes, other.money])).toEqual([
    [7, [], null],
    [null, null, null],
    [null, [], null],
  ]);
  const seen = await compare(organizer, [matches[2]!, matches[0]!]);
  expect(seen.body.matches[0]!.other.money).toEqual({ min: 5, max: null, negotiable: false });
  expect((await compare(engineer, [matches[0]!])).status).toBe(400);
  expect((await compare(engineer, [matches[0]!, matches[0]!])).status).toBe(400);
  // To the institute these are matches of three records of its own, with one need.
  expect((await compare(researcher, matches)).body.code).toBe('match.compare');
});

test("a need's list is in the order of ranks, kinds of offers merged by their scores so far", async () => {
  const owner = { organisationId: institute, personId: researcher.id };
  const [need] = await platform.dataSource.query<{ organisation_id: string }[]>(
    'SELECT organisation_id FROM need WHERE id = $1',
    [needId],
  );
  const own = await insertRecord(
    platform,
    'need',
    { organisationId: need!.organisation_id, personId: engineer.id },
    { title: '另一需求' },
  );
  const ranked: [string, string, number, number][] = [
    ['同类三', 'achievement', 3, 0.8],
    ['同类一', 'achievement', 1, 0.9],
    ['他类一', 'expert', 1, 0.7],
    ['他人', 'achievement', 2, 0.6],
    ['他类二', 'expert', 2, 0.5],
  ];
  for (const [title, kind, rank, score] of ranked) {
    const capabilityId = await insertRecord(platform, 'capability', owner, { title, offer_kind: kind });
    await insertMatch(platform, { needId: own, capabilityId }, { rank, score });
  }
  const { body } = await engineer.client.get<MatchPage>(`/needs/${own}/matches?filter=all`);
  expect(body.rows.map((row) => row.capability.title)).toEqual([
    '同类一',
    '他类一',
    '他人',
    '同类三',
    '他类二',
  ]);
});

test('interest in what left the market is refused and opens nothing; it may still be taken back', async () => {
  const query = (sql: string, values: unknown[]) =>
    platform.dataSource.query<Record<string, unknown>[]>(sql, values);
  const owner = { organisationId: institute, personId: researcher.id };
  const [need] = await query('SELECT organisation_id FROM need WHERE id = $1', [needId]);
  const own = await insertRecord(
    platform,
    'need',
    { organisationId: need!['organisation_id'] as string, personId: engineer.id },
    { title: '将撤回的需求' },
  );
  const capabilityId = await insertRecord(platform, 'capability', owner, { title: '将撤回的成果' });
  const match = await insertMatch(platform, { needId: own, capabilityId }, { need_answer: 'later' });
  const answer = (person: TestPerson, value: string) =>
    person.client.post<{ code?: string; myAnswer?: string }>(`/matches/${match}/answer`, { answer: value });
  const stored = async () =>
    (await query('SELECT need_answer, capability_answer, mutual_at FROM match WHERE id = $1', [match]))[0];

  await query("UPDATE need SET status = 'withdrawn' WHERE id = $1", [own]);
  expect((await answer(researcher, 'interested')).status).toBe(404);
  expect((await answer(engineer, 'interested')).body.code).toBe('match.off-market');
  expect(await stored()).toEqual({ need_answer: 'later', capability_answer: 'none', mutual_at: null });

  await query("UPDATE need SET status = 'published' WHERE id = $1", [own]);
  expect((await answer(researcher, 'interested')).status).toBe(200);
  await query("UPDATE capability SET status = 'expired' WHERE id = $1", [capabilityId]);
  expect((await answer(engineer, 'interested')).status).toBe(404);
  expect((await answer(researcher, 'interested')).body.code).toBe('match.off-market');
  expect((await answer(researcher, 'none')).body.myAnswer).toBe('none');
  expect(await stored()).toEqual({ need_answer: 'later', capability_answer: 'none', mutual_at: null });
  expect(await query('SELECT 1 FROM sealed_grant WHERE match_id = $1', [match])).toEqual([]);
});

test('a pair of which a text was changed since says so and marks no places in the new one', async () => {
  const at = { field: 'title', item: 0, start: 0, end: 2 };
  const term = { term: '公开', share: 1, fields: ['title'], needPositions: [at], capabilityPositions: [at] };
  await platform.dataSource.query(
    'UPDATE match SET reasons = $2, need_version = (SELECT version FROM need WHERE id = $3) WHERE id = $1',
    [matches[0], JSON.stringify([{ kind: 'terms', terms: [term] }]), needId],
  );
  const read = async () => {
    const { body } = await engineer.client.get<MatchPage>(`/needs/${needId}/matches?filter=all`);
    const row = body.rows.find(({ id }) => id === matches[0])!;
    return [row.outdated, row.shared.length];
  };
  expect(await read()).toEqual([false, 1]);
  await platform.dataSource.query('UPDATE need SET version = version + 1 WHERE id = $1', [needId]);
  expect(await read()).toEqual([true, 0]);
});
