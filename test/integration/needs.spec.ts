import { MATCH_MODEL_VERSION } from '#libs/domain/matching/model-version.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let owner: TestPerson;
let colleague: TestPerson;
let stranger: TestPerson;
let organizer: TestPerson;
let organisation: string;

type Body = Record<string, unknown> & { id: string; version: number };

const form = {
  title: '水下机器人定位',
  problem: '浑水中看不清',
  keyTech: '紧耦合导航',
  expectedGoal: '悬停误差减半',
  keywords: ['水下机器人', '导航'],
  needKind: 'rd',
  solveModes: ['joint'],
  activityType: 'applied-research',
  fields: ['08.08'],
  regionCode: '440115',
  trlScheme: 'trl-gbt22900',
  targetTrl: 7,
  budgetMinWan: 50,
  budgetMaxWan: 80,
  contactName: '联系人甲',
  contactPhone: '13800000000',
  indicators: [
    { name: '定位精度', comparator: 'le', value: 0.05, valueHigh: null, unit: 'm', raw: '定位精度≤±0.05m' },
  ],
};

beforeAll(async () => {
  platform = await startTestPlatform();
  owner = await makePerson(platform, { name: '需求作者' });
  colleague = await makePerson(platform);
  stranger = await makePerson(platform);
  organizer = await makePerson(platform, { name: '审核员', roles: ['organizer'] });
  organisation = await makeOrganisation(platform, {
    kind: 'enterprise',
    name: '测试企业',
    members: [colleague, owner],
  });
  await makeOrganisation(platform, { kind: 'institute', members: [stranger] });
});
afterAll(() => platform.stop());

const rows = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  platform.dataSource.query(sql, values);

async function draft(fields: Record<string, unknown> = form): Promise<Body> {
  const { status, body } = await owner.client.post<Body>('/needs', {
    organisationId: organisation,
    ...fields,
  });
  expect(status).toBe(201);
  return body;
}
async function published(fields: Record<string, unknown> = form): Promise<Body> {
  const { id } = await draft(fields);
  await owner.client.post(`/needs/${id}/submit`);
  const { status, body } = await organizer.client.post<Body>(`/needs/${id}/publish`, {});
  expect(status).toBe(200);
  return body;
}

test('a draft may be empty, saves itself, and notices that somebody else saved', async () => {
  const empty = await draft({});
  expect([empty['status'], empty['title'], empty.version, empty['actions']]).toEqual([
    'draft',
    '',
    1,
    ['edit', 'submit', 'withdraw'],
  ]);
  const saved = await owner.client.patch<Body>(`/needs/${empty.id}`, { version: 1, title: '标题' });
  expect([saved.status, saved.body.version, saved.body['title']]).toEqual([200, 2, '标题']);
  const late = await colleague.client.patch(`/needs/${empty.id}`, { version: 1, title: '另一个' });
  expect([late.status, late.body['code']]).toEqual([409, 'record.changed']);
  expect(await rows('SELECT title, version FROM need WHERE id = $1', [empty.id])).toEqual([
    { title: '标题', version: 2 },
  ]);
});

test('of two savings from the same version exactly one wins', async () => {
  const { id } = await draft({});
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      (index % 2 === 0 ? owner : colleague).client.patch(`/needs/${id}`, { version: 1, title: `t${index}` }),
    ),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  expect(await rows('SELECT version FROM need WHERE id = $1', [id])).toEqual([{ version: 2 }]);
});

