import { jest } from '@jest/globals';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

interface Match {
  id: string;
  requestKind: string;
  offerKind: string;
  rank: number;
  score: number;
  capability: { id: string; title: string };
  reasons: { zh: string[]; en: string[] };
  factors: { code: string; contribution: number }[];
  mutualAt: string | null;
}
interface Batch {
  id: string;
  status: string;
  recordKind: string;
  total: number;
  created: number;
  updated: number;
}
interface Page<Row> {
  total: number;
  rows: Row[];
}

jest.setTimeout(90_000);
let platform: TestPlatform;
let organizer: TestPerson;
let asker: TestPerson;
let giver: TestPerson;
let ours: string;
let theirs: string;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  asker = await makePerson(platform);
  giver = await makePerson(platform);
  ours = await makeOrganisation(platform, { kind: 'school', name: '一中', members: [asker] });
  theirs = await makeOrganisation(platform, { kind: 'research-institute', name: '海洋所', members: [giver] });
}, 60_000);
afterAll(() => platform.stop());

const CONTACT = { contactName: '联系人', contactPhone: '020-81234567', regionCode: '440115' };

/** Writes, submits and publishes a record; returns its id. */
async function publish(
  person: TestPerson,
  path: '/needs' | '/capabilities',
  form: Record<string, unknown>,
): Promise<string> {
  const organisationId = path === '/needs' ? ours : theirs;
  const created = await person.client.post<{ id: string }>(path, { organisationId, ...CONTACT, ...form });
  expect(created.status).toBe(201);
  const { id } = created.body;
  expect((await person.client.post(`${path}/${id}/submit`)).status).toBe(200);
  expect((await organizer.client.post(`${path}/${id}/publish`, {})).status).toBe(200);
  return id;
}

async function matchesOf(needId: string, query = ''): Promise<Match[]> {
  const path = `/needs/${needId}/matches?filter=all&${query}`;
  return waitFor(async () => {
    const { rows } = (await asker.client.get<Page<Match>>(path)).body;
    return rows.length > 0 && rows;
  }, 'the matches');
}

async function bothInterested(match: Match): Promise<void> {
  const answer = { answer: 'interested' };
  expect((await asker.client.post(`/matches/${match.id}/answer`, answer)).status).toBe(200);
  const done = await giver.client.post<Match>(`/matches/${match.id}/answer`, answer);
  expect([done.status, done.body.mutualAt === null]).toEqual([200, false]);
  expect((await asker.client.get(`/matches/${match.id}/contact`)).status).toBe(200);
}

test('a school finds the lesson for its class, and both sides meet', async () => {
  const lesson = {
    offerKind: 'lesson',
    title: '水下机器人怎样看路',
    abstract: '声呐与定位，分组遥控小型水下机器人',
    fields: ['08.08'],
    keywords: ['水下机器人'],
  };
  await publish(giver, '/capabilities', {
    ...lesson,
    facts: { grades: ['grade-7-9'], venues: ['at-school'], pupilsMin: 20, pupilsMax: 45 },
  });
  await publish(giver, '/capabilities', {
    ...lesson,
    title: '水下机器人启蒙',
    facts: { grades: ['grade-1-2'], venues: ['at-school'], pupilsMax: 45 },
  });
  const request = await publish(asker, '/needs', {
    requestKind: 'outreach',
    title: '水下机器人动手课',
    problem: '希望到校带学生操作小型水下机器人',
    fields: ['08.08'],
    periodEnd: '2099-12-31',
    facts: { grades: ['grade-7-9'], venues: ['at-school'], pupils: 40 },
  });
  const [match, ...others] = await matchesOf(request);
  expect(others).toEqual([]);
  expect([match!.requestKind, match!.offerKind, match!.capability.title]).toEqual([
    'outreach',
    'lesson',
    '水下机器人怎样看路',
  ]);
  expect(match!.reasons.zh).toContain('适合学段：初中7–9年级');
  expect(match!.reasons.en).toContain('Group size: 20–45');
  const sum = match!.factors.reduce((all, { contribution }) => all + contribution, 0);
  expect(Math.abs(sum - match!.score)).toBeLessThan(1e-9);
  await bothInterested(match!);
});

test('an enterprise finds the product for its amount and security', async () => {
  const product = { offerKind: 'finance-product', abstract: '面向科技企业', keywords: ['周转'] };
  const facts = { financingKinds: ['credit-loan'], securities: ['credit'], stages: ['growth'] };
  await publish(giver, '/capabilities', {
    ...product,
    title: '科企信用贷',
    facts: { ...facts, amountMinWan: 50, amountMaxWan: 1000 },
  });
  await publish(giver, '/capabilities', {
    ...product,
    title: '小微贷',
    facts: { ...facts, amountMaxWan: 100 },
  });
  const need = await publish(asker, '/needs', {
    requestKind: 'financing',
    title: '研发流动资金',
    problem: '采购与试制',
    budgetMinWan: 300,
    budgetMaxWan: 600,
    facts: {
      financingKinds: ['credit-loan'],
      enterpriseStage: 'growth',
      revenueBand: '2000-40000',
      termMonths: 12,
    },
  });
  const [match, ...others] = await matchesOf(need);
  expect([match!.capability.title, others.length]).toEqual(['科企信用贷', 0]);
  expect(match!.reasons.zh).toContain('额度覆盖（万元）：50–1000');
  const { body: theirs } = await giver.client.get<Match>(`/matches/${match!.id}`);
  expect(theirs.reasons.zh.join()).not.toContain('额度');
  expect(theirs.factors.map(({ code }) => code)).not.toContain('amount');
  await bothInterested(match!);
});

