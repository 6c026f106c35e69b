import { jest } from '@jest/globals';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertMatch, insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

interface Question {
  id: string;
  status: string;
  matchId: string | null;
  need: { organisation: string | null };
  answer: {
    outcome: string;
    exclusion: { code: string; zh: string; en: string } | null;
    score: number | null;
    rank: number | null;
    shown: number;
    minScore: number;
    lastScore: number | null;
    factors: { contribution: number }[];
    reasons: { zh: string[] };
    terms: string[];
    missing: { zh: string[]; en: string[] };
  } | null;
  code?: string;
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
  engineer = await makePerson(platform);
  researcher = await makePerson(platform);
  enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [engineer] });
  institute = await makeOrganisation(platform, { kind: 'research-institute', members: [researcher] });
  needId = await need({ title: '水下机器人导航与定位', problem: '浑水中水下机器人导航精度不足' });
}, 60_000);
afterAll(() => platform.stop());

const need = (values: Record<string, unknown>) =>
  insertRecord(platform, 'need', { organisationId: enterprise, personId: engineer.id }, values);
const capability = (values: Record<string, unknown>) =>
  insertRecord(platform, 'capability', { organisationId: institute, personId: researcher.id }, values);

async function ask(person: TestPerson, needs: string, capabilityId: string): Promise<Question> {
  const asked = await person.client.post<Question>('/matches/questions', { needId: needs, capabilityId });
  expect([asked.status, asked.body.status]).toEqual([201, 'waiting']);
  return waitFor(async () => {
    const { body } = await person.client.get<Question>(`/matches/questions/${asked.body.id}`);
    return body.status === 'answered' && body;
  }, 'the answer');
}

test('a pair that did not come far enough is told its score, what speaks for it and what is missing', async () => {
  const first = await capability({ title: '水下机器人组合导航', abstract: '水下机器人导航与定位系统' });
  const id = await insertMatch(platform, { needId, capabilityId: first }, { score: 0.6, rank: 1 });
  const asked = await capability({ title: '水下机器人导航控制', abstract: '水下机器人' });
  const { answer, matchId } = await ask(engineer, needId, asked);
  expect([answer!.outcome, answer!.rank, answer!.shown, answer!.lastScore, matchId]).toEqual([
    'below',
    null,
    1,
    0.6,
    null,
  ]);
  expect(answer!.score).toBeGreaterThan(0.15);
  expect(answer!.factors.reduce((sum, factor) => sum + factor.contribution, 0)).toBeCloseTo(
    answer!.score!,
    9,
  );
  expect(answer!.terms[0]).toBe('水下机器人导航');
  expect(answer!.missing.zh.length).toBeGreaterThan(0);
  expect(answer!.missing.en.length).toBe(answer!.missing.zh.length);
  const shown = await ask(engineer, needId, first);
  expect([shown.answer!.outcome, shown.answer!.rank, shown.matchId]).toEqual(['shown', 1, id]);
});

test('a forbidden pair is told the rule, and one that shares nothing its score of nought', async () => {
  const own = await insertRecord(
    platform,
    'capability',
    { organisationId: enterprise, personId: engineer.id },
    { title: '水下机器人导航自有方案' },
  );
  const { answer } = await ask(engineer, needId, own);
  expect([answer!.outcome, answer!.exclusion!.code, answer!.score]).toEqual([
    'excluded',
    'same-organisation',
    null,
  ]);
  expect(answer!.exclusion!.zh).toBe('双方为同一机构');
  const far = await capability({ title: 'Greenhouse', abstract: 'tomato' });
  expect((await ask(engineer, needId, far)).answer).toMatchObject({ outcome: 'weak', exclusion: null });
});

test('an expert below the least score of experts is told the score and that least, with reasons', async () => {
  const expert = await capability({
    title: '王海',
    offer_kind: 'expert',
    abstract: '从事水下机器人与海洋观测研究，也做渔业资源调查、珊瑚礁修复、港口规划。',
  });
  const { answer } = await ask(engineer, needId, expert);
  expect(answer!.outcome).toBe('weak');
  expect(answer!.minScore).toBe(0.15);
  expect(answer!.score).toBeGreaterThan(0);
  expect(answer!.score).toBeLessThan(0.15);
  expect(answer!.terms).toContain('水下机器人');
});

test('only the two sides and staff may ask, only about what they may read, and only the asker reads the answer', async () => {
  const asked = await capability({ title: '水声定位', abstract: '水下' });
  const stranger = await makePerson(platform);
  await makeOrganisation(platform, { kind: 'enterprise', members: [stranger] });
  const put = (person: TestPerson, capabilityId: string) =>
    person.client.post<Question>('/matches/questions', { needId, capabilityId });
  expect((await put(stranger, asked)).body.code).toBe('match.not-yours');
  const draft = await capability({ title: '草稿', status: 'draft' });
  expect((await put(engineer, draft)).status).toBe(404);
  const { id } = await ask(researcher, needId, asked);
  expect((await engineer.client.get(`/matches/questions/${id}`)).status).toBe(404);
  expect((await organizer.client.get(`/matches/questions/${id}`)).status).toBe(200);
});

test('an answer gives away nothing of a redacted text, nor that organizers hid the pair', async () => {
  const secret = '声学基阵布放';
  const redacted = await need({
    title: '水下机器人导航改进',
    problem: `需要解决${secret}难题`,
    disclosure: 'redacted',
    public_summary: '水下导航',
  });
  const asked = await capability({ title: `水下机器人导航与${secret}装置`, abstract: secret });
  const seen = await ask(researcher, redacted, asked);
  expect(seen.need.organisation).toBeNull();
  expect(JSON.stringify(seen)).toContain('水下机器人导航');
  expect(JSON.stringify(seen.answer)).not.toContain('声学基阵');
  const own = await ask(engineer, redacted, asked);
  expect(JSON.stringify(own.answer)).toContain('声学基阵');

  await insertMatch(
    platform,
    { needId: redacted, capabilityId: asked },
    { override: 'hidden', override_at: new Date() },
  );
  const hidden = await engineer.client.get<Question>(`/matches/questions/${own.id}`);
  expect([hidden.body.matchId, hidden.body.answer!.exclusion!.code, hidden.body.answer!.score]).toEqual([
    null,
    'not-offered',
    null,
  ]);
  const told = await organizer.client.get<Question>(`/matches/questions/${own.id}`);
  expect(told.body.answer!.exclusion).toBeNull();
});
