/**
 * Units by symbol and by Chinese name. Every unit is a factor to the coherent SI unit and a vector of exponents
 * over the base symbols m kg s A K mol cd rad bit count yuan dB FS (full scale) vol grade and the scales of hardness; affine temperatures carry an offset in kelvin.
 * Factors: SI brochure (9th ed.), tables 4 and 8; GB 3100-1993.
 */
export interface UnitDefinition {
  factor: number;
  /** Added after multiplying; only for a temperature that stands alone. */
  offset: number;
  powers: Readonly<Record<string, number>>;
  /** Whether a decimal prefix (k, m, μ, 千, 毫 …) may be put in front. */
  prefixable: boolean;
}

type Row = readonly [names: string, factor: number, powers: Record<string, number>, prefixable?: boolean];

const FORCE = { kg: 1, m: 1, s: -2 };
const PRESSURE = { kg: 1, m: -1, s: -2 };
const ENERGY = { kg: 1, m: 2, s: -2 };
const VISCOSITY = { kg: 1, m: -1, s: -1 };
const POWER = { kg: 1, m: 2, s: -3 };
const VOLTAGE = { kg: 1, m: 2, s: -3, A: -1 };

const ROWS: readonly Row[] = [
  ['m 米', 1, { m: 1 }, true],
  ['公里', 1000, { m: 1 }],
  ['公分', 0.01, { m: 1 }],
  ['in inch 英寸', 0.0254, { m: 1 }],
  ['ft 英尺', 0.3048, { m: 1 }],
  ['海里 nmi', 1852, { m: 1 }],
  ['g 克', 1e-3, { kg: 1 }, true],
  ['公斤', 1, { kg: 1 }],
  ['斤', 0.5, { kg: 1 }],
  ['t 吨', 1000, { kg: 1 }, true],
  ['lb', 0.45359237, { kg: 1 }],
  ['Da 道尔顿', 1.66053906892e-27, { kg: 1 }, true],
  ['s sec 秒 秒钟', 1, { s: 1 }, true],
  ['min 分 分钟 minute minutes', 60, { s: 1 }],
  ['h hr 时 小时 个小时 hour hours', 3600, { s: 1 }],
  ['d 天 日 day days', 86400, { s: 1 }],
  ['周 week weeks', 604800, { s: 1 }],
  ['月 个月 month months', 2629800, { s: 1 }],
  ['a 年 year years', 31557600, { s: 1 }],
  ['K 开 开尔文', 1, { K: 1 }, true],
  ['A 安 安培', 1, { A: 1 }, true],
  ['mol 摩尔', 1, { mol: 1 }, true],
  ['cd 坎德拉', 1, { cd: 1 }, true],
  ['lm 流明', 1, { cd: 1, rad: 2 }, true],
  ['lx 勒克斯', 1, { cd: 1, rad: 2, m: -2 }, true],
  ['Hz 赫兹 赫', 1, { s: -1 }, true],
  ['rpm', 1 / 60, { s: -1 }],
  ['r 转', 1, {}],
  ['N 牛 牛顿', 1, FORCE, true],
  ['Nm', 1, ENERGY, true],
  ['Nm3 标立方米 标方', 1, { m: 3 }],
  ['cP 厘泊', 1e-3, VISCOSITY],
  ['Pa 帕 帕斯卡', 1, PRESSURE, true],
  ['bar 巴', 1e5, PRESSURE, true],
  ['atm 大气压', 101325, PRESSURE],
  ['mmHg', 133.322387415, PRESSURE],
  ['psi', 6894.757293168, PRESSURE],
  ['J 焦 焦耳', 1, ENERGY, true],
  ['cal 卡', 4.184, ENERGY, true],
  ['eV 电子伏特 电子伏', 1.602176634e-19, ENERGY, true],
  ['Wh 瓦时 瓦小时', 3600, ENERGY, true],
  ['度电', 3.6e6, ENERGY],
  // Coal equivalent: 29307.6 kJ/kg (GB/T 2589).
  ['gce', 29307.6, ENERGY, true],
  ['tce 吨标准煤 吨标煤', 29307.6e6, ENERGY],
  ['公斤标准煤 公斤标煤 千克标准煤 千克标煤', 29307.6e3, ENERGY],
  ['W 瓦 瓦特', 1, POWER, true],
  ['马力 hp', 735.49875, POWER],
  ['V 伏 伏特', 1, VOLTAGE, true],
  ['VA', 1, POWER, true],
  ['Ah 安时', 3600, { A: 1, s: 1 }, true],
  ['C 库仑', 1, { A: 1, s: 1 }, true],
  ['Ω ohm 欧 欧姆', 1, { kg: 1, m: 2, s: -3, A: -2 }, true],
  ['F 法拉', 1, { kg: -1, m: -2, s: 4, A: 2 }, true],
  ['H 亨', 1, { kg: 1, m: 2, s: -2, A: -2 }, true],
  ['T 特斯拉', 1, { kg: 1, s: -2, A: -1 }, true],
  ['S 西门子', 1, { kg: -1, m: -2, s: 3, A: 2 }, true],
  ['L l 升 公升', 1e-3, { m: 3 }, true],
  ['cc', 1e-6, { m: 3 }],
  ['ha 公顷', 1e4, { m: 2 }],
  ['亩', 10000 / 15, { m: 2 }],
  ['rad 弧度', 1, { rad: 1 }, true],
  ['° deg 度', Math.PI / 180, { rad: 1 }],
  ['′ 角分 arcmin', Math.PI / 10800, { rad: 1 }],
  ['″ 角秒 arcsec', Math.PI / 648000, { rad: 1 }],
  ['% 个百分点 wt% %RH %rh %IACS', 1e-2, {}],
  ['%FS %F.S. %F.S %F·S %fs', 1e-2, { FS: 1 }],
  ['vol%', 1e-2, { vol: 1 }],
  ['‰', 1e-3, {}],
  ['ppm', 1e-6, {}],
  ['ppb', 1e-9, {}],
  ['倍', 1, {}],
  ['bit b 比特', 1, { bit: 1 }, true],
  ['B byte 字节', 8, { bit: 1 }, true],
  ['bps', 1, { bit: 1, s: -1 }, true],
  ['dB 分贝 dB(A) dBA', 1, { dB: 1 }],
  ['元 yuan RMB CNY', 1, { yuan: 1 }],
  [
    '次 个 台 套 件 人 名 项 只 辆 架 条 种 帧 家 位 张 颗 株 片 块 根 支 瓶 粒 头 尾 羽 艘 模次 批次 人次 循环 atom atoms',
    1,
    { count: 1 },
  ],
  ['级', 1, { grade: 1 }],
  ['HRC', 1, { HRC: 1 }],
  ['HRA', 1, { HRA: 1 }],
  ['HRB', 1, { HRB: 1 }],
  ['HV', 1, { HV: 1 }],
  ['HB HBW', 1, { HB: 1 }],
  ['fps', 1, { count: 1, s: -1 }],
  ['kn 节', 1852 / 3600, { m: 1, s: -1 }],
];