test('an incomplete draft is not submitted; the error names the fields', async () => {
  const { id } = await draft({ title: '只有标题', problem: '问题' });
  const { status, body } = await owner.client.post<{ code: string; problems: { field: string }[] }>(
    `/needs/${id}/submit`,
  );
  expect([status, body.code]).toEqual([422, 'market.incomplete']);
  expect(body.problems.map((problem) => problem.field)).toEqual([
    'needKind',
    'fields',
    'keywords',
    'regionCode',
    'activityType',
    'keyTech',
    'expectedGoal',
    'solveModes',
    'contactName',
    'contactPhone',
  ]);
  expect(await rows('SELECT status FROM need WHERE id = $1', [id])).toEqual([{ status: 'draft' }]);
  const first = async (language: string) => {
    const answer = await owner.client.raw(`/needs/${id}/submit`, {
      method: 'POST',
      headers: { 'x-locale': language },
    });
    return ((await answer.json()) as { problems: unknown[] }).problems[0];
  };
  const problem = { field: 'needKind', code: 'field.required' };
  expect(await first('zh-CN')).toEqual({ ...problem, message: '此项必填' });
  expect(await first('en')).toEqual({ ...problem, message: 'This is required' });
});

test('wrong codes, reversed amounts and a maturity outside its scale are refused', async () => {
  const problems = async (fields: object) => {
    const { status, body } = await owner.client.post<{ problems: { field: string }[] }>('/needs', {
      organisationId: organisation,
      ...fields,
    });
    return [status, ...body.problems.map((problem) => problem.field)];
  };
  expect(await problems({ needKind: 'nonsense', fields: ['99'] })).toEqual([400, 'fields', 'needKind']);
  expect(await problems({ budgetMinWan: 9, budgetMaxWan: 1 })).toEqual([400, 'budgetMaxWan']);
  expect(await problems({ targetTrl: 7 })).toEqual([400, 'trlScheme']);
  expect(await problems({ trlScheme: 'trl-iso', targetTrl: 12 })).toEqual([400, 'targetTrl']);
});

test('state secrets are refused and not stored', async () => {
  const before = await rows('SELECT (SELECT count(*) FROM need) n, (SELECT count(*) FROM audit_entry) a');
  const flagged = await owner.client.post('/needs', {
    organisationId: organisation,
    title: '甲',
    classified: true,
  });
  const marked = await owner.client.post('/needs', {
    organisationId: organisation,
    indicators: [{ ...form.indicators[0], raw: '见附件（机密★10年）' }],
  });
  expect([flagged.status, flagged.body['code'], marked.status, marked.body['code']]).toEqual([
    422,
    'need.classified',
    422,
    'need.classified',
  ]);
  expect(await rows('SELECT (SELECT count(*) FROM need) n, (SELECT count(*) FROM audit_entry) a')).toEqual(
    before,
  );
  const { id } = await draft({ title: '普通' });
  const later = await owner.client.patch(`/needs/${id}`, { version: 1, problem: '秘密★' });
  expect([later.status, later.body['code']]).toEqual([422, 'need.classified']);
  expect(await rows('SELECT title, problem, version FROM need WHERE id = $1', [id])).toEqual([
    { title: '普通', problem: null, version: 1 },
  ]);
});

