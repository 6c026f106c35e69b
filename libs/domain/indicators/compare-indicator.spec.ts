import fc from 'fast-check';
import { compareIndicator, matchIndicators } from './compare-indicator.js';
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
    ['续航8h', '续航10h', 'unknown'],
    ['耐温-40~85℃', '耐温-50~100℃', 'met'],
    ['耐温-40~85℃', '耐温-20~60℃', 'not_met'],
    ['酸碱度6~9', '酸碱度6.5~7', 'met'],
    ['续航≥8h', '续航≥10kg', 'unknown'],
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

describe('matchIndicators', () => {
  test('pairs by name and dimension, each partner once', () => {
    const needs = ['定位精度≤0.05m', '工作深度≥300m', '功率≤5kW'].map(read);
    const capabilities = ['最大工作深度500米', '精度0.03m', '定位精度0.02m', '功率5kg'].map(read);
    const pairs = matchIndicators(needs, capabilities);
    expect(pairs.map(({ capability, comparison }) => [capability?.raw ?? null, comparison.outcome])).toEqual([
      ['定位精度0.02m', 'met'],
      ['最大工作深度500米', 'met'],
      [null, 'unknown'],
    ]);
    expect(pairs[2]?.comparison).toEqual({ outcome: 'unknown', reason: 'not-stated' });
  });
});