export const UNITS: ReadonlyMap<string, UnitDefinition> = buildTable();

function buildTable(): Map<string, UnitDefinition> {
  const table = new Map<string, UnitDefinition>();
  for (const [names, factor, powers, prefixable] of ROWS) {
    for (const name of names.split(' '))
      table.set(name, { factor, offset: 0, powers, prefixable: prefixable === true });
  }
  for (const name of ['℃', '°C', '摄氏度', 'degC'])
    table.set(name, { factor: 1, offset: 273.15, powers: { K: 1 }, prefixable: false });
  for (const name of ['℉', '°F', '华氏度'])
    table.set(name, { factor: 5 / 9, offset: 273.15 - (32 * 5) / 9, powers: { K: 1 }, prefixable: false });
  return table;
}

export const PREFIXES: ReadonlyMap<string, number> = new Map([
  ['T', 1e12],
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
  ['K', 1e3],
  ['h', 1e2],
  ['d', 1e-1],
  ['c', 1e-2],
  ['m', 1e-3],
  ['μ', 1e-6],
  ['u', 1e-6],
  ['n', 1e-9],
  ['p', 1e-12],
  ['f', 1e-15],
  ['太', 1e12],
  ['吉', 1e9],
  ['兆', 1e6],
  ['千', 1e3],
  ['百', 1e2],
  ['分', 1e-1],
  ['厘', 1e-2],
  ['毫', 1e-3],
  ['微', 1e-6],
  ['纳', 1e-9],
  ['皮', 1e-12],
]);

/** Names of the dimensions people talk about, by their exponent signature (symbols sorted, as `m2 s-1`). */
export const DIMENSIONS: ReadonlyMap<string, { dimension: string; baseUnit: string }> = new Map([
  ['', { dimension: 'ratio', baseUnit: '1' }],
  ['m1', { dimension: 'length', baseUnit: 'm' }],
  ['m2', { dimension: 'area', baseUnit: 'm2' }],
  ['m3', { dimension: 'volume', baseUnit: 'm3' }],
  ['kg1', { dimension: 'mass', baseUnit: 'kg' }],
  ['s1', { dimension: 'time', baseUnit: 's' }],
  ['K1', { dimension: 'temperature', baseUnit: 'K' }],
  ['A1', { dimension: 'current', baseUnit: 'A' }],
  ['s-1', { dimension: 'frequency', baseUnit: 'Hz' }],
  ['m1 s-1', { dimension: 'speed', baseUnit: 'm/s' }],
  ['m1 s-2', { dimension: 'acceleration', baseUnit: 'm/s2' }],
  ['kg1 m1 s-2', { dimension: 'force', baseUnit: 'N' }],
  ['kg1 m-1 s-2', { dimension: 'pressure', baseUnit: 'Pa' }],
  ['kg1 m2 s-2', { dimension: 'energy', baseUnit: 'J' }],
  ['kg1 m2 s-3', { dimension: 'power', baseUnit: 'W' }],
  ['A-1 kg1 m2 s-3', { dimension: 'voltage', baseUnit: 'V' }],
  ['A-2 kg1 m2 s-3', { dimension: 'resistance', baseUnit: 'Ω' }],
  ['A1 s1', { dimension: 'charge', baseUnit: 'C' }],
  ['kg1 m-3', { dimension: 'concentration', baseUnit: 'kg/m3' }],
  ['m-3 mol1', { dimension: 'molar-concentration', baseUnit: 'mol/m3' }],
  ['m3 s-1', { dimension: 'flow', baseUnit: 'm3/s' }],
  ['rad1', { dimension: 'angle', baseUnit: 'rad' }],
  ['bit1', { dimension: 'data', baseUnit: 'bit' }],
  ['bit1 s-1', { dimension: 'data-rate', baseUnit: 'bit/s' }],
  ['count1', { dimension: 'count', baseUnit: '1' }],
  ['grade1', { dimension: 'grade', baseUnit: '1' }],
  ['yuan1', { dimension: 'money', baseUnit: '元' }],
  ['dB1', { dimension: 'level', baseUnit: 'dB' }],
]);
