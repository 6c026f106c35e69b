import fc from 'fast-check';
import { parseIndicators } from './parse-indicators.js';

/** name comparator value [high] unit */
function brief(text: string): string[] {
  return parseIndicators(text).map(({ name, comparator, value, valueHigh, unit }) =>
    [name, comparator, value, valueHigh, unit].filter((part) => part !== null).join(' '),
  );
}

describe('parseIndicators', () => {
  test.each([
    ['定位精度≤±0.05m', ['定位精度 le 0.05 m']],
    ['工作深度不小于 300 米', ['工作深度 ge 300 米']],
    ['续航 ≥8h；重量小于 25kg', ['续航 ge 8 h', '重量 lt 25 kg']],
    ['耐温-40~85℃', ['耐温 between -40 85 ℃']],
    ['纯度99.9%以上', ['纯度 ge 99.9 %']],
    ['检测限低于0.1μg/L', ['检测限 lt 0.1 μg/L']],
    ['响应时间<=50 ms', ['响应时间 le 50 ms']],
    ['功率 5 kW', ['功率 eq 5 kW']],
    ['转化率达到85%以上', ['转化率 ge 85 %']],
    ['成本降低到30元以下', ['成本 le 30 元']],
    ['定位精度±0.05m', ['定位精度 le 0.05 m']],
    ['控制温度25±2℃', ['控制温度 between 23 27 ℃']],
    ['流量5-10 L/min', ['流量 between 5 10 L/min']],
    ['流量5至10L/min', ['流量 between 5 10 L/min']],
    ['泄漏率≤1.2×10^-6 Pa·m3/s', ['泄漏率 le 0.0000012 Pa·m3/s']],
    ['泄漏率不大于1.2×10⁻⁶', ['泄漏率 le 0.0000012']],
    ['寿命≥10万次', ['寿命 ge 100000 次']],
    ['主要指标：1、精度：≤5 mm，2、速度大于3米/秒。', ['精度 le 5 mm', '速度 gt 3 米/秒']],
    ['定位精度优于5m，识别率优于95%', ['定位精度 le 5 m', '识别率 ge 95 %']],
    [
      'Positioning accuracy <= 0.05 m; endurance at least 8 hours',
      ['Positioning accuracy le 0.05 m', 'endurance ge 8 hours'],
    ],
    ['PM2.5浓度≤35μg/m³', ['PM2.5浓度 le 35 μg/m³']],
    ['pH 6~9', ['pH between 6 9']],
    ['小目标（3m）发现距离≥1.5km', ['小目标(3m)发现距离 ge 1.5 km']],
    ['重量(25kg)和续航≥8h', ['重量 eq 25 kg', '续航 ge 8 h']],
    ['噪声(1m)', ['噪声 eq 1 m']],
    ['响应12ms', ['响应 eq 12 ms']],
    ['激光雷达≥150m；寿命应达10年', ['激光雷达 ge 150 m', '寿命 eq 10 年']],
    ['容量１０，０００ｍＡｈ', ['容量 eq 10000 mAh']],
  ])('%s', (text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  test.each(['', '没有数字的需求', '2023年', '按照GB/T 32100-2015执行', '共3项', '300', 'H2O与CO2'])(
    'nothing is read from %s',
    (text) => {
      expect(parseIndicators(text)).toEqual([]);
    },
  );

  test('positions are those of the text as it was written', () => {
    const text = '要求：定位精度 ≤ ±０．０５ｍ，重量小于25kg';
    expect(parseIndicators(text)).toEqual([
      {
        name: '定位精度',
        comparator: 'le',
        value: 0.05,
        valueHigh: null,
        unit: 'm',
        raw: '定位精度 ≤ ±０．０５ｍ',
        start: 3,
        end: 16,
      },
      {
        name: '重量',
        comparator: 'lt',
        value: 25,
        valueHigh: null,
        unit: 'kg',
        raw: '重量小于25kg',
        start: 17,
        end: 25,
      },
    ]);
  });

  test('any text: no error, finite values, and spans in order that hold their words', () => {
    const piece = fc.constantFrom(
      '精度',
      '≤',
      '±',
      '0.05',
      'm',
      '~',
      '-',
      '5',
      '×10^',
      '%',
      '以上',
      '不小于',
      ' ',
      '；',
      'e9',
      '(',
      '1,000',
      '万',
      '℃',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        let last = 0;
        for (const { raw, start, end, value, valueHigh, comparator } of parseIndicators(typed)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(typed.slice(start, end)).toBe(raw);
          expect(Number.isFinite(value)).toBe(true);
          expect(valueHigh === null).toBe(comparator !== 'between');
          if (valueHigh !== null) expect(valueHigh).toBeGreaterThanOrEqual(value);
          last = end;
        }
      }),
      { numRuns: 500 },
    );
  });
});
