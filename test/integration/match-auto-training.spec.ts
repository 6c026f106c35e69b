import { jest } from '@jest/globals';
import type { MatchModelPage } from '#libs/contracts/matching/match-models.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertMatch, insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(120_000);
const DAY_MS = 86_400_000;
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
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  const [asker, offerer] = [await makePerson(platform), await makePerson(platform)];
  const enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [asker] });
  const institute = await makeOrganisation(platform, { kind: 'institute', members: [offerer] });
  const needs: string[] = [];
  const capabilities: string[] = [];
  for (const subject of SUBJECTS) {
    const need = { title: `${subject}难题求解`, problem: `希望解决${subject}的稳定性` };
    needs.push(
      await insertRecord(platform, 'need', { organisationId: enterprise, personId: asker.id }, need),
    );
    const offered = { title: `${subject}成套技术`, abstract: `${subject}，已有示范应用` };
    const owner = { organisationId: institute, personId: offerer.id };
    capabilities.push(await insertRecord(platform, 'capability', owner, offered));
  }
  for (const [n, needId] of needs.entries())
    for (const [c, capabilityId] of capabilities.entries())
      await insertMatch(
        platform,
        { needId, capabilityId },
        {
          need_answer: n === c ? 'interested' : 'declined',
          need_answer_reason: n === c ? null : 'field-mismatch',
          capability_answer: n === c ? 'interested' : 'none',
          need_answered_at: platform.clock.now(),
        },
      );
}, 60_000);
afterAll(() => platform.stop());

/** A sweep gives up questions that wait for too long. */
async function sweepPassed(): Promise<void> {
  const [question] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO match_question (need_id, capability_id, created_at)
     SELECT need_id, capability_id, now() - interval '1 day' FROM match LIMIT 1 RETURNING id`,
  );
  await waitFor(
    async () => {
      const [row] = await platform.dataSource.query<{ status: string }[]>(
        'SELECT status FROM match_question WHERE id = $1',
        [question!.id],
      );
      return row!.status === 'failed';
    },
    'a sweep',
    60_000,
  );
}

const models = async () => (await organizer.client.get<MatchModelPage>('/organizer/match-models')).body;
const trained = (count: number) =>
  waitFor(async () => {
    const page = await models();
    return page.rows.length === count && page.rows.every(({ status }) => status !== 'training') && page;
  }, `${count} trained models`);

test('the next day a model learns from enough new answers and, no worse, is put to use', async () => {
  platform.clock.advance(DAY_MS);
  const { rows, inUse } = await trained(1);
  expect(
    rows.map(({ status, keptBack, createdBy, activatedBy }) => [status, keptBack, createdBy, activatedBy]),
  ).toEqual([['active', null, null, null]]);
  expect(inUse).toEqual({ version: rows[0]!.version, kind: 'trained' });
  await waitFor(async () => {
    const runs = await platform.dataSource.query<{ status: string }[]>(
      "SELECT status FROM match_run WHERE scope = 'all' AND model_version = $1",
      [inUse.version],
    );
    return runs.some(({ status }) => status === 'done');
  }, 'the rematch');
});

test('few new answers begin nothing; answers to the same pairs cannot be compared', async () => {
  const answer = (count: number) =>
    platform.dataSource.query(
      `UPDATE match SET need_answered_at = $2 WHERE id IN (SELECT id FROM match WHERE need_answer <> 'none' ORDER BY id LIMIT $1)`,
      [count, platform.clock.now()],
    );
  await answer(19);
  platform.clock.advance(DAY_MS);
  await sweepPassed();
  await sweepPassed();
  expect((await models()).rows.length).toBe(1);
  await answer(20);
  platform.clock.advance(DAY_MS);
  const { rows, inUse } = await trained(2);
  expect(rows.map(({ status, keptBack }) => [status, keptBack])).toEqual([
    ['candidate', 'unmeasured'],
    ['active', null],
  ]);
  expect(inUse.version).toBe(rows[1]!.version);
});
