import { jest } from '@jest/globals';
import type { MatchModelView } from '#libs/contracts/matching/match-models.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertMatch, insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(120_000);

const SUBJECTS = [
  '水下机器人导航',
  '高温合金涂层',
  '净水絮凝药剂',
  '无人机避障',
  '海藻多糖提取',
  '电池热管理',
];
let platform: TestPlatform;
let organizer: TestPerson;
const needs: string[] = [];
const capabilities: string[] = [];

beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  const [asker, offerer] = [await makePerson(platform), await makePerson(platform)];
  const enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [asker] });
  const institute = await makeOrganisation(platform, { kind: 'institute', members: [offerer] });
  for (const subject of SUBJECTS) {
    const need = { title: `${subject}难题求解`, problem: `希望解决${subject}的稳定性` };
    needs.push(
      await insertRecord(platform, 'need', { organisationId: enterprise, personId: asker.id }, need),
    );
    const offered = { title: `${subject}成套技术`, abstract: `${subject}，已有示范应用` };
    capabilities.push(
      await insertRecord(
        platform,
        'capability',
        { organisationId: institute, personId: offerer.id },
        offered,
      ),
    );
  }
}, 60_000);
afterAll(() => platform.stop());

async function train(): Promise<MatchModelView> {
  const started = await organizer.client.post<MatchModelView>('/organizer/match-models');
  expect([started.status, started.body.status]).toEqual([201, 'training']);
  return waitFor(async () => {
    const { body } = await organizer.client.get<MatchModelView>(`/organizer/match-models/${started.body.id}`);
    return body.status !== 'training' && body;
  }, 'the training');
}

test('a model is not learned from a handful of answers', async () => {
  const model = await train();
  expect([model.status, model.error]).toEqual(['failed', 'too-few-answers:0/20']);
});

test('answers become a model whose quality was measured; put to use, it scores all matches', async () => {
  for (const [n, needId] of needs.entries())
    for (const [c, capabilityId] of capabilities.entries()) {
      const right = n === c;
      await insertMatch(
        platform,
        { needId, capabilityId },
        {
          need_answer: right ? 'interested' : 'declined',
          need_answer_reason: right ? null : 'field-mismatch',
          capability_answer: right ? 'interested' : 'none',
        },
      );
    }
  const model = await train();
  expect([model.status, model.error, model.trainedOn]).toEqual([
    'candidate',
    null,
    { declined: 30, mutual: 6 },
  ]);
  expect([model.quality['pairs'], model.quality['needs']]).toEqual([36, 6]);
  expect(model.quality['ndcg10']!).toBeGreaterThan(0.9);

  const [first] = await platform.dataSource.query<
    { organisation_id: string; created_by: string; title: string; problem: string }[]
  >('SELECT organisation_id, created_by, title, problem FROM need WHERE id = $1', [needs[0]]);
  const { organisation_id: organisationId, created_by: personId, ...texts } = first!;
  const copy = await insertRecord(platform, 'need', { organisationId, personId }, texts);
  expect((await organizer.client.post(`/organizer/match-models/${model.id}/activate`)).status).toBe(200);
  const matches = await waitFor(async () => {
    const rows = await platform.dataSource.query<{ need_id: string; capability_id: string; score: number }[]>(
      "SELECT need_id, capability_id, score FROM match WHERE model_version = $1 AND state = 'current'",
      [model.version],
    );
    const [run] = await platform.dataSource.query<{ status: string }[]>(
      'SELECT status FROM match_run ORDER BY created_at DESC, id DESC LIMIT 1',
    );
    return run?.status === 'done' && rows.length > 0 && rows;
  }, 'the rematch');
  const score = (n: number, c: number) =>
    matches.find((row) => row.need_id === needs[n] && row.capability_id === capabilities[c])?.score ?? 0;
  // Answers to the first need count for its copy, which nobody has answered.
  const scoresOf = (needId: string) =>
    matches
      .filter((row) => row.need_id === needId)
      .map((row) => [row.capability_id, row.score])
      .sort();
  expect(scoresOf(copy).length).toBeGreaterThan(0);
  expect(scoresOf(copy)).toEqual(scoresOf(needs[0]!));
  for (const [n] of needs.entries()) {
    expect(score(n, n)).toBeGreaterThan(0.5);
    expect(score(n, n)).toBeLessThan(1);
    expect(score(n, (n + 1) % needs.length)).toBeLessThan(score(n, n));
  }
});

test('a model that only ever heard yes says so before and after it is put to use', async () => {
  await platform.dataSource.query(
    "UPDATE match SET need_answer = 'interested', capability_answer = 'interested', need_answer_reason = NULL",
  );
  const model = await train();
  expect([model.status, model.keptBack]).toEqual(['candidate', 'one-sided']);
  const used = await organizer.client.post<MatchModelView>(`/organizer/match-models/${model.id}/activate`);
  expect([used.body.status, used.body.keptBack]).toEqual(['active', 'one-sided']);
});
