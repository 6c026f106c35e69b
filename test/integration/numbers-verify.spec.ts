import { jest } from '@jest/globals';
import exceljs from 'exceljs';
import type { FunnelView, NumberRow, NumbersView, SeriesView } from '#libs/contracts/numbers/numbers.js';
import { sumAmounts } from '#libs/domain/evidence/money.js';
import {
  recountFunnel,
  verifyNumbers,
  type NumberFactsFilter,
} from '#libs/domain/evidence/verify-numbers.js';
import { shanghaiDaySpan } from '#libs/domain/time/shanghai-time.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { makeRandomWorld, type RandomWorld } from './numbers-random-facts.js';

jest.setTimeout(60_000);

interface Filter {
  from?: string;
  to?: string;
  programmeId?: string;
}
const PERIODS: Filter[] = [
  {},
  { from: '2026-01-01', to: '2026-06-30' },
  { from: '2026-01-01', to: '2026-01-31' },
  { from: '2026-02-01' },
  { to: '2025-12-31' },
  { from: '2026-03-01', to: '2026-05-31' },
];
const HALF_YEAR = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];
const query = (filter: Filter) => new URLSearchParams({ ...filter }).toString();
const factsFilter = ({ from, to, programmeId }: Filter): NumberFactsFilter => ({
  start: from === undefined ? null : shanghaiDaySpan(from)!.start,
  end: to === undefined ? null : shanghaiDaySpan(to)!.end,
  programmeId: programmeId ?? null,
});

describe.each([1, 2, 3])('random bureau %i', (seed) => {
  let platform: TestPlatform;
  let world: RandomWorld;
  let staff: TestPerson;
  let filters: Filter[];
  beforeAll(async () => {
    platform = await startTestPlatform();
    world = await makeRandomWorld(platform, seed);
    staff = await makePerson(platform, { roles: ['service_officer'] });
    filters = PERIODS.flatMap((period) => [
      period,
      ...world.programmes.map((programmeId) => ({ ...period, programmeId })),
    ]);
  });
  afterAll(() => platform.stop());

  const numbers = async (filter: Filter) =>
    (await staff.client.get<NumbersView>(`/numbers?${query(filter)}`)).body.metrics;
  const total = (values: readonly string[], kind: 'count' | 'amount') =>
    kind === 'amount' ? sumAmounts(values) : String(values.reduce((sum, value) => sum + Number(value), 0));

  test('every number is what an independent count of the raw rows gives', async () => {
    for (const filter of filters) {
      const reported = Object.fromEntries((await numbers(filter)).map(({ code, value }) => [code, value]));
      expect({ filter, wrong: verifyNumbers(world.facts, factsFilter(filter), reported) }).toEqual({
        filter,
        wrong: [],
      });
    }
    const everything = await numbers({});
    expect(everything.filter((metric) => Number(metric.value) === 0).map((metric) => metric.code)).toEqual(
      [],
    );
  });

  test('the rows of a number add up to it, without doubles', async () => {
    for (const filter of [filters[0]!, filters[4]!]) {
      for (const { code, kind, value } of await numbers(filter)) {
        const rows: NumberRow[] = [];
        for (let page = 1; ; page++) {
          const { body } = await staff.client.get<{ rows: NumberRow[]; total: number; value: string }>(
            `/numbers/${code}/rows?${query(filter)}&page=${page}&pageSize=7`,
          );
          expect([code, body.value]).toEqual([code, value]);
          rows.push(...body.rows);
          if (page * 7 >= body.total) {
            expect(rows.length).toBe(body.total);
            break;
          }
        }
        expect([
          code,
          total(
            rows.map((row) => row.quantity),
            kind,
          ),
        ]).toEqual([code, value]);
        expect([code, new Set(rows.map((row) => row.key)).size]).toEqual([code, rows.length]);
      }
    }
  });

  test('months add up to the whole period, and each month is that month alone', async () => {
    // Everything, one programme, the first half of the year, and a period open at its end.
    for (const filter of [filters[0]!, filters[1]!, filters[3]!, filters[9]!]) {
      const { programmeId } = filter;
      const alone = await numbers({
        from: '2026-02-01',
        to: '2026-02-28',
        ...(programmeId && { programmeId }),
      });
      for (const [index, metric] of (await numbers(filter)).entries()) {
        const path = `/numbers/series?${query(filter)}&metric=${metric.code}&by=month`;
        const { points } = (await staff.client.get<SeriesView>(path)).body;
        const values = points.map((point) => point.value);
        if (metric.additive)
          expect([filter, metric.code, total(values, metric.kind)]).toEqual([
            filter,
            metric.code,
            metric.value,
          ]);
        const february = points.find((point) => point.label === '2026-02');
        if (february !== undefined)
          expect([metric.code, february.value]).toEqual([metric.code, alone[index]!.value]);
        if (filter.to !== undefined) expect(points.map((point) => point.label)).toEqual(HALF_YEAR);
      }
    }
  });

  test('each programme is that programme alone; with what belongs to none they add up to the whole', async () => {
    const byProgramme = await Promise.all(world.programmes.map((programmeId) => numbers({ programmeId })));
    for (const [index, { code, kind, value }] of (await numbers({})).entries()) {
      const { body } = await staff.client.get<SeriesView>(`/numbers/series?metric=${code}&by=programme`);
      const named = body.points.filter((point) => point.label !== null);
      const alone = world.programmes.map((id, which) => ({
        label: `项目${id}`,
        value: byProgramme[which]![index]!.value,
      }));
      expect([code, named]).toEqual([code, alone.sort((a, b) => (a.label < b.label ? -1 : 1))]);
      if (!code.startsWith('needs_') && code !== 'people' && code !== 'organisations_participating') {
        const values = body.points.map((point) => point.value);
        expect([code, total(values, kind)]).toEqual([code, value]);
      }
    }
  });

  test('the funnel is what an independent count gives and never widens', async () => {
    for (const filter of filters) {
      const { body } = await staff.client.get<FunnelView>(`/numbers/funnel?${query(filter)}`);
      const steps = body.steps.map((step) => step.needs);
      expect(steps).toEqual(recountFunnel(world.facts, factsFilter(filter)));
      expect(steps).toEqual([...steps].sort((a, b) => b - a));
    }
  });

  test('the workbook holds the same numbers and rows', async () => {
    const response = await staff.client.raw(`/numbers/export.xlsx?${query(filters[3]!)}`);
    expect(response.status).toBe(200);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(await response.arrayBuffer());
    const metrics = await numbers(filters[3]!);
    const first = workbook.worksheets[0]!;
    const written = metrics.map((_, index) => first.getRow(6 + index).values as unknown[]);
    expect(written.map((row) => [row[1], row[2], row[3], row[4]])).toEqual(
      metrics.map((metric) => [metric.name.zh, Number(metric.value), metric.unit.zh, metric.rule.zh]),
    );
    expect(workbook.worksheets.slice(1).map((sheet) => sheet.name)).toEqual(
      metrics.map(({ name }) => name.zh),
    );
    for (const [index, metric] of metrics.entries()) {
      const sheet = workbook.worksheets[index + 1]!;
      const column = sheet.getColumn(6).values.slice(2) as number[];
      const sum = column.reduce((total, value) => total + Math.round(value * 100), 0) / 100;
      expect([metric.code, sum]).toEqual([metric.code, Number(metric.value)]);
    }
  });
});

