import { wordsOf } from './text-words.js';

/** Words that tell a reader nothing when nothing else stands beside them; simplified and lower case. */
const EMPTY = new Set(
  (
    '不 未 以上 以下 以内 以外 之间 左右 低于 高于 大于 小于 等于 不低于 不高于 不大于 不小于 不少于 不超过 超过 少于 多于 至少 最多 ' +
    '最大 最小 最高 最低 较高 较低 较大 较小 较多 较少 不足 足够 完成 运行 用于 适用 适用于 适合 使用 包括 包含 其中 其他 ' +
    '同时 由于 因此 根据 按照 依据 对于 进行 开展 提供 支持 存在 出现 产生 属于 位于 处于 面向 已经 已在 正在 尚未 没有 无法 ' +
    '不能 不会 可能 必须 应当 保证 确保 做到 拥有 具备 获得 取得 得到 实际 具体 一般 常用 常见 不同 相同 一定 一个 一套 一次 ' +
    '部分 全部 所有 每年 每月 每天 每次 每台 年内 当前 现在 现场 之后 之前 期间 期望 数量 方式 程度 整体 上述 如下 ' +
    '此外 另外 我们 我司 公司 依赖 考虑 建立 百分 百分之 分之 三个月 小时 分钟 个月 以来 主要 明显 显著 容易 之一 国产 国产化 替代 控制 协同 知道 长期 配套 ' +
    'mm cm km um nm kg mg kw mw gw kwh mah mpa kpa hz khz mhz ghz ms us ns ml kv ma db rpm min max pa ph'
  ).split(' '),
);
const NUMBER =
  /^(?:[0-9.]+|第?[〇零一二三四五六七八九十百千万亿两几半多数点分之]+[个套台件次种项类级年月日天周时秒倍度元名家米条张艘片]*)$/;
/** A plant. */
const NO_NUMBER = new Set(['三七']);

/** Words that are left out where they stand at an end of what is shown. */
const ENDS = new Set(
  '的 了 与 和 及 或 之 为 且 并 其 该 将 以 于 而 等 时 后 中 用于 以上 以下 低于 高于 大于 小于 不低于 超过 以及'.split(
    ' ',
  ),
);
/** Ends of the word before: 摆式 before 波浪能. */
const SUFFIXES = new Set('式 型 性 化 类'.split(' '));

export const isSuffix = (word: string): boolean => SUFFIXES.has(word);
export const isLooseEnd = (word: string): boolean => ENDS.has(word);

function isEmpty(word: string): boolean {
  return EMPTY.has(word) || ENDS.has(word) || (NUMBER.test(word) && !NO_NUMBER.has(word));
}

/** Whether a normalised term consists of numbers and words that say nothing of what two texts are about. */
export function saysNothing(term: string): boolean {
  return isEmpty(term) || wordsOf(term).every(isEmpty);
}
