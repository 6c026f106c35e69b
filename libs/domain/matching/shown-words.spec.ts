import fc from 'fast-check';
import { parseIndicators } from '#libs/domain/indicators/parse-indicators.js';
import { buildQuery } from './build-query.js';
import { saysNothing } from './empty-words.js';
import { CapabilityIndex } from './index/capability-index.js';
import type { MatchCapability, MatchNeed } from './match-types.js';
import { normaliseText, plainText } from './normalise-text.js';
import { readNeedWords, sharedTerms } from './shared-terms.js';
import { wordsOf } from './text-words.js';
import { uncoveredTerms } from './uncovered-terms.js';

const stated = {
  version: 1,
  organisationId: null,
  fields: [],
  regionCode: null,
  trlScheme: null,
  indicators: [],
};
const need = (title: string, keywords: readonly string[] = [], body = ''): MatchNeed => ({
  ...stated,
  id: 'n',
  title,
  body,
  keywords,
  targetTrl: null,
  solveModes: [],
  expiresAt: null,
});
const offer = (title: string, text = '', id = 'c'): MatchCapability => ({
  ...stated,
  id,
  title,
  text,
  keywords: [],
  trl: null,
  transferModes: [],
});

/** A market in which each of the words is written now and then. */
const MARKET = [
  '高温热泵循环',
  '水源热泵机组',
  '低温余热发电',
  '高空作业平台',
  '真空除锈机器人',
  '高频雷达海流反演',
  '高压变频器',
  '低压变频器',
  '气压烧结炉',
  '低温低压烧结银膏',
  '无人机船载平台',
  '氧化锆陶瓷',
  '污水厂进水监测',
  '钛合金支架',
  '铝合金型材',
  '3D打印钛合金',
  '液晶聚合物LCP薄膜',
  '番茄温室环境',
  '三七皂苷提取',
];
const index = new CapabilityIndex(MARKET.map((title, at) => offer(title, '', `m${at}`)));

const uncovered = (asked: MatchNeed, offered: MatchCapability) =>
  uncoveredTerms(asked, offered, buildQuery(asked), index).toSorted();
const shared = (asked: MatchNeed, offered: MatchCapability) =>
  sharedTerms(readNeedWords(asked), offered, buildQuery(asked), index);
const sharedWords = (asked: MatchNeed, offered: MatchCapability) =>
  shared(asked, offered)
    .map(({ term }) => term)
    .toSorted();

test.each<[asked: string, offered: string, shown: string[]]>([
  // One character tells them apart.
  ['高压变频器', '低压变频器', ['高压']],
  ['低压变频器', '高压变频器', ['低压']],
  ['钛合金支架', '铝合金支架', ['钛合金']],
  // Words that begin with 高 or 新 are whole.
  ['高温热泵制蒸汽', '余热回收换热器', ['高温热泵制蒸汽']],
  ['船舶高空除锈', '船舶除锈', ['高空']],
  ['海面高频雷达', '海面浮标', ['高频雷达']],
  ['高湿设施番茄', '番茄温室', ['高湿设施']],
  // So are those of which the other text has a part.
  ['真空除锈', '写真打印', ['真空除锈']],
  ['氧化锆陶瓷', '金属氧化', ['氧化锆陶瓷']],
  ['无人机船载平台', '无人值守平台', ['无人机船载']],
  ['污水厂进水', '污水', ['污水厂进水']],
  ['12米级无人艇', '无人艇', ['12米级']],
  ['低温等离子灭菌', '低温灭菌', ['等离子']],
  // Particles, numbers and words that say nothing are not shown.
  ['水下机器人之定位', '水下机器', ['定位', '机器人']],
  ['热泵运行三个月以上', '热泵', []],
  ['装机300以上', '装机', []],
  // Nor are units cut from their numbers, words from their ends, or one word with the next.
  ['光热电站570℃熔盐', '熔盐', ['光热电站']],
  ['10MW以上海上风电轮毂', '风电轮毂', ['10MW', '海上']],
  ['III型70MPa储氢瓶', 'III型储氢瓶', ['70MPa']],
  ['低盐低碱短流程', '印染短流程', ['低盐低碱']],
  ['电主轴用角接触轴承', '电主轴滚子轴承', ['角接触']],
  ['药用玻璃管一次拉管', '药用玻璃拉管', ['玻璃管']],
  ['轴承国产替代', '轴承', []],
  ['熔盐泵国产化', '换热器', ['熔盐泵']],
  // As it was written.
  ['LCP薄膜', '铜箔', ['LCP薄膜']],
  ['心肌cTnI检测', '心肌检测', ['cTnI']],
  ['监测PM2.5浓度', '监测浓度', ['PM2.5']],
  ['３D打印钛合金', '铸造', ['3D打印钛合金']],
  // What the other text has, and suffixes of what it has, are not missing.
  ['高压变频器', '高压变频装置', []],
  ['传感器标定', '传感器标定', []],
])('of %s, %s does not mention %j', (asked, offered, shown) => {
  expect(uncovered(need(asked), offer(offered))).toEqual(shown);
});

