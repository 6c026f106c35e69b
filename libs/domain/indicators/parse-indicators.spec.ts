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
    ['供电电压220V±10%', ['供电电压 between 198 242 V']],
    ['供电电压(220±10%)V', ['供电电压 between 198 242 V']],
    ['湿度50%±5%', ['湿度 between 45 55 %']],
    ['线热膨胀系数（4.8~5.2）×10-6/K', ['线热膨胀系数 between 0.0000048 0.0000052 /K']],
    ['浓度(1.2±0.1)×10-6g/L', ['浓度 between 0.0000011 0.0000013 g/L']],
    ['口径φ3~φ12mm；功率因数cosφ≥0.9', ['口径 between 3 12 mm', '功率因数cosφ ge 0.9']],
    ['电费节约≥25%，重量约5kg', ['电费节约 ge 25 %', '重量 eq 5 kg']],
    ['综合能耗≤3.8kgce/m2；氢渗透率≤6NmL/(h·L)', ['综合能耗 le 3.8 kgce/m2', '氢渗透率 le 6 NmL/(h·L)']],
    ['整箱重量（32L空箱）≤6.5kg', ['整箱重量(32L空箱) le 6.5 kg']],
    ['平均透过率（8-12μm）不低于97.5%', ['平均透过率(8-12μm) ge 97.5 %']],
    ['饵料系数1.06；截留分子量100kDa', ['饵料系数 eq 1.06', '截留分子量 eq 100 kDa']],
    ['温度(20±2)℃', ['温度 between 18 22 ℃']],
    ['量程±300kPa', ['量程 between -300 300 kPa']],
    ['供电电压±10%', ['供电电压 le 10 %']],
    ['电阻率1×10-4Ω·cm', ['电阻率 eq 0.0001 Ω·cm']],
    ['电阻率≤1×10⁻⁴Ω·cm', ['电阻率 le 0.0001 Ω·cm']],
    ['泄漏率1e-4Pa·m3/s', ['泄漏率 eq 0.0001 Pa·m3/s']],
    ['颗粒数≥2E3个/mL', ['颗粒数 ge 2000 个/mL']],
    ['活菌数≥1E10CFU/g', ['活菌数 ge 10000000000 CFU/g']],
    ['粉尘≤10mg/Nm3，热导率≥1.2W/m.K', ['粉尘 le 10 mg/Nm3', '热导率 ge 1.2 W/m.K']],
    ['面积200㎡，容积3㎥，厚度2㎜', ['面积 eq 200 ㎡', '容积 eq 3 ㎥', '厚度 eq 2 ㎜']],
    ['粘度≤50cP，照度≥500lx', ['粘度 le 50 cP', '照度 ge 500 lx']],
    ['2027年6月前完成样机≥3台', ['完成样机 ge 3 台']],
    ['合格率由90%提升至98%以上', ['合格率 ge 98 %']],
    ['良率从目前的80%提高到95%', ['良率 ge 95 %']],
    ['能耗由120kWh降至90kWh', ['能耗 le 90 kWh']],
    ['工作温度高达1200℃，转速最高可达6000rpm', ['工作温度 eq 1200 ℃', '转速 eq 6000 rpm']],
    ['精度±0.5%FS(-40~150℃)', ['精度(-40~150℃) le 0.5 %FS']],
    ['精度0.5% FS(-40~150℃)', ['精度(-40~150℃) eq 0.5 %FS']],
    ['循环3000次容量保持率≥85%', ['循环3000次容量保持率 ge 85 %']],
    ['体积100×50×20mm，重量≤5kg', ['重量 le 5 kg']],
    ['30×40cm组件效率17.5%', ['组件效率 eq 17.5 %']],
    ['3.2kbps@2.3km；使用寿命≥10年', ['使用寿命 ge 10 年']],
    ['-20℃保持率88%', ['-20℃保持率 eq 88 %']],
    ['计算工况≥5000/h', ['计算工况 ge 5000 /h']],
    ['- 精度≤5mm', ['精度 le 5 mm']],
    ['粗糙度Rz40–75μm，越障≥20mm', ['越障 ge 20 mm']],
    ['DAR=4±0.2或8±0.3', ['DAR between 3.8 4.2']],
    ['热源70℃时COP≥2.6', ['热源70℃时COP ge 2.6']],
    ['误报≤2次/站·月，翘曲0.15mm/100mm', ['误报 le 2 次/站·月', '翘曲 eq 0.15 mm/100mm']],
    ['糖度误差0.5°Bx，固含量≥50vol%', ['固含量 ge 50 vol%']],
    ['位姿误差≤0.5mm/0.5°', ['位姿误差 le 0.5 mm']],
    ['热伸长达45μm', ['热伸长 eq 45 μm']],
    ['比容量≥350mah/g，频率50KHZ', ['比容量 ge 350 mah/g', '频率 eq 50 KHZ']],
    ['测量精度优于1%，误报率优于2%', ['测量精度 le 1 %', '误报率 le 2 %']],
    ['粗糙度优于0.8μm，响应时间优于3s', ['粗糙度 le 0.8 μm', '响应时间 le 3 s']],
    ['功耗优于5W，灵敏度优于-110dBm', ['功耗 le 5 W', '灵敏度 le -110 dBm']],
    ['平均无故障时间优于5000h', ['平均无故障时间 ge 5000 h']],
    ['分辨率优于0.1m，分类精度优于95%', ['分辨率 le 0.1 m', '分类精度 ge 95 %']],
    ['抗拉强度优于500MPa，纯度好于99%', ['抗拉强度 ge 500 MPa', '纯度 ge 99 %']],
    ['斜率优于5V', ['斜率 eq 5 V']],
    ['噪声不能超过65dB(A)', ['噪声 le 65 dB(A)']],
    ['费用最好别超过1.5万元，能耗不应高于30kWh', ['费用 le 15000 元', '能耗 le 30 kWh']],
    ['良率不得不足98%，泄漏率不可高于1ppm', ['良率 ge 98 %', '泄漏率 le 1 ppm']],
    ['良率不能低于98%；损耗不到2%', ['良率 ge 98 %', '损耗 lt 2 %']],
    ['Noise must not exceed 65 dB; yield must not be less than 98 %', ['Noise le 65 dB', 'yield ge 98 %']],
    ['温差必须≤2℃，平均功耗务必控制在5W以下', ['温差 le 2 ℃', '平均功耗 le 5 W']],
    ['续航力争达到8小时，性能评分≥90', ['续航 ge 8 小时', '性能评分 ge 90']],
    ['硬度HRC48-52；表面硬度HV800以上', ['硬度 between 48 52 HRC', '表面硬度 ge 800 HV']],
    ['硬度50-54HRC，硬度HV10≥800', ['硬度 between 50 54 HRC', '硬度HV10 ge 800']],
    ['耐摩擦色牢度4-5级，模具寿命50万模次', ['耐摩擦色牢度 between 4 5 级', '模具寿命 eq 500000 模次']],
    ['产能1200片/小时，pH 6.5-8.5', ['产能 eq 1200 片/小时', 'pH between 6.5 8.5']],
    ['混凝土28天抗压强度45MPa', ['混凝土28天抗压强度 eq 45 MPa']],
  ])('%s', (text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  test.each([
    '',
    '没有数字的需求',
    '2023年',
    '按照GB/T 32100-2015执行',
    '共3项',
    '300',
    'H2O与CO2',
    '2027年6月前',
    '2027-06-30前',
    '建设期2024-2026年',
    '6月底前交样',
    '尺寸100×200×300mm',
    '分辨率≥1280×720',
    '灰水比≤1:3',
    '真空度≤10-4Pa',
    '由90%提升至98%以上',
    '变形<1/1000',
  ])('nothing is read from %s', (text) => {
    expect(parseIndicators(text)).toEqual([]);
  });

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