test('returned with questions, corrected, published, numbered and matched', async () => {
  const { id } = await draft();
  expect((await owner.client.post(`/needs/${id}/submit`)).status).toBe(200);
  const twice = await owner.client.post(`/needs/${id}/submit`);
  expect([twice.status, twice.body['code']]).toEqual([409, 'transition.not-allowed']);
  const locked = await owner.client.patch(`/needs/${id}`, { version: 1, title: '改' });
  expect([locked.status, locked.body['code']]).toEqual([409, 'transition.not-allowed']);

  expect((await organizer.client.post(`/needs/${id}/return`, { note: '' })).status).toBe(400);
  expect((await organizer.client.post(`/needs/${id}/return`, { note: '流速是多少？' })).status).toBe(200);
  const seen = await owner.client.get<Body & { reviews: object[] }>(`/needs/${id}`);
  expect(seen.body.reviews).toEqual([
    { outcome: 'returned', note: '流速是多少？', reviewer: '审核员', at: expect.any(String) as string },
  ]);
  await owner.client.patch(`/needs/${id}`, { version: 1, problem: '流速 2 节' });
  await owner.client.post(`/needs/${id}/submit`);
  const answer = await organizer.client.post<Body>(`/needs/${id}/publish`, { note: '很好' });
  const year = new Date().getUTCFullYear();
  expect(answer.body['needNo']).toMatch(new RegExp(`^N440115-${year}-\\d{4}$`));
  expect(answer.body['status']).toBe('published');

  expect(
    await rows(
      `SELECT topic, to_address, payload FROM notification WHERE payload->>'link' = $1 AND channel = 'mail' ORDER BY created_at`,
      [`/needs/${id}`],
    ),
  ).toEqual([
    {
      topic: 'need-returned',
      to_address: owner.email,
      payload: { title: form.title, note: '流速是多少？', link: `/needs/${id}` },
    },
    {
      topic: 'need-published',
      to_address: owner.email,
      payload: { title: form.title, note: '很好', link: `/needs/${id}` },
    },
  ]);
  expect(
    await rows('SELECT scope, model_version, requested_by FROM match_run WHERE subject_id = $1', [id]),
  ).toEqual([{ scope: 'need', model_version: MATCH_MODEL_VERSION, requested_by: organizer.id }]);
  expect(
    await rows(
      `SELECT action FROM audit_entry WHERE subject_id = $1 AND action <> 'read-sealed' ORDER BY id`,
      [id],
    ),
  ).toEqual(
    ['create-need', 'submit-need', 'return-need', 'change-need', 'submit-need', 'publish-need'].map(
      (action) => ({
        action,
      }),
    ),
  );
});

test('of two organizers publishing at once one succeeds', async () => {
  const { id } = await draft();
  await owner.client.post(`/needs/${id}/submit`);
  const answers = await Promise.all([1, 2, 3].map(() => organizer.client.post(`/needs/${id}/publish`, {})));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
  expect(await rows('SELECT count(*)::int AS n FROM review WHERE subject_id = $1', [id])).toEqual([{ n: 1 }]);
});

test('an edit of a published need stays published, is matched again and loses no required field', async () => {
  const need = await published();
  await rows(`UPDATE match_run SET status = 'done' WHERE subject_id = $1`, [need.id]);
  const edit = await owner.client.patch<Body>(`/needs/${need.id}`, { version: need.version, indicators: [] });
  expect([edit.status, edit.body['status'], edit.body.version, edit.body['indicators']]).toEqual([
    200,
    'published',
    need.version + 1,
    [],
  ]);
  expect(await rows('SELECT count(*)::int AS n FROM match_run WHERE subject_id = $1', [need.id])).toEqual([
    { n: 2 },
  ]);
  const emptied = await owner.client.patch(`/needs/${need.id}`, { version: need.version + 1, problem: '' });
  expect([emptied.status, emptied.body['code']]).toEqual([422, 'market.incomplete']);
});

test('a visitor, a stranger and a colleague', async () => {
  const { id } = await draft();
  expect((await platform.client().post('/needs', { organisationId: organisation })).status).toBe(401);
  expect((await stranger.client.post('/needs', { organisationId: organisation })).status).toBe(403);
  expect((await stranger.client.get(`/needs/${id}`)).status).toBe(404);
  expect((await platform.client().get(`/needs/${id}`)).status).toBe(404);
  expect((await stranger.client.patch(`/needs/${id}`, { version: 1, title: 'x' })).status).toBe(403);
  expect((await stranger.client.post(`/needs/${id}/submit`)).status).toBe(403);
  expect((await stranger.client.post(`/needs/${id}/withdraw`)).status).toBe(403);
  expect((await owner.client.post(`/needs/${id}/publish`, {})).status).toBe(403);
  expect((await owner.client.get('/reviews')).status).toBe(403);
  expect((await owner.client.get(`/needs/${id}/grants`)).status).toBe(403);
  expect((await colleague.client.post(`/needs/${id}/withdraw`)).status).toBe(200);
  expect((await owner.client.patch(`/needs/${id}`, { version: 1, title: '再来' })).status).toBe(200);
});

