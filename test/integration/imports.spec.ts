import { jest } from '@jest/globals';
import ExcelJS from 'exceljs';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

interface Batch {
  id: string;
  status: string;
  total: number;
  good: number;
  bad: number;
  processed: number;
  created: number;
  updated: number;
  unchanged: number;
  ignoredColumns: string[];
}
interface Rows {
  total: number;
  rows: {
    rowNo: number;
    outcome: string;
    missing: string[];
    unread: string[];
    problems: { field: string; code: string }[];
    subjectId: string | null;
  }[];
}

jest.setTimeout(60_000);
let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
}, 60_000);
afterAll(() => platform.stop());

const jsonl = (rows: unknown[]) =>
  new Uint8Array(Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')));

async function upload(
  kind: 'need' | 'capability',
  source: string,
  bytes: Uint8Array<ArrayBuffer>,
  name = 'rows.jsonl',
): Promise<Batch> {
  const answer = await organizer.client.upload<Batch>(
    '/organizer/imports',
    { name, type: 'application/octet-stream', bytes },
    { kind, source },
  );
  expect(answer.status).toBe(201);
  return answer.body;
}

async function run(batch: Batch, publish = false): Promise<Batch> {
  expect((await organizer.client.post(`/organizer/imports/${batch.id}/start`, { publish })).status).toBe(200);
  return waitFor(async () => {
    const { body } = await organizer.client.get<Batch>(`/organizer/imports/${batch.id}`);
    return body.status === 'done' && body;
  }, 'the import');
}

test('a preview names what is wrong, the import stores exactly the good rows, and a second import updates them', async () => {
  const company = '滨海测试科技有限公司';
  const owner = await makeOrganisation(platform, { kind: 'enterprise', name: company });
  const rows = [
    {
      编号: 'A1',
      技术需求名称: '水下定位',
      主要问题: '浑水',
      技术指标: '定位精度≤±0.05m；外壳防水',
      机构全称: company,
      需求类型: '技术研发',
      内部备注: '不导入',
    },
    { 编号: 'A2', 技术需求名称: '防腐涂层', 需求类型: '不存在的类型' },
    { 编号: 'A3', 主要问题: '没有名称' },
    { 编号: 'A1', 技术需求名称: '重复的编号' },
    { 编号: 'A5', 技术需求名称: '只有名称' },
  ];
  const batch = await upload('need', '测试来源', jsonl(rows));
  expect([batch.status, batch.total, batch.good, batch.bad]).toEqual(['previewed', 5, 2, 3]);
  expect(batch.ignoredColumns).toEqual(['内部备注']);
  const preview = await organizer.client.get<Rows>(`/organizer/imports/${batch.id}/rows`);
  expect(
    preview.body.rows.map((row) => [row.rowNo, row.outcome, row.problems.map((problem) => problem.code)]),
  ).toEqual([
    [1, 'waiting', []],
    [2, 'bad', ['unknown-code']],
    [3, 'bad', ['title-missing']],
    [4, 'bad', ['duplicate']],
    [5, 'waiting', []],
  ]);
  expect(preview.body.rows.map((row) => row.unread)).toEqual([['外壳防水'], [], [], [], []]);
  expect(preview.body.rows[4]!.missing).toContain('organisationId');
  expect(await count('need')).toBe(0);

  const done = await run(batch);
  expect([done.created, done.updated, done.unchanged, done.processed]).toEqual([2, 0, 0, 2]);
  const stored = await platform.dataSource.query<
    { external_no: string; status: string; organisation_id: string | null; key_tech: string | null }[]
  >('SELECT external_no, status, organisation_id, key_tech FROM need ORDER BY external_no');
  expect(stored).toEqual([
    { external_no: 'A1', status: 'draft', organisation_id: owner, key_tech: '其他指标要求：外壳防水' },
    { external_no: 'A5', status: 'draft', organisation_id: null, key_tech: null },
  ]);
  const indicators = await platform.dataSource.query<unknown[]>(
    'SELECT name, comparator, value, unit FROM indicator',
  );
  expect(indicators).toEqual([{ name: '定位精度', comparator: 'le', value: 0.05, unit: 'm' }]);

  const changed = [{ ...rows[0], 主要问题: '浑水强流' }, rows[4], { 编号: 'A6', 技术需求名称: '新的' }];
  const again = await run(await upload('need', '测试来源', jsonl(changed)));
  expect([again.created, again.updated, again.unchanged]).toEqual([1, 1, 1]);
  const [first] = await platform.dataSource.query<unknown[]>(
    "SELECT problem, version FROM need WHERE external_no = 'A1'",
  );
  expect(first).toEqual({ problem: '浑水强流', version: 2 });
  expect(await count('need')).toBe(3);
  expect((await platform.dataSource.query<unknown[]>('SELECT 1 FROM indicator')).length).toBe(1);
});

test('a started or discarded batch cannot be started again; only organizers import', async () => {
  const batch = await upload('need', '另一来源', jsonl([{ id: 'B1', title: '一' }]));
  expect((await organizer.client.post(`/organizer/imports/${batch.id}/discard`)).status).toBe(200);
  const refused = await organizer.client.post(`/organizer/imports/${batch.id}/start`, {});
  expect([refused.status, refused.body['code']]).toEqual([409, 'import.not-startable']);
  const stranger = await makePerson(platform);
  expect((await stranger.client.get('/organizer/imports')).status).toBe(403);
  expect((await platform.client().get('/organizer/imports')).status).toBe(401);
  const empty = await organizer.client.upload(
    '/organizer/imports',
    { name: 'x.csv', type: 'text/csv', bytes: new Uint8Array() },
    { kind: 'need', source: 's' },
  );
  expect([empty.status, empty.body['code']]).toEqual([400, 'import.empty']);
});

test('an upload is listed by a clean name, and so is one from before names were cleaned', async () => {
  const rows = jsonl([{ title: '名字' }]);
  const { id } = await upload('need', '文件名', rows, '.x/.需求\u202Evsc\u2066.jsonl');
  const [stored] = await platform.dataSource.query<{ name: string }[]>(
    'SELECT file_name AS name FROM import_batch WHERE id = $1',
    [id],
  );
  expect(stored!.name).toBe('需求vsc.jsonl');
  await platform.dataSource.query("UPDATE import_batch SET file_name = E'旧\\u202E\\n.csv' WHERE id = $1", [
    id,
  ]);
  const { body } = await organizer.client.get<{ fileName: string }>(`/organizer/imports/${id}`);
  expect(body.fileName).toBe('旧.csv');
});

test('publishing an import numbers the rows and matches them; an export comes back unchanged', async () => {
  const capabilities = await upload(
    'capability',
    '成果来源',
    jsonl([
      { id: 'C1', title: '强流浑水环境水下机器人定位控制', content: '声呐与惯导融合的水下机器人导航' },
      { id: 'C2', title: '蔬菜大棚温湿度监测' },
    ]),
  );
  await run(capabilities, true);
  const needs = await upload(
    'need',
    '需求来源',
    jsonl([{ id: 'N1', title: '水下机器人导航', content: '浑水中水下机器人定位' }]),
  );
  await run(needs, true);
  const numbers = await platform.dataSource.query<{ need_no: string }[]>(
    "SELECT need_no FROM need WHERE external_source = '需求来源'",
  );
  expect(numbers).toEqual([{ need_no: `N000000-${new Date().getUTCFullYear()}-0001` }]);
  const found = await waitFor(async () => {
    const rows = await platform.dataSource.query<{ external_no: string; rank: number }[]>(
      `SELECT c.external_no, m.rank FROM match m JOIN capability c ON c.id = m.capability_id JOIN need n ON n.id = m.need_id
       WHERE n.external_no = 'N1' ORDER BY m.rank`,
    );
    return rows.length > 0 && rows;
  }, 'the match');
  expect(found[0]).toEqual({ external_no: 'C1', rank: 1 });

  const file = await organizer.client.raw(
    '/organizer/exports?kind=need&format=xlsx&source=%E9%9C%80%E6%B1%82%E6%9D%A5%E6%BA%90',
  );
  expect(file.status).toBe(200);
  const workbook = new ExcelJS.Workbook();
  const bytes = Buffer.from(await file.arrayBuffer());
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  expect(workbook.worksheets[0]!.rowCount).toBe(2);
  const back = await upload('need', '需求来源', new Uint8Array(bytes), 'export.xlsx');
  expect([back.good, back.bad]).toEqual([1, 0]);
  const audits = await platform.dataSource.query<unknown[]>(
    "SELECT 1 FROM audit_entry WHERE action = 'read-sealed' AND detail ? 'export'",
  );
  expect(audits.length).toBe(1);
});

test('what was written on the platform is not imported a second time', async () => {
  const member = await makePerson(platform);
  const organisationId = await makeOrganisation(platform, { kind: 'enterprise', members: [member] });
  const { body } = await member.client.post<{ id: string }>('/needs', { organisationId, title: '在线填报' });
  const before = await count('need');
  const exported = await organizer.client.raw('/organizer/exports?kind=need&format=jsonl');
  expect(exported.headers.get('content-disposition')).toContain('filename="needs-');
  const line = (await exported.text()).split('\n').find((text) => text.includes(body.id))!;
  const batch = await upload('need', '导出后再导入', jsonl([JSON.parse(line)]));
  expect([batch.good, batch.bad]).toEqual([0, 1]);
  const { rows } = (await organizer.client.get<Rows>(`/organizer/imports/${batch.id}/rows`)).body;
  expect(rows[0]!.problems).toEqual([{ field: 'externalNo', code: 'own-record', value: body.id }]);
  expect((await organizer.client.post(`/organizer/imports/${batch.id}/start`, {})).status).toBe(409);
  expect(await count('need')).toBe(before);
});

async function count(table: string): Promise<number> {
  const [row] = await platform.dataSource.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${table}`);
  return row!.n;
}
