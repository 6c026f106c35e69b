import { jest } from '@jest/globals';
import type { MatchView } from '#libs/contracts/matching/matches.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);
let platform: TestPlatform;
let organizer: TestPerson;
let engineer: TestPerson;
let researcher: TestPerson;
let enterprise: string;
let institute: string;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  engineer = await makePerson(platform);
  researcher = await makePerson(platform);
  enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [engineer] });
  institute = await makeOrganisation(platform, { kind: 'research-institute', members: [researcher] });
}, 60_000);
afterAll(() => platform.stop());

const need = (values: Record<string, unknown>) =>
  insertRecord(platform, 'need', { organisationId: enterprise, personId: engineer.id }, values);
const capability = (values: Record<string, unknown>) =>
  insertRecord(platform, 'capability', { organisationId: institute, personId: researcher.id }, values);

async function runAll(): Promise<void> {
  const { body } = await organizer.client.post('/organizer/match-runs', { scope: 'all' });
  await waitFor(async () => {
    const run = await organizer.client.get(`/organizer/match-runs/${String(body['id'])}`);
    return run.body['status'] === 'done';
  }, 'the match run');
}

const listed = async (person: TestPerson, needId: string): Promise<MatchView[]> =>
  (await person.client.get<{ rows: MatchView[] }>(`/needs/${needId}/matches?filter=all`)).body.rows;
const sum = ({ factors }: MatchView) => factors.reduce((total, { contribution }) => total + contribution, 0);
const codes = ({ factors }: MatchView) => factors.map(({ code }) => code);

test('prices are compared with the budget for all, and told to who may read both', async () => {
  const words = { title: '碱性电解槽隔膜', keywords: ['电解槽', '隔膜'] };
  const needId = await need({ ...words, budget_max_wan: 100 });
  const fits = await capability({ ...words, title: '碱性电解槽复合隔膜', price_min_wan: 60 });
  const dear = await capability({ ...words, title: '碱性电解槽陶瓷隔膜', price_min_wan: 5000 });
  const open = await capability({
    ...words,
    title: '碱性电解槽有机隔膜',
    price_min_wan: 5000,
    price_negotiable: true,
  });
  const silent = await capability({ ...words, title: '碱性电解槽纤维隔膜' });
  await runAll();

  const whole = new Map((await listed(organizer, needId)).map((row) => [row.capability.id, row]));
  expect(whole.get(fits)!.reasons.zh).toContain('报价在预算之内');
  expect(whole.get(fits)!.reasons.en).toContain('Priced within the budget');
  expect(whole.get(dear)!.missing.zh).toContain('报价高于预算');
  expect(codes(whole.get(fits)!)).toContain('price');
  expect(codes(whole.get(dear)!)).toContain('price');
  expect(codes(whole.get(open)!)).not.toContain('price');
  expect(codes(whole.get(silent)!)).not.toContain('price');
  expect(whole.get(fits)!.score).toBeGreaterThan(whole.get(dear)!.score);
  const advice = (id: string) => whole.get(id)!.reasons.zh.filter((line) => line.startsWith('成果可补充'));
  expect(advice(silent).join()).toContain('报价');
  expect(advice(open).join()).not.toContain('报价');

  for (const row of await listed(engineer, needId)) {
    expect(codes(row)).not.toContain('price');
    expect(JSON.stringify(row.reasons) + JSON.stringify(row.missing)).not.toMatch(
      /报价|预算|budget|[Pp]rice/,
    );
    expect(sum(row)).toBeCloseTo(row.score, 9);
    expect(row.score).toBe(whole.get(row.capability.id)!.score);
  }
});

test('an institute that moves its price learns of a budget no more than its step', async () => {
  const words = { title: '锂云母焙烧提锂', keywords: ['锂云母'] };
  const scores: number[] = [];
  const offered = await capability({ ...words, title: '锂云母隧道窑焙烧提锂', price_min_wan: 90 });
  for (const budget of [50, 70, 99]) {
    const needId = await need({ ...words, budget_max_wan: budget });
    await runAll();
    const { body } = await researcher.client.get<{ rows: MatchView[] }>(
      `/capabilities/${offered}/matches?filter=all`,
    );
    scores.push(body.rows.find((row) => row.need.id === needId)!.score);
  }
  expect(new Set(scores).size).toBe(1);
});