test('indicators are kept in their order', async () => {
  const indicators = ['丙', '甲', '乙'].map((name, index) => ({
    ...form.indicators[0],
    name,
    value: index,
    raw: `${name}≤${index}m`,
  }));
  const { id } = await draft({ indicators });
  expect((await owner.client.get<Body>(`/needs/${id}`)).body['indicators']).toEqual(indicators);
});

test('the review queue, and publishing an import in bulk', async () => {
  await rows(`UPDATE need SET status = 'withdrawn' WHERE status = 'submitted'`);
  const first = await draft({ ...form, title: '先提交' });
  const second = await draft({ ...form, title: '后提交' });
  await owner.client.post(`/needs/${first.id}/submit`);
  await owner.client.post(`/needs/${second.id}/submit`);
  const imported = await rows<{ id: string }>(
    `INSERT INTO need (title, missing, external_source, external_no, region_code) VALUES
     ('完整', '{}', '批次一', '1', '440115'), ('缺项', '{contactName}', '批次一', '2', '440115'),
     ('', '{title}', '批次一', '3', NULL) RETURNING id`,
  );
  type Queue = { rows: { title: string; missing: string[] }[]; waiting: object; sources: object[] };
  const queue = (await organizer.client.get<Queue>('/reviews')).body;
  expect(queue.rows.map((row) => row.title)).toEqual(['先提交', '后提交']);
  expect([queue.waiting, queue.sources]).toEqual([
    { need: 2, capability: 0 },
    [{ kind: 'need', source: '批次一', drafts: 3, complete: 1 }],
  ]);
  const drafts = (await organizer.client.get<Queue>('/reviews?status=draft&complete=false')).body;
  expect(drafts.rows.map((row) => row.missing)).toEqual([['contactName'], ['title']]);

  const complete = await organizer.client.post('/needs/bulk-publish', { which: { importSource: '批次一' } });
  expect(complete.body).toEqual({
    published: 1,
    skipped: 2,
    left: [
      { id: imported[1]!.id, title: '缺项', missing: ['contactName'] },
      { id: imported[2]!.id, title: '', missing: ['title'] },
    ],
  });
  const all = await organizer.client.post('/needs/bulk-publish', {
    which: { ids: [imported[0]!.id, imported[1]!.id, imported[2]!.id, first.id] },
    incompleteToo: true,
  });
  expect([all.body['published'], all.body['skipped']]).toEqual([2, 1]);
  const numbers = await rows<{ need_no: string | null; status: string }>(
    'SELECT status, need_no FROM need WHERE id = ANY($1) ORDER BY id',
    [[first.id, ...imported.map((row) => row.id)]],
  );
  expect(numbers.map((row) => row.status)).toEqual(['published', 'published', 'published', 'draft']);
  expect(new Set(numbers.map((row) => row.need_no)).size).toBe(4);
  expect((await owner.client.post('/needs/bulk-publish', { which: { ids: [first.id] } })).status).toBe(403);
});

test('free text is read as indicators and stored only when confirmed', async () => {
  const { status, body } = await owner.client.post('/indicators/parse', {
    text: '定位精度≤±0.05m；外壳防水；工作深度300-500m',
  });
  expect([status, body]).toEqual([
    200,
    {
      indicators: [
        {
          name: '定位精度',
          comparator: 'le',
          value: 0.05,
          valueHigh: null,
          unit: 'm',
          raw: '定位精度≤±0.05m',
        },
        {
          name: '工作深度',
          comparator: 'between',
          value: 300,
          valueHigh: 500,
          unit: 'm',
          raw: '工作深度300-500m',
        },
      ],
      unread: ['外壳防水'],
    },
  ]);
  expect((await platform.client().post('/indicators/parse', { text: '深度≥1m' })).status).toBe(401);
});
