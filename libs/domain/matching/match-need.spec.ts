import fc from 'fast-check';
import { Converter } from 'opencc-js/cn2t';
import { parseIndicators } from '#libs/domain/indicators/parse-indicators.js';
import { buildQuery } from './build-query.js';
import { findExclusion } from './find-exclusion.js';
import { formatReasons } from './format-reasons.js';
import { CapabilityIndex } from './index/capability-index.js';
import { matchNeed, type CapabilityLookup } from './match-need.js';
import type { MatchCandidate, MatchCapability, MatchNeed, MatchOptions } from './match-types.js';
import { verifyMatch } from './verify-match.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const OPTIONS: MatchOptions = {
  now: NOW,
  modeMapping: { joint: ['development-joint'], transfer: ['assignment'] },
};

function need(part: Partial<MatchNeed> = {}): MatchNeed {
  return {
    id: 'n1',
    version: 1,
    organisationId: 'o1',
    title: '',
    body: '',
    keywords: [],
    fields: [],
    regionCode: null,
    trlScheme: null,
    targetTrl: null,
    solveModes: [],
    indicators: [],
    expiresAt: null,
    ...part,
  };
}

function capability(id: string, part: Partial<MatchCapability> = {}): MatchCapability {
  return {
    id,
    version: 1,
    organisationId: 'o2',
    title: '',
    text: '',
    keywords: [],
    fields: [],
    regionCode: null,
    trlScheme: null,
    trl: null,
    transferModes: [],
    indicators: [],
    ...part,
  };
}

const ROBOT_NEED = need({
  title: '水下机器人导航与定位技术研究',
  body: '需要定位精度≤0.05m的水下导航方案',
  fields: ['04.02'],
  trlScheme: 'iso',
  targetTrl: 6,
  solveModes: ['joint'],
  regionCode: '4403',
  indicators: parseIndicators('定位精度≤0.05m'),
});
const ROBOT = capability('c1', {
  title: '水下机器人组合导航系统',
  fields: ['04.02.01'],
  trlScheme: 'iso',
  trl: 7,
  transferModes: ['development-joint'],
  regionCode: '4403',
  indicators: parseIndicators('定位精度0.03m'),
});
const OTHERS = [
  capability('c2', { title: '水下焊接工艺' }),
  capability('c3', { title: '聚丙烯耐辐照改性材料' }),
  capability('c4', { title: '工业机器人视觉抓取' }),
  capability('c5', { title: '畜禽饲料营养配方' }),
];

function lookUp(capabilities: readonly MatchCapability[]): CapabilityLookup {
  const byId = new Map(capabilities.map((item) => [item.id, item]));
  return (id) => byId.get(id);
}

function match(subject: MatchNeed, capabilities: readonly MatchCapability[]): MatchCandidate[] {
  return matchNeed(subject, new CapabilityIndex(capabilities), lookUp(capabilities), OPTIONS);
}

function scores(subject: MatchNeed, capabilities: readonly MatchCapability[]): [string, number][] {
  return match(subject, capabilities).map((c) => [c.capabilityId, c.score]);
}

const word = fc.constantFrom(
  '水下机器人',
  '导航',
  '聚丙烯',
  '石墨烯',
  '电池',
  '视觉',
  'sonar',
  'lidar',
  '焊接',
  '饲料',
);
const title = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(''));
const someNeed = fc
  .record({
    title,
    body: title,
    fields: fc.subarray(['04.02', '01']),
    targetTrl: fc.option(fc.integer({ min: 1, max: 9 })),
    solveModes: fc.subarray(['joint', 'transfer']),
    regionCode: fc.constantFrom(null, '44', '4403'),
    keywords: fc.array(word, { maxLength: 3 }),
  })
  .map((part) => need({ ...part, trlScheme: 'iso', indicators: parseIndicators('定位精度≤0.05m') }));
