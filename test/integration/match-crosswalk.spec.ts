import { jest } from '@jest/globals';
import type { MatchView } from '#libs/contracts/matching/matches.js';
import { makeOrganisation, makePerson } from '../support/factories.js';
import { insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);
let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
}, 60_000);
afterAll(() => platform.stop());

test("a need's industry is compared with fields by the shipped crosswalk, and told to who may read the need", async () => {
  const organizer = await makePerson(platform, { roles: ['organizer'] });
  const engineer = await makePerson(platform);
  const researcher = await makePerson(platform);
  const enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [engineer] });
  const institute = await makeOrganisation(platform, { kind: 'research-institute', members: [researcher] });
  const title = '外泌体冻干保护剂';
  const needId = await insertRecord(
    platform,
    'need',
    { organisationId: enterprise, personId: engineer.id },
    { title, industry: 'C27', disclosure: 'redacted', public_summary: title },
  );
  const capability = (fields: string[]) =>
    insertRecord(
      platform,
      'capability',
      { organisationId: institute, personId: researcher.id },
      { title: `${title}${fields.join('')}`, fields },
    );
  const near = await capability(['02.01']);
  const far = await capability(['08.04']);
  const { body } = await organizer.client.post('/organizer/match-runs', { scope: 'all' });
  await waitFor(async () => {
    const run = await organizer.client.get(`/organizer/match-runs/${String(body['id'])}`);
    return run.body['status'] === 'done';
  }, 'the match run');

  const { rows } = (await engineer.client.get<{ rows: MatchView[] }>(`/needs/${needId}/matches?filter=all`))
    .body;
  const seen = (id: string) => rows.find((row) => row.capability.id === id)!;
  expect(seen(near).reasons.zh).toContain('经对照表：医药制造业 → 医药生物技术');
  expect(seen(near).reasons.en.filter((line) => line.startsWith('By a crosswalk: ')).length).toBe(1);
  expect(seen(near).factors.map(({ code }) => code)).toContain('field');
  expect(seen(far).factors.map(({ code }) => code)).not.toContain('field');
  expect(seen(far).reasons.zh.join()).not.toContain('对照表');
  const theirs = await researcher.client.get<{ rows: MatchView[] }>(
    `/capabilities/${near}/matches?filter=all`,
  );
  expect(theirs.body.rows.map((row) => row.need.id)).toEqual([needId]);
  expect(JSON.stringify(theirs.body.rows[0]!.reasons)).not.toContain('医药制造业');
});
