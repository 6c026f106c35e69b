import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseIndicators } from '#libs/domain/indicators/parse-indicators.js';
import { READER_VERSION, settleIndicator } from '#libs/domain/indicators/settle-indicator.js';
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

type Manager = Parameters<typeof rereadIndicators>[0];
const add = (manager: Manager, column: 'need_id' | 'capability_id', id: string, values: unknown[]) =>
  manager.query(
    `INSERT INTO indicator (${column}, position, name, comparator, value, unit, raw, reader_version)
     VALUES ($1, $2, $3, $4, $5, 'dB', $6, $7)`,
    [id, ...values],
  );
const indicatorsOf = (id: string) =>
  platform.dataSource.query<Row[]>(
    'SELECT name, comparator, value, reader_version FROM indicator WHERE need_id = $1 ORDER BY position',
    [id],
  );

test('after an upgrade stored words are read again, in batches, and what changed is matched anew', async () => {
  // In one transaction: the platform looks for such rows too.
  await platform.dataSource.transaction(async (manager) => {
    await add(manager, 'need_id', needId, [0, '噪声不能', 'gt', 65, '噪声不能超过65dB', 0]);
    await add(manager, 'need_id', needId, [1, '隔声量', 'ge', 30, '隔声量≥20dB', 0]);
    await add(manager, 'need_id', needId, [2, '插入损失', 'gt', 25, '插入损失不能超过25dB', null]);
    await add(manager, 'capability_id', capabilityId, [0, '噪声', 'eq', 60, '噪声60dB', 0]);
    expect(await rereadIndicators(manager, 2)).toHaveLength(1);
    expect(await rereadIndicators(manager, 2)).toEqual([]);
    expect(await rereadIndicators(manager, 2)).toBeNull();
  });
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

const TRAINING = path.resolve(import.meta.dirname, '../relevance/training');
const lines = (file: string) =>
  readFileSync(path.join(TRAINING, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { content: string; indicators?: string[] });

test('the words kept of an indicator are read as it was, and the version stands for these readings', () => {
  const texts = [...lines('needs.jsonl'), ...lines('capabilities.jsonl')].flatMap(
    ({ content, indicators }) => [content, ...(indicators ?? [])],
  );
  const found = texts.flatMap((text) => parseIndicators(text).map(({ start: _s, end: _e, ...rest }) => rest));
  for (const indicator of found) expect(settleIndicator(indicator).readerVersion).toBe(READER_VERSION);
  const digest = createHash('sha256').update(JSON.stringify(found)).digest('hex').slice(0, 12);
  // When this changes, old words are read otherwise than they are stored: count READER_VERSION up.
  expect({ version: READER_VERSION, digest }).toEqual({ version: 2, digest: 'e8f4307dda9f' });
});