const someCapabilities = fc
  .array(
    fc.record({
      title,
      text: title,
      fields: fc.subarray(['04.02.01', '01.03', '07']),
      trl: fc.option(fc.integer({ min: 1, max: 9 })),
      transferModes: fc.subarray(['development-joint', 'licence']),
      organisationId: fc.constantFrom(null, 'o1', 'o2'),
      published: fc.boolean(),
      expiresAt: fc.constantFrom(null, NOW, new Date('2027-01-01')),
      indicators: fc.constantFrom(parseIndicators('精度0.03m'), parseIndicators('定位精度1m'), []),
      regionCode: fc.constantFrom(null, '4403', '11'),
      keywords: fc.array(word, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.map((part, at) => capability(`c${at}`, { ...part, trlScheme: 'iso' })));

describe('a worked example', () => {
  const [best, ...rest] = match(ROBOT_NEED, [ROBOT, ...OTHERS]);

  test('the fitting capability is first and everything known speaks for it', () => {
    expect(best?.capabilityId).toBe('c1');
    expect(best?.factors.map(({ code, value }) => [code, code === 'lexical' ? null : value])).toEqual([
      ['lexical', null],
      ['field', 1],
      ['indicators', 1],
      ['maturity', 1],
      ['mode', 1],
      ['region', 1],
    ]);
    expect(rest.map(({ capabilityId }) => capabilityId)).toEqual(['c4', 'c2']);
  });

  test('its reasons in Chinese and English', () => {
    const label = (_list: string, code: string) =>
      ({ '04.02.01': '海洋装备', 'development-joint': '合作开发', '4403': '深圳市' })[code] ?? code;
    expect(formatReasons(best?.reasons ?? [], 'zh-CN', label)).toEqual([
      '共同术语：水下机器人、导航',
      '指标 定位精度 0.03m 满足 ≤0.05m',
      '成熟度 7 ≥ 6',
      '技术领域一致：海洋装备',
      '合作方式可行：合作开发',
      '同一地区：深圳市',
      '成果可补充：成果简介',
    ]);
    expect(formatReasons(best?.reasons ?? [], 'en').slice(0, 3)).toEqual([
      'Shared terms: 水下机器人, 导航',
      'Indicator 定位精度 0.03m meets ≤0.05m',
      'Maturity 7 ≥ 6',
    ]);
  });

  test('indicators that the capability does not state share one line', () => {
    const bound = (value: number) => ({ comparator: 'ge', value, valueHigh: null, unit: 'm' }) as const;
    const reason = (name: string, value: number, offered: number | null) =>
      ({
        kind: 'indicator',
        name,
        needText: '',
        capabilityText: null,
        outcome: offered === null ? 'unknown' : 'met',
        need: bound(value),
        capability: offered === null ? null : bound(offered),
        margin: null,
      }) as const;
    const reasons = [reason('工作深度', 300, null), reason('航程', 50, 60), reason('量程', 10, null)];
    expect(formatReasons(reasons, 'zh-CN')).toEqual([
      '指标待确认：工作深度 ≥300m、量程 ≥10m',
      '指标 航程 ≥60m 满足 ≥50m',
    ]);
    expect(formatReasons(reasons, 'en')).toEqual([
      'Indicators to be confirmed: 工作深度 ≥300m, 量程 ≥10m',
      'Indicator 航程 ≥60m meets ≥50m',
    ]);
  });

  test('what is stated and not decided says why, by the name the capability gives it', () => {
    const explain = (asked: string, offered: string, locale: 'zh-CN' | 'en' = 'zh-CN') => {
      const [found] = match(need({ title: '高温合金焊接', indicators: parseIndicators(asked) }), [
        capability('x', { title: '高温合金焊接', indicators: parseIndicators(offered) }),
      ]);
      const shown = found?.reasons.filter(({ kind }) => kind === 'indicator' || kind === 'advice') ?? [];
      return formatReasons(shown, locale).filter((line) => !/需求可补充|The need could/.test(line));
    };
    expect(explain('跟踪误差≤0.3mm', '跟踪误差≤0.8mm')[0]).toBe(
      '指标 跟踪误差 ≤0.8mm 已说明，需确认：所给界限未达到需求，需求为 ≤0.3mm',
    );
    expect(explain('介质≥570℃', '介质≤600℃')[0]).toBe(
      '指标 介质 ≤600℃ 已说明，需确认：所给的是上限，要求的是下限，需求为 ≥570℃',
    );
    expect(explain('水容积140±5L', '水容积9~210L')[0]).toBe(
      '指标 水容积 9~210L 已说明，需确认：所给范围只有一部分符合需求，需求为 135~145L',
    );
    expect(explain('菌落总数<5E9CFU/g', '菌落总数=1E9CFU/g')[0]).toBe(
      '指标 菌落总数 10⁹CFU/g 满足 <5×10⁹CFU/g',
    );
    expect(explain('工作温度-40~85℃', '工作温度25℃')[0]).toBe(
      '指标 工作温度 25℃ 已说明，需确认：单个数值不能说明整个范围，需求为 -40~85℃',
    );
    expect(explain('结合强度≥20MPa', '强度960MPa')[0]).toBe(
      '指标 强度 960MPa 已说明，需确认是否为同一指标（若是则满足），需求为 结合强度 ≥20MPa',
    );
    expect(explain('结合强度≥20MPa', '强度960MPa', 'en')[0]).toBe(
      'Indicator 强度 960MPa is stated, to be confirmed whether it is the same indicator (if so, it is met); asked for: 结合强度 ≥20MPa',
    );
    expect(explain('转速≥50r/min', '最高转速60r/min')[0]).toBe('指标 最高转速 60r/min 满足 转速 ≥50r/min');
    expect(explain('油耗≤5kg/h', '油耗4L/h').join()).toContain('单位不同，无法比较');
    expect(explain('续航≥8h', '续航≥6h').join()).toContain('成果可补充：续航指标的说明（已说明，需确认）');
    expect(explain('续航≥8h', '重量6kg').join()).toContain('成果可补充：续航指标、');
  });

  test('a shared word is found again where it was written', () => {
    const reason = best?.reasons[0];
    const first = reason?.kind === 'terms' ? reason.terms[0] : undefined;
    expect(first?.fields).toEqual(['title']);
    expect(first?.needPositions).toEqual([{ field: 'title', item: 0, start: 0, end: 5 }]);
    expect(first?.capabilityPositions).toEqual([{ field: 'title', item: 0, start: 0, end: 5 }]);
  });

  test('the missing word of a one-word match is named', () => {
    const [found] = match(need({ title: '耐辐照聚丙烯' }), [capability('x', { title: '熔体强度聚丙烯' })]);
    expect(formatReasons(found?.reasons ?? [], 'zh-CN')).toEqual([
      '共同术语：聚丙烯',
      '未提及：耐辐照',
      '成果可补充：成果简介',
      '需求可补充：需求描述',
    ]);
  });
});

describe('structure', () => {
  test('unknown structure leaves the score of the text alone; a mismatch lowers, a match raises it', () => {
    const subject = need({ title: '水下机器人导航', fields: ['04'] });
    const only = (fields: string[]) =>
      scores(subject, [capability('a', { title: '水下机器人', fields }), ...OTHERS])[0]?.[1] ?? 0;
    expect(only(['04.02'])).toBeGreaterThan(only([]));
    expect(only(['07'])).toBeLessThan(only([]));
    expect(only([])).toBe(
      scores(need({ title: '水下机器人导航' }), [
        capability('a', { title: '水下机器人' }),
        ...OTHERS,
      ])[0]?.[1],
    );
  });

  test('maturity of another scheme says nothing', () => {
    const other = { ...ROBOT, trlScheme: 'gbt22900', trl: 1 };
    const [found] = match(ROBOT_NEED, [other, ...OTHERS]);
    expect(found?.factors.some(({ code }) => code === 'maturity')).toBe(false);
  });
});

describe('properties', () => {
  test('sums, range, order, limit and exclusions hold, and an exclusion is the only way to be left out with shared text', () => {
    fc.assert(
      fc.property(
        someNeed,
        someCapabilities,
        fc.integer({ min: 1, max: 12 }),
        (subject, capabilities, limit) => {
          const options = { ...OPTIONS, limit };
          const index = new CapabilityIndex(capabilities);
          const found = matchNeed(subject, index, lookUp(capabilities), options);
          expect(verifyMatch(subject, capabilities, found, options)).toEqual([]);
          const lexical = index.score(buildQuery(subject));
          const open = capabilities.filter(
            (c, slot) => (lexical[slot] ?? 0) > 0 && findExclusion(subject, c, NOW) === null,
          );
          expect(found.length).toBeGreaterThanOrEqual(Math.min(limit, open.length));
        },
      ),
    );
  });

  test('the order of arrival, updates and removals do not matter', () => {
    fc.assert(
      fc.property(someNeed, someCapabilities, fc.nat(), (subject, capabilities, turn) => {
        const cut = turn % capabilities.length;
        const index = new CapabilityIndex([capability('gone', { title: '水下机器人' })]);
        for (const item of capabilities.slice(cut)) index.put({ ...item, title: '饲料' });
        index.remove('gone');
        for (const item of [...capabilities.slice(cut), ...capabilities.slice(0, cut)]) index.put(item);
        expect(matchNeed(subject, index, lookUp(capabilities), OPTIONS)).toEqual(
          match(subject, capabilities),
        );
      }),
    );
  });

  test('traditional characters, full width, upper case and mark-up do not matter', () => {
    const traditional = Converter({ from: 'cn', to: 't' });
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(someNeed, someCapabilities, (subject, capabilities) => {
        const disguised = { ...subject, title: `<b>${wide(traditional(subject.title)).toUpperCase()}</b>` };
        expect(scores(disguised, capabilities)).toEqual(scores(subject, capabilities));
      }),
    );
  });

  test('a rare word of the need added to a capability raises its score', () => {
    const pool = [
      ...OTHERS,
      capability('c6', { title: '导航电池视觉' }),
      capability('c7', { title: '石墨烯电池' }),
    ];
    fc.assert(
      fc.property(title, title, (asked, offered) => {
        const subject = need({ title: `${asked} 铌酸锂` });
        const scoreOf = (text: string) =>
          new Map(scores(subject, [...pool, capability('probe', { title: text })])).get('probe') ?? 0;
        expect(scoreOf(`${offered} 铌酸锂`)).toBeGreaterThan(scoreOf(offered));
      }),
    );
  });
});
