import { READER_VERSION } from '#libs/domain/indicators/settle-indicator.js';
import { rereadIndicators } from '#libs/persistence/market/reread-indicators.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

let platform: TestPlatform;
let engineer: TestPerson;
let enterprise: string;
let needId: string;
let capabilityId: string;
beforeAll(async () => {
  platform = await startTestPlatform();
  engineer = await makePerson(platform);
  const researcher = await makePerson(platform);
  enterprise = await makeOrganisation(platform, { kind: 'enterprise', members: [engineer] });
  const institute = await makeOrganisation(platform, { kind: 'institute', members: [researcher] });
  needId = await insertRecord(
    platform,
    'need',
    { organisationId: enterprise, personId: engineer.id },
    {
      title: '空压机房隔声降噪',
      problem: '空压机房噪声扰民，需要隔声降噪',
      disclosure: 'public',
    },
  );
  capabilityId = await insertRecord(
    platform,
    'capability',
    { organisationId: institute, personId: researcher.id },
    {
      title: '空压机房隔声降噪成套技术',
      abstract: '空压机房隔声罩与消声器',
      disclosure: 'public',
    },
  );
});
afterAll(() => platform.stop());

type Row = { name: string; comparator: string; value: number; reader_version: number | null };

const add = (column: 'need_id' | 'capability_id', id: string, values: unknown[]) =>
  platform.dataSource.query(
    `INSERT INTO indicator (${column}, position, name, comparator, value, unit, raw, reader_version)
     VALUES ($1, $2, $3, $4, $5, 'dB', $6, $7)`,
    [id, ...values],
  );
const indicatorsOf = (id: string) =>
  platform.dataSource.query<Row[]>(
    'SELECT name, comparator, value, reader_version FROM indicator WHERE need_id = $1 ORDER BY position',
    [id],
  );
const reread = () => platform.dataSource.transaction((manager) => rereadIndicators(manager, 2));

test('after an upgrade stored words are read again, in batches, and what changed is matched anew', async () => {
  await add('need_id', needId, [0, '噪声不能', 'gt', 65, '噪声不能超过65dB', 0]);
  await add('need_id', needId, [1, '隔声量', 'ge', 30, '隔声量≥20dB', 0]);
  await add('need_id', needId, [2, '插入损失', 'gt', 25, '插入损失不能超过25dB', null]);
  await add('capability_id', capabilityId, [0, '噪声', 'eq', 60, '噪声60dB', 0]);

  expect(await reread()).toHaveLength(1);
  expect(await reread()).toEqual([]);
  expect(await reread()).toBeNull();
  expect(await indicatorsOf(needId)).toEqual([
    { name: '噪声', comparator: 'le', value: 65, reader_version: READER_VERSION },
    { name: '隔声量', comparator: 'ge', value: 30, reader_version: null },
    { name: '插入损失', comparator: 'gt', value: 25, reader_version: null },
  ]);
  const audited = await platform.dataSource.query<unknown[]>(
    "SELECT actor_id, subject_id, detail->'indicators' AS indicators FROM audit_entry WHERE action = 'reread-indicators'",
  );
  expect(audited).toEqual([{ actor_id: null, subject_id: needId, indicators: 2 }]);
  await waitFor(async () => {
    const { body } = await engineer.client.get<{ rows: { indicators: { outcome: string }[] }[] }>(
      `/needs/${needId}/matches`,
    );
    return body.rows[0]?.indicators[0]?.outcome === 'met';
  }, 'the match by the indicators as they are read now');
});

test('a form keeps what was read apart from what its author set', async () => {
  const { body: parsed } = await engineer.client.post<{ indicators: Record<string, unknown>[] }>(
    '/indicators/parse',
    { text: '噪声不能超过65dB；隔声量≥20dB' },
  );
  const [noise, loss] = parsed.indicators;
  const { status, body: draft } = await engineer.client.post<{ id: string; indicators: { raw: string }[] }>(
    '/needs',
    { organisationId: enterprise, title: '降噪', indicators: [noise, { ...loss, value: 30 }] },
  );
  expect(status).toBe(201);
  expect((await indicatorsOf(draft.id)).map((row) => row.reader_version)).toEqual([READER_VERSION, null]);
  expect(draft.indicators.map(({ raw }) => raw)).toEqual(['噪声不能超过65dB', '隔声量≥30dB']);
});
