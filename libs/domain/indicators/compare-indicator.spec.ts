import fc from 'fast-check';
import { compareIndicator } from './compare-indicator.js';
import type { Indicator, IndicatorComparator } from './indicator.js';
import { parseIndicators } from './parse-indicators.js';

function read(text: string): Indicator {
  const [indicator] = parseIndicators(text);
  if (!indicator) throw new Error(`nothing read from ${text}`);
  return indicator;
}

function make(comparator: IndicatorComparator, value: number, valueHigh: number | null = null): Indicator {
  return { name: '长度', comparator, value, valueHigh, unit: 'm', raw: '' };
}

describe('compareIndicator', () => {
  test.each([
    ['精度≤0.05m', '精度≤0.03m', 'met'],
    ['精度≤0.05m', '精度0.03 m', 'met'],
    ['精度≤0.05m', '精度3cm', 'met'],
    ['精度≤0.05m', '精度50mm', 'met'],
    ['精度<0.05m', '精度50mm', 'not_met'],
    ['精度≤0.05m', '精度≥0.1m', 'not_met'],
    ['精度≤0.05m', '精度≤0.1m', 'unknown'],
    ['续航≥8h', '续航≥10h', 'met'],
    ['续航≥8h', '续航7h', 'not_met'],
    ['续航≥8h', '续航≥6h', 'unknown'],
    ['续航8h', '续航8h', 'met'],
    ['续航8h', '续航10h', 'met'],
    ['漏检率3%', '漏检率8%', 'not_met'],
    ['检出限0.1ppm', '检出限20ppb', 'met'],
    ['效率提升5倍', '效率提升3倍', 'not_met'],
    ['硬度60HRC', '硬度65HRC', 'unknown'],
    ['管径1mm', '管径2mm', 'unknown'],
    ['缺陷≤5个', '缺陷=3', 'met'],
    ['色牢度≥4', '色牢度3级', 'not_met'],
    ['色牢度≥4级', '色牢度5m', 'unknown'],
    ['耐温-40~85℃', '耐温-50~100℃', 'met'],
    ['耐温-40~85℃', '耐温-20~60℃', 'not_met'],
    ['酸碱度6~9', '酸碱度6.5~7', 'met'],
    ['续航≥8h', '续航≥10kg', 'unknown'],
    ['工作温度-40~85℃', '工作温度25℃', 'unknown'],
    ['工作温度-40~85℃', '工作温度≤100℃', 'unknown'],
    ['工作温度-40~85℃', '工作温度≤60℃', 'not_met'],
    ['量程±400kPa', '量程±300kPa', 'not_met'],
    ['量程±250kPa', '量程±300kPa', 'met'],
    ['测量范围0~10MPa', '测量范围5MPa', 'unknown'],
    ['供电电压100~240V', '供电电压85~265V', 'met'],
    ['供电电压85~265V', '供电电压100~240V', 'not_met'],
    ['酸碱度6~9', '酸碱度=7', 'met'],
    ['温差≤3K', '温差2.6℃', 'met'],
    ['温差≤3K', '温差3.2℃', 'not_met'],
    ['控温精度≤±0.5℃', '控温精度±0.3K', 'met'],
    ['降温幅度≥5℃', '降温幅度9℉', 'met'],
    ['熔点≥300K', '熔点26℃', 'not_met'],
    ['熔点≥300K', '熔点27℃', 'met'],
    ['电耗下降≥15%', '电耗下降-18%', 'met'],
    ['电耗下降≥15%', '电耗下降-12%', 'not_met'],
    ['电耗下降≥15%', '电耗下降-18~-16%', 'met'],
    ['温度系数≥15', '温度系数=-18', 'not_met'],
    ['响应时间≤5ms', '响应时间优于4ms', 'met'],
    ['识别率≥95%', '识别率优于96%', 'met'],
    ['斜率≥5V', '斜率优于6V', 'unknown'],
  ])('%s against %s: %s', (need, capability, outcome) => {
    expect(compareIndicator(read(need), read(capability)).outcome).toBe(outcome);
  });

  test('margin and reason are stated', () => {
    expect(compareIndicator(make('le', 0.05), make('eq', 0.03)).margin).toBeCloseTo(0.4, 9);
    expect(compareIndicator(make('ge', 8), make('eq', 6))).toEqual({ outcome: 'not_met', margin: -0.25 });
    expect(compareIndicator(make('ge', 8), make('ge', 6))).toEqual({
      outcome: 'unknown',
      reason: 'overlap',
      margin: -0.25,
    });
    expect(compareIndicator(read('续航≥8h'), read('续航≥10kg'))).toEqual({
      outcome: 'unknown',
      reason: 'dimension',
    });
    expect(compareIndicator({ ...make('ge', 8), unit: 'qux' }, make('ge', 10))).toEqual({
      outcome: 'unknown',
      reason: 'unit',
    });
    expect(
      compareIndicator({ ...make('ge', 8), unit: 'qux' }, { ...make('ge', 10), unit: 'qux' }).outcome,
    ).toBe('met');
  });

  test('a bound stored for what is said to be a range by ± is read as that range', () => {
    const stored = (value: number): Indicator => ({
      ...make('le', value),
      name: '量程',
      raw: `量程±${value}m`,
    });
    expect(compareIndicator(stored(400), stored(300)).outcome).toBe('not_met');
    expect(compareIndicator(stored(250), stored(300)).outcome).toBe('met');
    const tolerance = (value: number): Indicator => ({ ...stored(value), name: '定位精度' });
    expect(compareIndicator(tolerance(400), tolerance(300)).outcome).toBe('met');
  });

  test('a single value inside a range that is to be covered says so', () => {
    expect(compareIndicator(read('工作温度-40~85℃'), read('工作温度25℃'))).toEqual({
      outcome: 'unknown',
      reason: 'range',
    });
  });

  test('met and not_met agree with every single value the capability allows', () => {
    const bound = fc
      .tuple(
        fc.constantFrom<IndicatorComparator>('lt', 'le', 'ge', 'gt', 'between'),
        fc.integer({ min: -9, max: 9 }),
        fc.nat(5),
      )
      .map(([comparator, value, width]) =>
        make(comparator, value, comparator === 'between' ? value + width : null),
      );
    const allows = ({ comparator, value, valueHigh }: Indicator, at: number) =>
      ({
        lt: at < value,
        le: at <= value,
        eq: at === value,
        ge: at >= value,
        gt: at > value,
        between: at >= value && at <= (valueHigh ?? value),
      })[comparator];
    const halves = Array.from({ length: 81 }, (_, step) => step / 2 - 20);
    fc.assert(
      fc.property(bound, bound, (need, capability) => {
        const offered = halves.filter((at) => allows(capability, at));
        const good = offered.filter((at) => allows(need, at)).length;
        const expected = good === offered.length ? 'met' : good === 0 ? 'not_met' : 'unknown';
        expect(compareIndicator(need, capability).outcome).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
