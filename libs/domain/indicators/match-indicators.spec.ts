import fc from 'fast-check';
import type { Indicator } from './indicator.js';
import { matchIndicators } from './match-indicators.js';
import { parseIndicators } from './parse-indicators.js';

function read(text: string): Indicator {
  const [indicator] = parseIndicators(text);
  if (!indicator) throw new Error(`nothing read from ${text}`);
  return indicator;
}

const pairsOf = (needs: readonly string[], capabilities: readonly string[]) =>
  matchIndicators(needs.map(read), capabilities.map(read)).map(({ capability, comparison }) => [
    capability?.raw ?? null,
    comparison.outcome,
  ]);

describe('matchIndicators', () => {
  test('pairs by name and dimension, each partner once', () => {
    expect(
      pairsOf(
        ['定位精度≤0.05m', '工作深度≥300m', '功率≤5kW', '重量≤5kg'],
        ['最大工作深度500米', '精度0.03m', '定位精度0.02m', '功率5kg'],
      ),
    ).toEqual([
      ['定位精度0.02m', 'met'],
      ['最大工作深度500米', 'met'],
      ['功率5kg', 'unknown'],
      [null, 'unknown'],
    ]);
  });

  test.each([
    ['NOx排放浓度≤50mg/m3', 'SO2排放浓度30mg/m3'],
    ['总磷去除率≥80%', '总氮去除率85%'],
    ['镍含量≤0.1%', '铬含量0.05%'],
    ['COD≤50mg/L', 'BOD 10mg/L'],
    ['纵向抗拉强度≥500MPa', '横向抗拉强度600MPa'],
    ['最低工作温度≤-40℃', '最高工作温度-60℃'],
    ['产地判别准确率≥95%', '药材物种准确率98%'],
    ['3000次保持率≥85%', '500次保持率90%'],
    ['高温强度≥300MPa', '低温强度400MPa'],
    ['进水浓度≤50mg/L', '出水浓度30mg/L'],
    ['漏检率≤5%', '检率1%'],
    ['误识别率≤5%', '识别率1%'],
    ['强度≥20MPa', '强度偏差30MPa'],
  ])('%s and %s are two quantities', (need, capability) => {
    expect(pairsOf([need], [capability])).toEqual([[null, 'unknown']]);
  });

  test.each([
    ['结合强度≥20MPa', '强度960MPa'],
    ['准确率≥95%', '产地判别准确率98%'],
    ['产地判别准确率≥95%', '准确率98%'],
    ['定位精度≤0.05m', '精度0.03m'],
    ['工作温度≤-40℃', '最低工作温度-60℃'],
    ['工作温度≤-40℃', '最高工作温度85℃'],
    ['功率≥5kW', '额定功率6kW'],
    ['一次探伤合格率≥98%', '探伤一次合格率99%'],
    ['板厚适用范围8~60mm', '适用板厚6~80mm'],
  ])('%s may or may not be %s', (need, capability) => {
    const [pair] = matchIndicators([read(need)], [read(capability)]);
    expect(pair).toMatchObject({
      capability: { raw: capability },
      comparison: { outcome: 'unknown', reason: 'name' },
    });
  });

  test.each([
    ['氮氧化物排放浓度≤50mg/m3', 'NOx排放浓度30mg/m3', 'met'],
    ['NOX排放浓度≤50mg/m3', 'nox排放浓度60mg/m3', 'not_met'],
    ['響應時間≤5ms', '响应时间3ms', 'met'],
    ['ＣＯＤ去除率≥60%', 'COD去除率68%', 'met'],
    ['连续工作时间≥90天', '连续工作120天', 'met'],
    ['28天抗压强度≥130MPa', '28d抗压强度138MPa', 'met'],
    ['转速≥5000r/min', '最高转速6000r/min', 'met'],
    ['转速≥5000r/min', '最高转速4000r/min', 'not_met'],
    ['误差≤2mm', '最大误差1mm', 'met'],
    ['电耗下降≥15%', '电耗-18%', 'met'],
    ['电耗降低≥25%', '电耗-18%', 'not_met'],
    ['能耗降低≥15%', '能耗减少12%', 'not_met'],
    ['H2O2残留≤1ppm', '过氧化氢残留0.8ppm', 'met'],
    ['IPA消耗量≤15mL', 'IPA耗量12mL', 'met'],
    ['运行成本≤1元', '运行费用2元', 'not_met'],
    ['处理能力≥5t', '处理规模6t', 'met'],
  ])('%s is compared with %s: %s', (need, capability, outcome) => {
    expect(pairsOf([need], [capability])).toEqual([[capability, outcome]]);
  });

  test('two bounds on a range are each compared with what is offered', () => {
    const needs = ['工作温度≥-40℃', '工作温度≤85℃'];
    const range = '工作温度-50~100℃';
    expect(pairsOf(needs, [range])).toEqual([
      [range, 'met'],
      [range, 'met'],
    ]);
    expect(pairsOf(needs, ['工作温度-20~100℃']).map(([, outcome]) => outcome)).toEqual(['not_met', 'met']);
    expect(pairsOf(needs, ['工作温度-50~60℃']).map(([, outcome]) => outcome)).toEqual(['met', 'not_met']);
    expect(pairsOf(needs, []).map(([text]) => text)).toEqual([null, null]);
  });

  test('two bounds that are offered are the range they are together', () => {
    const offered = ['工作温度≥-50℃', '工作温度≤100℃'];
    expect(pairsOf(['工作温度-40~85℃'], offered)).toEqual([['工作温度≥-50℃, 工作温度≤100℃', 'met']]);
    expect(pairsOf(['工作温度-60~85℃'], offered)).toEqual([['工作温度≥-50℃, 工作温度≤100℃', 'not_met']]);
  });

  test('the same words in another order are not taken for the same', () => {
    expect(pairsOf(['油水比≥2倍'], ['水油比3倍'])[0]?.[1]).toBe('unknown');
  });

  test('a name is never decided against another that differs in a substance', () => {
    const substance = fc.constantFrom(
      '镍',
      '铬',
      '总磷',
      '总氮',
      'NOx',
      'SO2',
      'COD',
      'BOD',
      'PM2.5',
      'PM10',
      '氨氮',
    );
    const quantity = fc.constantFrom('含量', '浓度', '去除率', '排放浓度', '残留');
    fc.assert(
      fc.property(substance, substance, quantity, (a, b, what) => {
        const make = (name: string): Indicator => ({
          name: name + what,
          comparator: 'eq',
          value: 1,
          valueHigh: null,
          unit: '%',
          raw: '',
        });
        const [pair] = matchIndicators([make(a)], [make(b)]);
        expect(pair?.comparison.outcome === 'met').toBe(a === b);
      }),
    );
  });
});
