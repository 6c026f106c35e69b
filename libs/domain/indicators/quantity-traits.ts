import { toBaseUnit } from './convert-unit.js';
import type { Indicator } from './indicator.js';

/** What a quantity is, as far as its name tells: on which side better lies, whether it is a range, a difference. */

const ERROR_LIKE =
  /精度|精确度|误差|偏差|公差|波动|稳定|重复性|漂移|均匀|不确定度|一致性|accuracy|error|deviation|drift|stability|tolerance/i;
/** Ranges that must be covered (working temperature), as opposed to windows to stay inside (pH). */
const COVERED_RANGE =
  /耐|工作|适用|使用|运行|量程|范围|范畴|环境|供电|电源|电压|输入|输出|行程|可调|调节|频段|波段|测量|测温|测距|探测|视场|角度|转角|摆角|俯仰|横滚|偏航|倾角|operating|working|range|storage|supply|stroke|travel|angle/i;
const SYMMETRIC =
  /量程|范围|角度|转角|摆角|行程|俯仰|横滚|偏航|视场|倾角|测程|加速度|角速度|输入电压|输出电压|range|angle|stroke|travel/i;
const PLUS_MINUS = /±|\+\/-/;

export function isErrorLike(name: string): boolean {
  return ERROR_LIKE.test(name);
}

/** Whether what is asked as a range must be covered by what is offered, rather than hold it. */
export function isCoveredRange({ name, raw }: Pick<Indicator, 'name' | 'raw'>): boolean {
  return COVERED_RANGE.test(name + raw) && !isErrorLike(name);
}

/** 量程±300: the sign states a range from −300 to 300, not a tolerance. */
export function isSymmetricRange(name: string, unit: string | null): boolean {
  return SYMMETRIC.test(name) && !isErrorLike(name) && !(unit ?? '').startsWith('%');
}

/** The same statement as a range where ± means one; those stored before hold it as a bound. */
export function asRange(indicator: Indicator): Indicator {
  const { comparator, name, unit, raw, value } = indicator;
  if (comparator !== 'le' || value <= 0 || !PLUS_MINUS.test(raw) || !isSymmetricRange(name, unit))
    return indicator;
  return { ...indicator, comparator: 'between', value: -value, valueHigh: value };
}

const DIFFERENCE =
  /温差|温升|温降|降温|升温|超温|过热度|过冷度|滞后|降低|下降|升高|提高|提升|增加|减少|幅度?$|变化|分辨|(?:temperature )?(?:rise|drop|difference|change)|resolution/i;

/** A difference of temperatures has no zero on the scale: 2.6 ℃ are 2.6 K. */
export function isDifference({ name, raw, comparator }: Indicator): boolean {
  if (/[至到]\s*$/.test(name)) return false;
  return DIFFERENCE.test(name) || isErrorLike(name) || (comparator !== 'between' && PLUS_MINUS.test(raw));
}

const REDUCTION = /下降|降低|降幅|减少|减幅|削减|节约|节省|节能|缩短|reduc|saving|decrease/i;

/** 电耗下降 -18 %: the name says the direction, the sign repeats it. Both read as a fall by 18 %. */
export function asMagnitude(indicator: Indicator): Indicator {
  const { comparator, name, value, valueHigh } = indicator;
  const high = valueHigh ?? value;
  if (!REDUCTION.test(name) || value >= 0 || high > 0) return indicator;
  if (comparator === 'between') return { ...indicator, value: -high, valueHigh: -value };
  const turned = { lt: 'gt', le: 'ge', eq: 'eq', ge: 'le', gt: 'lt' } as const;
  return { ...indicator, comparator: turned[comparator], value: -value };
}

/** 电耗 -18 % is a fall of the power used by 18 %; the name then says so. */
export function withReduction(indicator: Indicator): Indicator {
  const { name, value, valueHigh, unit } = indicator;
  const falls = unit === '%' && value < 0 && (valueHigh ?? value) <= 0 && !REDUCTION.test(name);
  return falls ? { ...indicator, name: `${name}下降` } : indicator;
}

