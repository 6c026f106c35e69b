/**
 * Words that technology needs and results are written with whatever their subject is. They are taken out of queries;
 * what stands on their two sides is not joined. Written for this platform, simplified and lower case.
 */
const CHINESE =
  '研究 研发 研制 开发 应用 技术 关键技术 核心技术 技术需求 技术开发 技术研究 产业化 产业 示范 推广 项目 工程 系统 ' +
  '产品 设备 装置 方法 工艺 制备 生产 设计 实现 解决 方案 问题 需求 要求 目标 预期 指标 水平 性能 质量 效率 提高 提升 ' +
  '改进 优化 降低 新型 新 高效 高 先进 创新 集成 综合 基于 关于 针对 及其 以及 相关 主要 企业 公司 有限公司 单位 ' +
  '合作 高校 院所 科研 成果 转化 建设 平台 服务 管理 具有 进行 采用 利用 通过 能够 可以 需要 希望 现有 目前 国内 国外 ' +
  '领域 行业 市场 经济 效益 形成 达到 满足 一种 多种 各种 功能 条件 过程 情况 方面 基础 工作 发展 升级 改造 ' +
  '的 了 与 及 等 并 或';
const ENGLISH =
  'a an the of and or for to in on with by from at as is are be research development application applications ' +
  'technology technologies technical key core based new novel method methods system systems study using use';

const chinese = CHINESE.split(' ').sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
const english = new Set(ENGLISH.split(' '));
const PATTERN = new RegExp(chinese.join('|'), 'g');

/** Single characters that are left out of queries, though other words begin with them: 高温, 新能源, 等离子. */
const WORD_STARTS = new Set(['高', '新', '等']);

/** Whether a character may be the rest of a word that {@link blankStopWords} has cut. */
export const isWordStart = (char: string): boolean => WORD_STARTS.has(char);

/** Replaces longer stop words and particles alone, to see what else stands around a piece of text. */
export function blankAllButStarts(normalised: string): string {
  return normalised.replace(PATTERN, (word) => (WORD_STARTS.has(word) ? word : ' '.repeat(word.length)));
}

/** Replaces stop words of a normalised text by spaces of the same length, so offsets keep their meaning. */
export function blankStopWords(normalised: string): string {
  return normalised
    .replace(PATTERN, (word) => ' '.repeat(word.length))
    .replace(/[a-z]+/g, (word) => (english.has(word) ? ' '.repeat(word.length) : word));
}