test.each<[asked: string, offered: string, shown: string[]]>([
  ['高温热泵', '高温热泵样机', ['高温热泵']],
  ['高温热泵', '中低温热泵', ['热泵']],
  ['高空作业除锈', '高空作业平台', ['高空作业']],
  ['气压烧结', '低温低压烧结', ['烧结']],
  ['LCP薄膜吹塑', '一种LCP薄膜', ['LCP薄膜']],
  ['血清cTnI', '抗CTNI抗体', ['cTnI']],
  ['大气PM2.5', '采样PM2.5', ['PM2.5']],
  ['3D打印钛支架', '3D打印钛粉末', ['3D打印钛']],
  ['漏检率低于百分之三，运行三个月以上', '成本低于百分之三，完成三个月以上运行', []],
  ['传感器180', '泵180', []],
  ['三七皂苷', '三七种植', ['三七']],
  ['NB-IoT温度标签', '冷链NB-IoT温度标签', ['NB-IoT温度标签']],
  ['硫系玻璃镜片精密模压', '非球面镜片精密模压', ['精密模压']],
  ['III型瓶缠绕', 'IV型瓶滚塑', []],
])('%s and %s share %j', (asked, offered, shown) => {
  expect(sharedWords(need(asked), offer(offered))).toEqual(shown);
});

test('what stands in the indicators of the other side is mentioned', () => {
  const offered = { ...offer('辊道窑燃烧'), indicators: parseIndicators('碳排放下降≥75%') };
  expect(uncovered(need('辊道窑碳排放'), offered)).toEqual([]);
  expect(uncovered(need('辊道窑碳排放'), offer('辊道窑燃烧'))).toEqual(['碳排放']);
});

test('what is missing does not take the end of a word that the other text has', () => {
  const market = ['光伏组件隐裂检测', '热泵机组', '压铸件', '光伏组件清洗'].map((title, at) =>
    offer(title, '', `p${at}`),
  );
  const asked = need('光伏组件隐裂');
  const terms = uncoveredTerms(asked, offer('光伏组件清洗'), buildQuery(asked), new CapabilityIndex(market));
  expect(terms).toEqual(['隐裂']);
});

test('a number belongs to what it counts, not to the word before it', () => {
  const market = ['多功能机械臂控制', '热泵机组', '机械臂清洗'].map((title, at) =>
    offer(title, '', `p${at}`),
  );
  const asked = need('水下电动七功能机械臂');
  const terms = uncoveredTerms(asked, market[0]!, buildQuery(asked), new CapabilityIndex(market));
  expect(terms).toEqual(['水下电动']);
});

test('shares of terms that fall together are added', () => {
  const asked = need('高温热泵机组', [], '水源热泵');
  const terms = shared(asked, offer('高温热泵', '水源热泵机组'));
  const sum = terms.reduce((total, { share }) => total + share, 0);
  expect(sum).toBeGreaterThan(0.99);
  expect(sum).toBeLessThanOrEqual(1 + 1e-9);
});

test('words and numbers alone say nothing, words of a trade do', () => {
  for (const word of [
    '以上',
    '低于',
    '百分',
    '分之三',
    '三个月',
    '180',
    '3.5',
    'kw',
    '不低于三年',
    '国产化',
    '协同',
    '长期配套',
  ])
    expect([word, saysNothing(word)]).toEqual([word, true]);
  for (const word of ['三七', '三维', '热泵', '3d', '5g', '二次电池', '高压'])
    expect([word, saysNothing(word)]).toEqual([word, false]);
});

test('one character is no word, however it is written in memory', () => {
  expect(shared(need('季鏻盐阻燃剂'), offer('四丁基鏻离子液体'))).toEqual([]);
  expect(shared(need('季鏻盐阻燃剂'), offer('季鏻盐合成')).map(({ term }) => term)).toEqual(['季鏻盐']);
});

test('words are parts of the text in their order', () => {
  const unit = fc.constantFrom('高', '压', '水', '下', '机', '芯', '片', '上', '3', 'd', ' ', '，', '𠀀');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 80 }), (text) => {
      expect(wordsOf(text).join('')).toBe(text);
      expect(wordsOf(text)).not.toContain('');
    }),
  );
});

const UNITS = [...'高新等温压热泵无人机的之芯片上氧化Lcp3D.-， Ａ導㎏<b>'];
const text = fc.string({
  unit: fc.constantFrom(...UNITS),
  maxLength: 16,
});

test('what is said to be missing stands in the need as it is shown, and not in the capability', () => {
  fc.assert(
    fc.property(text, text, text, (title, keyword, offered) => {
      const plain = normaliseText(offered);
      for (const term of uncovered(need(title, [keyword]), offer(offered))) {
        const sources = [title, keyword].map((source) => plainText(source).normalize('NFKC'));
        expect(sources.some((source) => source.includes(term))).toBe(true);
        if (/\p{Script=Han}/u.test(term)) expect(plain).not.toContain(normaliseText(term));
        expect(saysNothing(normaliseText(term))).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
});

test('marks lie on the characters that are shown', () => {
  fc.assert(
    fc.property(text, text, text, text, (title, body, offered, more) => {
      const asked = need(title, [], body);
      const given = offer(offered, more);
      const found = shared(asked, given);
      expect(found.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
      for (const { term, needPositions, capabilityPositions } of found) {
        const first = needPositions[0]!;
        const written = first.field === 'title' ? title : body;
        expect(written.slice(first.start, first.end).normalize('NFKC')).toBe(term);
        expect(capabilityPositions.length).toBeGreaterThan(0);
        for (const { field, start, end } of capabilityPositions)
          expect(normaliseText((field === 'title' ? offered : more).slice(start, end))).toBe(
            normaliseText(term),
          );
      }
    }),
    { numRuns: 1000 },
  );
});

test('a single character is no missing word, though it takes two code units', () => {
  // 鏻 is 𬭸 in simplified script.
  const asked = need('鏻，阻燃');
  expect(uncoveredTerms(asked, offer('海藻多糖'), buildQuery(asked), new CapabilityIndex([]))).toEqual([
    '阻燃',
  ]);
});
