import { jest } from '@jest/globals';
import exceljs from 'exceljs';
import type { QualityRowPage, QualityView } from '#libs/contracts/matching/match-quality.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertMatch, insertRecord } from '../support/market.js';
import { makeMeetingEvent, SLOTS_START } from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

jest.setTimeout(60_000);
let platform: TestPlatform;
let organizer: TestPerson;
let engineer: TestPerson;
let enterprise: string;
const institutes: string[] = [];
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000);
const need = (title: string) =>
  insertRecord(
    platform,
    'need',
    { organisationId: enterprise, personId: engineer.id },
    { title, need_no: title },
  );

/** Twelve institutes with one capability each; the third has none that is published. */
const capabilities: string[] = [];
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  engineer = await makePerson(platform);
  enterprise = await makeOrganisation(platform, { kind: 'enterprise', name: '企业', members: [engineer] });
  for (let index = 0; index < 12; index += 1) {
    const researcher = await makePerson(platform);
    const organisationId = await makeOrganisation(platform, {
      kind: 'research-institute',
      name: `研究所${index}`,
      members: [researcher],
    });
    institutes.push(organisationId);
    capabilities.push(
      await insertRecord(
        platform,
        'capability',
        { organisationId, personId: researcher.id },
        { title: `成果${index}`, status: index === 2 ? 'withdrawn' : 'published' },
      ),
    );
  }
  await makePairs();
}, 60_000);
afterAll(() => platform.stop());

