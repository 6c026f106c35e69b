import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let author: TestPerson;
let organizer: TestPerson;
let organisation: string;

type Body = Record<string, unknown> & { id: string; version: number };

const form = {
  title: '紧耦合导航软件包',
  abstract: '声呐与惯导融合',
  keyTech: '卡尔曼滤波',
  keywords: ['导航'],
  kind: 'applied-technology',
  form: 'new-technology',
  stage: 'pilot',
  fields: ['08.08'],
  regionCode: '440115',
  trlScheme: 'trl-iso',
  trl: 6,
  transferModes: ['licence-ordinary'],
  priceMinWan: 60,
  priceNegotiable: true,
  level: 'national-leading',
  ip: [{ kind: 'invention', name: '一种方法', number: 'ZL-1', status: 'granted' }],
  people: ['张三'],
  disclosure: 'redacted',
  publicSummary: '可用的摘要',
  contactName: '联系人乙',
  contactEmail: 'contact@test.example',
};

beforeAll(async () => {
  platform = await startTestPlatform();
  author = await makePerson(platform);
  organizer = await makePerson(platform, { roles: ['organizer'] });
  organisation = await makeOrganisation(platform, {
    kind: 'institute',
    name: '测试研究院',
    members: [author],
  });
});
afterAll(() => platform.stop());

const rows = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  platform.dataSource.query(sql, values);

test('a capability is written, published, numbered, matched and read in its redacted version', async () => {
  const created = await author.client.post<Body>('/capabilities', { organisationId: organisation, ...form });
  expect(created.status).toBe(201);
  const { id } = created.body;
  expect([created.body['ip'], created.body['people'], created.body['missing']]).toEqual([
    form.ip,
    form.people,
    [],
  ]);
  expect((await author.client.post(`/capabilities/${id}/submit`)).status).toBe(200);
  const published = await organizer.client.post<Body>(`/capabilities/${id}/publish`, { note: null });
  expect(published.body['capabilityNo']).toBe(`C440115-${new Date().getUTCFullYear()}-0001`);
  expect(await rows('SELECT scope, subject_id FROM match_run')).toEqual([
    { scope: 'capability', subject_id: id },
  ]);
  expect(await rows("SELECT topic, to_address, payload FROM notification WHERE channel = 'mail'")).toEqual([
    {
      topic: 'capability-published',
      to_address: author.email,
      payload: { title: form.title, note: null, link: `/capabilities/${id}` },
    },
  ]);

  const { body } = await platform.client().get<Body>(`/capabilities/${id}`);
  expect([body['title'], body['publicSummary'], body['kind'], body['stage'], body['trl']]).toEqual([
    form.title,
    form.publicSummary,
    form.kind,
    form.stage,
    6,
  ]);
  expect([body['priceMinWan'], body['priceNegotiable']]).toEqual([null, null]);
  const text = JSON.stringify(body);
  for (const secret of ['声呐与惯导融合', '卡尔曼', '一种方法', '张三', '测试研究院', '联系人乙', 'contact@'])
    expect([secret, text.includes(secret)]).toEqual([secret, false]);

  const card = (await platform.client().get<{ rows: Body[] }>('/capabilities?kind=applied-technology')).body
    .rows[0]!;
  expect([card['title'], card['excerpt'], card['organisationName'], card['transferModes']]).toEqual([
    form.title,
    form.publicSummary,
    null,
    null,
  ]);
});

test('a withdrawn capability leaves the market and can be submitted again', async () => {
  const { body } = await author.client.post<Body>('/capabilities', { organisationId: organisation, ...form });
  await author.client.post(`/capabilities/${body.id}/submit`);
  await organizer.client.post(`/capabilities/${body.id}/publish`, {});
  expect((await platform.client().get(`/capabilities/${body.id}`)).status).toBe(200);
  expect((await author.client.post<Body>(`/capabilities/${body.id}/withdraw`)).body['status']).toBe(
    'withdrawn',
  );
  expect((await platform.client().get(`/capabilities/${body.id}`)).status).toBe(404);
  expect((await author.client.post<Body>(`/capabilities/${body.id}/submit`)).body['status']).toBe(
    'submitted',
  );
});

test('state secrets are refused', async () => {
  const before = await rows('SELECT count(*)::int AS n FROM capability');
  const answer = await author.client.post('/capabilities', {
    organisationId: organisation,
    ip: [{ kind: 'invention', name: '绝密 ★ 专利', number: null, status: null }],
  });
  expect([answer.status, answer.body['code']]).toEqual([422, 'capability.classified']);
  expect(await rows('SELECT count(*)::int AS n FROM capability')).toEqual(before);
});

test('more than twenty at once are matched by one run over everything', async () => {
  await rows(`DELETE FROM match_run`);
  await rows(
    `INSERT INTO capability (title, missing, external_source, external_no, region_code)
     SELECT 'c' || n, '{abstract}', '批次二', n::text, '440115' FROM generate_series(1, 25) AS n`,
  );
  const { body } = await organizer.client.post('/capabilities/bulk-publish', {
    which: { importSource: '批次二' },
    incompleteToo: true,
  });
  expect(body).toEqual({ published: 25, skipped: 0, left: [] });
  expect(await rows('SELECT scope, subject_id FROM match_run')).toEqual([{ scope: 'all', subject_id: null }]);
  expect(
    await rows(
      `SELECT count(DISTINCT capability_no)::int AS n FROM capability WHERE external_source = '批次二' AND status = 'published'`,
    ),
  ).toEqual([{ n: 25 }]);
});
