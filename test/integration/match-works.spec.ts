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
let professor: TestPerson;
let needId: string;
let expertId: string;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  engineer = await makePerson(platform);
  professor = await makePerson(platform);
  const enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [engineer] });
  const institute = await makeOrganisation(platform, { kind: 'research-institute', members: [professor] });
  needId = await insertRecord(
    platform,
    'need',
    { organisationId: enterprise, personId: engineer.id },
    { title: '锂云母焙烧提锂', keywords: ['锂云母'] },
  );
  expertId = await insertRecord(
    platform,
    'capability',
    { organisationId: institute, personId: professor.id },
    {
      offer_kind: 'expert',
      title: '毛临风',
      abstract: '冶金与选矿，锂云母',
      fields: ['04.01'],
      keywords: ['锂云母'],
      region_code: '440115',
      transfer_modes: ['consulting'],
      facts: JSON.stringify({ titleLevel: 'senior' }),
      contact_name: '毛临风',
      contact_phone: '020-11112222',
    },
  );
}, 60_000);
afterAll(() => platform.stop());

const query = <Row>(sql: string, values: unknown[] = []) => platform.dataSource.query<Row[]>(sql, values);
const version = async () =>
  (await query<{ version: number }>('SELECT version FROM capability WHERE id = $1', [expertId]))[0]!.version;
const runs = async (scope: string) =>
  (await query<{ n: number }>('SELECT count(*)::int AS n FROM match_run WHERE scope = $1', [scope]))[0]!.n;
const work = (title: string) => ({ kind: 'paper', title, abstract: null, year: 2025 });
const shown = async (): Promise<string> => {
  const { body } = await engineer.client.get<{ rows: MatchView[] }>(`/needs/${needId}/matches?filter=all`);
  return body.rows.find((row) => row.capability.id === expertId)?.reasons.zh.join('\n') ?? '';
};
const untilShown = (title: string) =>
  waitFor(async () => (await shown()).includes(title), `the work ${title} among the reasons`, 10_000);

async function runAll(): Promise<void> {
  const { body } = await organizer.client.post('/organizer/match-runs', { scope: 'all' });
  await waitFor(async () => {
    const run = await organizer.client.get(`/organizer/match-runs/${String(body['id'])}`);
    return run.body['status'] === 'done';
  }, 'the match run');
}

test('works edited with the record are matched within seconds, by one run and as one change', async () => {
  await runAll();
  expect(await shown()).not.toContain('代表作');
  const before = await version();
  const works = [work('锂云母隧道窑焙烧提锂'), work('含锂尾渣浸出')];
  const { status } = await professor.client.patch(`/capabilities/${expertId}`, { version: before, works });
  expect(status).toBe(200);
  await untilShown('锂云母隧道窑焙烧提锂');
  expect(await version()).toBe(before + 1);
  expect(await runs('capability')).toBe(1);
});

test('works written alone count as a change of the record, once a transaction, and the next run reads them', async () => {
  const before = await version();
  await platform.dataSource.transaction(async (manager) => {
    await manager.query('DELETE FROM capability_work WHERE capability_id = $1', [expertId]);
    await manager.query(
      `INSERT INTO capability_work (capability_id, position, kind, title, year)
       SELECT $1, n, 'paper', '浮选药剂第' || n || '篇', 2024 FROM generate_series(1, 200) n`,
      [expertId],
    );
  });
  expect(await version()).toBe(before + 1);
  await query(
    "UPDATE capability_work SET title = '锂云母回转窑焙烧提锂' WHERE capability_id = $1 AND position = 7",
    [expertId],
  );
  expect(await version()).toBe(before + 2);
  await query('UPDATE capability_work SET year = 2026 WHERE false');
  expect(await version()).toBe(before + 2);
  await runAll();
  await untilShown('回转窑');
});

test('an import of the works of many experts makes one run', async () => {
  const rows = (text: string) =>
    Array.from({ length: 60 }, (_, at) => ({
      编号: `E${at}`,
      对象类型: 'expert',
      名称: `专家${at}`,
      成果简介: '冶金',
      works: [{ kind: 'paper', title: `${text}${at}`, year: 2024 }],
    }));
  const upload = async (text: string) => {
    const bytes = new Uint8Array(
      Buffer.from(
        rows(text)
          .map((row) => JSON.stringify(row))
          .join('\n'),
      ),
    );
    const { body } = await organizer.client.upload<{ id: string; bad: number }>(
      '/organizer/imports',
      { name: 'rows.jsonl', type: 'application/octet-stream', bytes },
      { kind: 'capability', source: 'works' },
    );
    expect(body.bad).toBe(0);
    await organizer.client.post(`/organizer/imports/${body.id}/start`, { publish: true });
    await waitFor(async () => {
      const batch = await organizer.client.get<{ status: string }>(`/organizer/imports/${body.id}`);
      return batch.body.status === 'done';
    }, 'the import');
  };
  await upload('锂云母浮选');
  const before = { all: await runs('all'), capability: await runs('capability') };
  const versions = () =>
    query<{ version: number; n: number }>(
      `SELECT version, count(*)::int AS n FROM capability WHERE external_source = 'works' GROUP BY version`,
    );
  const [first] = await versions();
  await upload('锂云母压煮');
  expect(await versions()).toEqual([{ version: first!.version + 1, n: 60 }]);
  expect(await runs('all')).toBe(before.all + 1);
  expect(await runs('capability')).toBe(before.capability);
});