const TECHNOLOGY = {
  title: '浑水环境水下机器人定位',
  problem: '浑水中水下机器人定位漂移大',
  keyTech: '组合导航',
  expectedGoal: '形成样机',
  needKind: 'rd',
  activityType: 'experimental-development',
  solveModes: ['joint'],
  fields: ['08.08'],
  keywords: ['水下机器人', '定位'],
};
const EXPERT = {
  offerKind: 'expert',
  title: '毛临风：水下机器人定位',
  abstract: '从事水下导航研究',
  fields: ['08.08'],
  keywords: ['水下机器人'],
  transferModes: ['consulting'],
  facts: { titleLevel: 'senior' },
};

test('a technology need has achievements and experts, each ranked on its own', async () => {
  const works = [
    { kind: 'paper', title: '浑水环境下水下机器人定位', abstract: '声呐特征约束', year: 2024 },
    { kind: 'project', title: '近岸浮标', abstract: null, year: null },
  ];
  const expert = await publish(giver, '/capabilities', { ...EXPERT, works });
  await publish(giver, '/capabilities', {
    title: '水下机器人组合定位系统',
    abstract: '浑水中已应用的水下机器人定位系统',
    keyTech: '紧耦合',
    kind: 'applied-technology',
    stage: 'pilot',
    transferModes: ['licence-ordinary'],
    fields: ['08.08'],
    keywords: ['水下机器人'],
  });
  const need = await publish(asker, '/needs', TECHNOLOGY);
  const [best] = await matchesOf(need, 'offerKind=expert');
  expect([best!.capability.id, best!.offerKind, best!.rank]).toEqual([expert, 'expert', 1]);
  expect(best!.reasons.zh).toContain('相关代表作：《浑水环境下水下机器人定位》（论文，2024）');
  const [achievement] = await matchesOf(need, 'offerKind=achievement');
  expect([achievement!.capability.title, achievement!.rank]).toEqual(['水下机器人组合定位系统', 1]);
  const read = await asker.client.get<{ works: object[] }>(`/capabilities/${expert}`);
  expect(read.body.works).toEqual(works);
});

test('lists show one kind when asked, and facts of another kind are refused', async () => {
  const list = await asker.client.get<Page<{ offerKind: string }>>('/capabilities?recordKind=lesson');
  expect(list.body.rows.map(({ offerKind }) => offerKind)).toEqual(['lesson', 'lesson']);
  const refused = await giver.client.post<{ problems: { field: string }[] }>('/capabilities', {
    organisationId: theirs,
    offerKind: 'lesson',
    facts: { amountMaxWan: 5, grades: ['grade-9'] },
    works: [{ kind: 'paper', title: 'x', abstract: null, year: null }],
  });
  expect([refused.status, refused.body.problems.map(({ field }) => field)]).toEqual([
    400,
    ['facts.amountMaxWan', 'works'],
  ]);
  const unknown = await giver.client.post<{ problems: { field: string }[] }>('/capabilities', {
    organisationId: theirs,
    offerKind: 'lesson',
    facts: { grades: ['grade-9'] },
  });
  expect([unknown.status, unknown.body.problems.map(({ field }) => field)]).toEqual([400, ['facts.grades']]);
});

test('a record lacks what its kind asks for', async () => {
  const { body } = await giver.client.post<{ id: string; missing: string[] }>('/capabilities', {
    organisationId: theirs,
    offerKind: 'finance-product',
    title: '贷',
    ...CONTACT,
  });
  expect(body.missing).toEqual([
    'abstract',
    'facts.financingKinds',
    'facts.amountMaxWan',
    'facts.securities',
    'facts.stages',
  ]);
});

test('experts are imported with a row per work, and exported so that they can be imported again', async () => {
  const row = (work: string, year: string) =>
    `X1,毛临风：水下定位,海洋所,正高级,水下机器人,论文,${work},${year}`;
  const csv = [
    '编号,姓名,机构全称,职称,关键词,代表作类型,代表作,代表作年份',
    row('浑水定位', '2023'),
    row('抗扰悬停', '2024'),
  ].join('\n');
  const upload = async (name: string, bytes: string) => {
    const form = new FormData();
    form.set('kind', 'capability');
    form.set('recordKind', 'expert');
    form.set('source', '专家库');
    form.set('file', new Blob([bytes], { type: 'text/csv' }), name);
    const { body } = await organizer.client.post<Batch>('/organizer/imports', form);
    await organizer.client.post(`/organizer/imports/${body.id}/start`, { publish: false });
    return waitFor(async () => {
      const read = await organizer.client.get<Batch>(`/organizer/imports/${body.id}`);
      return read.body.status === 'done' && read.body;
    }, 'the import');
  };
  const first = await upload('experts.csv', csv);
  expect([first.recordKind, first.total, first.created]).toEqual(['expert', 1, 1]);
  const stored = await platform.dataSource.query(
    `SELECT c.offer_kind, c.facts, w.title, w.year FROM capability c JOIN capability_work w ON w.capability_id = c.id
     WHERE c.external_no = 'X1' ORDER BY w.position`,
  );
  const facts = { titleLevel: 'senior' };
  expect(stored).toEqual([
    { offer_kind: 'expert', facts, title: '浑水定位', year: 2023 },
    { offer_kind: 'expert', facts, title: '抗扰悬停', year: 2024 },
  ]);
  const again = await upload('experts.csv', `${csv}\n${row('浅海组网', '2025')}`);
  expect([again.created, again.updated]).toEqual([0, 1]);
  const path = '/organizer/exports?kind=capability&recordKind=expert&format=csv&source=专家库';
  const exported = await organizer.client.get<string>(path);
  expect(exported.body.match(/浑水定位|抗扰悬停|浅海组网/g)).toEqual(['浑水定位', '抗扰悬停', '浅海组网']);
});
