import { jest } from '@jest/globals';
import type { MatchModelPage, MatchModelView } from '#libs/contracts/matching/match-models.js';
import { queueUpgradeRun } from '#libs/persistence/matching/queue-upgrade-run.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertMatch, insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

jest.setTimeout(60_000);
let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
}, 60_000);
afterAll(() => platform.stop());

const insert = async (version: string, status: string) => {
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO match_model (version, kind, status, quality) VALUES ($1, 'trained', $2, '{"ndcg10": 0.81}') RETURNING id`,
    [version, status],
  );
  return row!.id;
};
const list = async () => (await organizer.client.get<MatchModelPage>('/organizer/match-models')).body;
const step = (id: string, action: string) =>
  organizer.client.post<MatchModelView & { code?: string }>(`/organizer/match-models/${id}/${action}`);
const lastRun = async () => {
  const [run] = await platform.dataSource.query<{ scope: string; model_version: string }[]>(
    'SELECT scope, model_version FROM match_run ORDER BY created_at DESC, id DESC LIMIT 1',
  );
  return run;
};

test('one version is active; an older one can take its place again, and runs are scored by it', async () => {
  const shipped = (await list()).inUse;
  expect(shipped.kind).toBe('default');
  const [one, two] = [await insert('trained-a-1', 'candidate'), await insert('trained-a-2', 'candidate')];
  const failed = await insert('trained-a-3', 'failed');
  expect((await step(failed, 'activate')).body.code).toBe('match-model.state');
  expect((await step(one, 'retire')).body.code).toBe('match-model.state');
  expect((await step(one, 'activate')).body).toMatchObject({ status: 'active', activatedBy: '组织者' });
  expect(await lastRun()).toEqual({ scope: 'all', model_version: 'trained-a-1' });
  expect((await step(two, 'activate')).body.status).toBe('active');
  expect((await step(one, 'activate')).body.status).toBe('active');
  const page = await list();
  expect(page.inUse).toEqual({ version: 'trained-a-1', kind: 'trained' });
  expect(page.rows.map((row) => [row.version, row.status, row.quality['ndcg10']])).toEqual([
    ['trained-a-3', 'failed', 0.81],
    ['trained-a-2', 'retired', 0.81],
    ['trained-a-1', 'active', 0.81],
  ]);
  expect((await step(one, 'retire')).body.status).toBe('retired');
  expect((await list()).inUse).toEqual(shipped);
  expect(await lastRun()).toEqual({ scope: 'all', model_version: shipped.version });
  const audit = await platform.dataSource.query<{ action: string; detail: { version: string } }[]>(
    "SELECT action, detail FROM audit_entry WHERE subject_kind = 'match_model' ORDER BY id",
  );
  expect(audit.map(({ action, detail }) => [action, detail.version])).toEqual([
    ['activate-match-model', 'trained-a-1'],
    ['activate-match-model', 'trained-a-2'],
    ['activate-match-model', 'trained-a-1'],
    ['retire-match-model', 'trained-a-1'],
  ]);
});

test('what another model scored before an upgrade is scored by the model in use, once', async () => {
  const author = await makePerson(platform);
  const organisationId = await makeOrganisation(platform, { kind: 'enterprise', members: [author] });
  const owner = { organisationId, personId: author.id };
  const pair = {
    needId: await insertRecord(platform, 'need', owner, { title: '隔声' }),
    capabilityId: await insertRecord(platform, 'capability', owner, { title: '隔声罩' }),
  };
  await platform.dataSource.query('DELETE FROM match_run');
  const [run] = await platform.dataSource.query<{ id: string }[]>(
    "INSERT INTO match_run (scope, subject_id, status, model_version) VALUES ('need', $1, 'done', 'default-0') RETURNING id",
    [pair.needId],
  );
  await insertMatch(platform, pair, { model_version: 'default-0', run_id: run!.id });
  const upgrade = () => platform.dataSource.transaction(queueUpgradeRun);
  expect(await upgrade()).toHaveLength(1);
  expect(await lastRun()).toEqual({ scope: 'all', model_version: (await list()).inUse.version });
  expect(await upgrade()).toEqual([]);
});

test('one training at a time, each with a version of its own', async () => {
  // The worker cannot read the answers, so the training stays under way.
  const runner = platform.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query('LOCK TABLE match IN ACCESS EXCLUSIVE MODE');
  const starts = await Promise.all(
    [1, 2, 3].map(() => organizer.client.post<MatchModelView>('/organizer/match-models')),
  );
  await runner.rollbackTransaction();
  await runner.release();
  expect(starts.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409]);
  const started = starts.find(({ status }) => status === 201)!.body;
  expect(started).toMatchObject({ kind: 'trained', createdBy: '组织者' });
  expect(started.version).toMatch(/^trained-\d{4}-\d\d-\d\d-1$/);
  const read = await organizer.client.get<MatchModelView>(`/organizer/match-models/${started.id}`);
  expect(read.body.version).toBe(started.version);
  expect((await organizer.client.get('/organizer/match-models/no')).status).toBe(400);
});