const SMALLER =
  /误差|偏差|公差|噪声|噪音|检测限|检出限|检测下限|漂移|不确定度|延迟|时延|延时|延滞|响应|功耗|能耗|电耗|耗电|油耗|水耗|平面度|平整度|粗糙度|圆度|直线度|圆柱度|同轴度|平行度|垂直度|跳动|泄漏|漏率|漏电|渗漏|损耗|插损|残留|波动|失真|抖动|误报|误检|误判|误识|误码|漏报|漏检|虚警|丢包|不良|缺陷|失效|故障|失败|错误|损失|衰减|磨损|腐蚀|收缩|吸水|孔隙|发病|含水|均匀性误差|重复性|均方根|成本|error|latency|delay|noise|leak|loss|drift|roughness|flatness|power consumption|detection limit|response/i;
const SHORT_TIME = /时间|耗时|time/i;
const LONG_TIME =
  /寿命|续航|工作时|连续工作|运行时|连续运行|储存|贮存|保存|保持|持续|待机|无故障|间隔|lifetime|endurance/i;
const LARGER =
  /收率|产率|得率|良率|效率|成功率|合格率|准确率|识别率|召回率|检出率|去除率|转化率|回收率|利用率|覆盖率|保持率|存活率|包封率|透过率|透光率|命中率|净化率|杀灭率|成活率|帧率|采样率|准确度|识别度|纯度|强度|硬度|韧性|寿命|续航|容量|信噪比|动态范围|增益|隔离度|抑制|吞吐|可用性|可用度|选择性|特异性|yield|efficiency|purity|strength|success|recall|precision|lifetime|snr/i;
const ERROR_UNIT =
  /^(?:[pnμumcdk]?m|米|毫米|厘米|微米|°|′|″|deg|rad|mrad|℃|K|mK|[nμum]?s|秒|毫秒|%FS|%F\.S\.?)$/i;
const SENSED_UNIT = /^(?:dBm|ppm|ppb|ppt|[nμupm]?g\/m?L|[nμupm]?M|[npfμ]T|[nμupm]?mol\/L)$/i;
/** 精度优于 1 % is an error, 精度优于 95 % a share of right answers. */
const LEAST_SHARE = 50;

/** On which side better lies; null where the name does not tell. */
export function betterSide(name: string, value: number, unit: string | null): 'le' | 'ge' | null {
  const share = unit === '%' || unit === '％';
  if (/灵敏度|sensitivity/i.test(name)) return share ? 'ge' : SENSED_UNIT.test(unit ?? '') ? 'le' : null;
  if (/分辨|resolution/i.test(name)) return ERROR_UNIT.test(unit ?? '') || share ? 'le' : null;
  const isTime = unit !== null && toBaseUnit(1, unit)?.dimension === 'time';
  if (isTime && LONG_TIME.test(name)) return 'ge';
  if (SMALLER.test(name)) return 'le';
  if (SHORT_TIME.test(name)) return 'le';
  if (/精度|精确度|重复性|accuracy/i.test(name)) {
    if (share) return value < LEAST_SHARE ? 'le' : 'ge';
    return ERROR_UNIT.test(unit ?? '') ? 'le' : null;
  }
  return LARGER.test(name) ? 'ge' : null;
}

/** 优于 of a quantity of which one cannot tell on which side better lies: no bound follows. */
export function isUndecided({ comparator, raw }: Pick<Indicator, 'comparator' | 'raw'>): boolean {
  return comparator === 'eq' && /优于|好于|better than/i.test(raw);
}

const MORE_OF = /(?:下降|降低|减少|节约|节省|缩短|提升|提高|增加|增长|延长)(?:率|幅度|比例)?$/;
/** Larger is not always better: what is too hard is brittle, what holds too much is heavy. */
const WITHIN_REASON = /硬度|容量|增益|动态范围|含水|收缩/;

/** A plain number asked of a quantity of which one side is better is the least, or the most, that will do. */
export function asBound(indicator: Indicator): Indicator {
  const { comparator, name, unit, value } = indicator;
  if (comparator !== 'eq' || isUndecided(indicator) || WITHIN_REASON.test(name)) return indicator;
  const side = MORE_OF.test(name) ? 'ge' : betterSide(name, value, unit);
  return side === null ? indicator : { ...indicator, comparator: side };
}

/** Whether its author says that nothing else will do. */
export function isRequired({ raw }: Pick<Indicator, 'raw'>): boolean {
  return /必须|务必|不得|不允许|不许|严禁|禁止|硬性|\b(?:must|shall)\b/i.test(raw);
}