test('numbers are for staff; unknown metrics and periods that end before they begin are refused', async () => {
  const platform = await startTestPlatform();
  try {
    const member = await makePerson(platform);
    await makeOrganisation(platform, { kind: 'enterprise', members: [member] });
    const broker = await makePerson(platform, { roles: ['broker'] });
    for (const path of ['', '/series?metric=people&by=month', '/funnel', '/export.xlsx', '/people/rows']) {
      expect((await platform.client().get(`/numbers${path}`)).status).toBe(401);
      expect((await member.client.get(`/numbers${path}`)).status).toBe(403);
      const answer = await broker.client.raw(`/numbers${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      // Read to the end: the export holds a transaction until then.
      await answer.arrayBuffer();
    }
    expect((await broker.client.get('/numbers/programmes')).body).toEqual({ programmes: [] });
    expect((await broker.client.get('/numbers/nothing/rows')).body['code']).toBe('number.unknown');
    expect((await broker.client.get('/numbers?from=2026-02-01&to=2026-01-01')).status).toBe(400);
    expect((await broker.client.get('/numbers?from=2026-02-30')).status).toBe(400);
    const empty = await broker.client.get<NumbersView>('/numbers');
    expect(empty.body.metrics.filter((metric) => Number(metric.value) !== 0)).toEqual([]);
    const series = await broker.client.get<SeriesView>('/numbers/series?metric=people&by=month');
    expect(series.body.points).toEqual([]);
  } finally {
    await platform.stop();
  }
});