const expose = (
  match: string,
  version: string,
  at: Date,
  options: { score: number; rank: number; side?: string; viewed?: boolean },
) =>
  platform.dataSource.query(
    `INSERT INTO match_exposure (match_id, side, model_version, score, rank, shown_at, viewed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      match,
      options.side ?? 'need',
      version,
      options.score,
      options.rank,
      at,
      options.viewed === true ? at : null,
    ],
  );

/** Pairs that got as far as their names say. */
async function makePairs(): Promise<void> {
  const [n1, n2] = [await need('需求1'), await need('需求2')];
  const pair = (needId: string, capability: number, values: Record<string, unknown>) =>
    insertMatch(platform, { needId, capabilityId: capabilities[capability]! }, values);
  const both = { need_answer: 'interested', capability_answer: 'interested' };
  const signed = await pair(n1, 0, {
    ...both,
    score: 0.82,
    mutual_at: day(-1),
    need_answered_at: day(-3),
    capability_answered_at: day(-1),
  });
  await meet(signed, n1, capabilities[0]!);
  const declined = await pair(n1, 1, {
    score: 0.45,
    need_answer: 'declined',
    need_answered_at: day(-2),
  });
  const late = await pair(n1, 3, {
    score: 0.42,
    capability_answer: 'interested',
    capability_answered_at: day(-2),
  });
  const unanswered = await pair(n2, 0, { score: 0.99 });
  const old = await pair(n2, 1, { score: 0.31 });
  await expose(signed, 'v1', day(-5), { score: 0.81, rank: 1, viewed: true });
  await expose(signed, 'v2', day(-1), { score: 0.9, rank: 1 });
  await expose(declined, 'v1', day(-6), { score: 0.7, rank: 2 });
  await expose(declined, 'v2', day(-4), { score: 0.44, rank: 2, viewed: true });
  await expose(late, 'v2', day(-4), { score: 0.4, rank: 7, side: 'capability' });
  await expose(late, 'v2', day(-3), { score: 0.41, rank: 8 });
  await expose(unanswered, 'v2', day(-4), { score: 1, rank: 1 });
  await expose(old, 'v0', day(-400), { score: 0.3, rank: 1 });
}

async function meet(match: string, needId: string, capabilityId: string): Promise<void> {
  const event = await makeMeetingEvent(platform, { slots: 1, tables: 1 });
  const ends = new Date(SLOTS_START.getTime() + 1_200_000);
  await platform.dataSource.query(
    `INSERT INTO meeting (event_id, match_id, need_id, capability_id, enterprise_id, institute_id, enterprise_person_id,
                          institute_person_id, status, starts_at, ends_at, table_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'held', $9, $10, $11)`,
    [
      event.id,
      match,
      needId,
      capabilityId,
      enterprise,
      institutes[0],
      engineer.id,
      organizer.id,
      SLOTS_START,
      ends,
      event.tables[0],
    ],
  );
  await platform.dataSource.query(
    `INSERT INTO deal (deal_no, title, need_id, match_id, enterprise_id, institute_id, stage, contract_kind, signed_on,
                       contract_amount, technology_amount)
     VALUES ('D-1', '对接', $1, $2, $3, $4, 'signed', 'development', '2026-11-20', 10, 10)`,
    [needId, match, enterprise, institutes[0]],
  );
}

const shanghai = (date: Date) => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const LAST_MONTH = `from=${shanghai(day(-30))}&to=${shanghai(day(0))}`;
const quality = async (query = LAST_MONTH) =>
  (await organizer.client.get<QualityView>(`/organizer/match-quality?${query}`)).body;
const rows = async (query: string) =>
  (await organizer.client.get<QualityRowPage>(`/organizer/match-quality/rows?${LAST_MONTH}&${query}`)).body;

test('each pair counts for every version that showed it, and its outcome for the one before the first answer only', async () => {
  const { models } = await quality();
  expect(models.map(({ modelVersion, funnel }) => [modelVersion, funnel])).toEqual([
    ['v2', { shown: 4, viewed: 1, interested: 1, mutual: 0, met: 0, signed: 0 }],
    ['v1', { shown: 2, viewed: 1, interested: 1, mutual: 1, met: 1, signed: 1 }],
  ]);
  expect(models.map((model) => model.precisionAt5)).toEqual([
    { share: 0, interested: 0, judged: 1 },
    { share: 1, interested: 1, judged: 1 },
  ]);
  const answered = models[0]!.calibration.filter((bin) => bin.n > 0);
  expect(answered).toEqual([
    { bin: 4, from: 0.4, to: 0.5, n: 2, meanScore: (0.44 + 0.4) / 2, interested: 1, share: 0.5 },
  ]);
  expect(models[0]!.calibration.length).toBe(10);
  expect((await quality('')).models.map((model) => model.modelVersion)).toEqual(['v2', 'v1', 'v0']);
});

test('coverage counts published records, fairness the exposures of every institute with something to show', async () => {
  const { coverage, fairness } = await quality();
  expect(coverage.needs).toEqual({ published: 2, covered: 1, share: 0.5 });
  expect(coverage.capabilities).toEqual({ published: 11, shown: 3, share: 3 / 11 });
  // Exposures to the needs' sides: institute 0 two pairs, 1 and 3 one each, eight others none.
  const exposures = [2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0];
  const differences = exposures.flatMap((a) => exposures.map((b) => Math.abs(a - b)));
  const mean = 4 / exposures.length;
  const gini = differences.reduce((sum, value) => sum + value, 0) / differences.length / (2 * mean);
  expect(fairness).toMatchObject({ institutes: 11, exposures: 4, topTenth: 3 / 4 });
  expect(fairness.gini).toBeCloseTo(gini, 12);
  expect(await quality('from=2020-01-01&to=2020-01-02')).toMatchObject({
    models: [],
    coverage: { capabilities: { shown: 0 } },
    fairness: { institutes: 11, exposures: 0, gini: null, topTenth: null },
  });
});

test('every number opens to rows that add up to it', async () => {
  const { models, coverage, fairness } = await quality();
  for (const { modelVersion, funnel, precisionAt5 } of models) {
    for (const [metric, value] of Object.entries(funnel)) {
      const page = await rows(`metric=${metric}&modelVersion=${modelVersion}`);
      expect([metric, page.total, page.value]).toEqual([metric, value, String(value)]);
    }
    const judged = await rows(`metric=precision-at-5&modelVersion=${modelVersion}`);
    expect([judged.total, judged.value]).toEqual([precisionAt5.judged, String(precisionAt5.interested)]);
  }
  const bin = await rows('metric=calibration&modelVersion=v2&bin=4');
  expect([bin.total, bin.value, bin.rows[0]!.title]).toEqual([2, '1', '需求1 × 成果3']);
  expect((await rows('metric=covered-needs')).total).toBe(coverage.needs.covered);
  expect((await rows('metric=uncovered-needs')).rows.map((row) => row.title)).toEqual(['需求2']);
  expect((await rows('metric=shown-capabilities')).total).toBe(coverage.capabilities.shown);
  expect((await rows('metric=unseen-capabilities')).total).toBe(8);
  const shown = await rows('metric=institutes&pageSize=3');
  expect([shown.total, shown.value]).toEqual([fairness.institutes, String(fairness.exposures)]);
  expect(shown.rows[0]).toMatchObject({ title: '研究所0', quantity: '2' });
  expect((await organizer.client.get('/organizer/match-quality/rows?metric=nothing')).status).toBe(400);
  expect((await organizer.client.get('/organizer/match-quality?from=2026-02-01&to=2026-01-01')).status).toBe(
    400,
  );
});

test('the workbook holds the same numbers and rows', async () => {
  const response = await organizer.client.raw(`/organizer/match-quality/export.xlsx?${LAST_MONTH}`);
  expect(response.status).toBe(200);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(await response.arrayBuffer());
  expect(workbook.worksheets.length).toBe(15);
  const numbers = workbook.getWorksheet('匹配质量')!;
  const lines = numbers.getSheetValues() as unknown as (unknown[] | undefined)[];
  const line = lines.find((cells) => cells?.[1] === '已展示' && cells[2] === 'v2');
  expect(line?.[3]).toBe(4);
  expect(workbook.getWorksheet('已展示')!.rowCount).toBe(7);
});
