import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { buildQuery } from '#libs/domain/matching/build-query.js';
import { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import type { MatchCapability, MatchNeed } from '#libs/domain/matching/match-types.js';
import { readNeedWords, sharedTerms } from '#libs/domain/matching/shared-terms.js';
import { longestShared, surroundingsIn, trimToWords } from '#libs/domain/matching/whole-words.js';

const stated = {
  version: 1,
  organisationId: null,
  fields: [],
  regionCode: null,
  trlScheme: null,
  indicators: [],
};
const offer = (id: string, title: string, text = '', keywords: readonly string[] = []): MatchCapability => ({
  ...stated,
  id,
  title,
  text,
  keywords,
  trl: null,
  transferModes: [],
});
const need = (title: string, body = ''): MatchNeed => ({
  ...stated,
  id: 'n',
  title,
  body,
  keywords: [],
  targetTrl: null,
  solveModes: [],
  expiresAt: null,
});

/** The capabilities written for the gate and for training: what a market's texts look like. */
const CORPUS = ['gate', 'training'].flatMap((set) =>
  readFileSync(path.resolve(import.meta.dirname, `../relevance/${set}/capabilities.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; title: string; content?: string; keywords?: string[] })
    .map(({ id, title, content, keywords }) => offer(id, title, content, keywords)),
);

const CASES: [asked: string, offered: string, shown: string[]][] = [
  // Ends of other words go.
  ['姿态角度保持', '腔体温度保持', ['保持']],
  ['浓度检测仪表', '长度检测夹具', ['检测']],
  ['废气净化塔', '油气净化器', ['净化']],
  ['数据采集终端', '根据采集频率', ['采集']],
  ['水下机器人', '水下机械手', ['水下']],
  ['稳定性测试', '可靠性测试', ['测试']],
  ['传感器安装', '滤波器安装', ['安装']],
  ['石墨烯电池', '石墨电极', ['石墨']],
  ['污水处理', '废水处理', ['处理']],
  ['变压器绝缘', '压缩机绝缘', ['绝缘']],
  ['电机控制器', '电机控温', ['电机']],
  ['图像识别', '视频图像压缩', ['图像']],
  // Whole words stay, however long.
  ['水下机器人导航', '观察级水下机器人', ['水下机器人']],
  ['聚丙烯改性', '耐辐照聚丙烯', ['聚丙烯']],
  ['对虾白斑病检测', '对虾白斑病试剂', ['对虾白斑病']],
  ['膜生物反应器污堵', '厌氧膜生物反应器', ['膜生物反应器']],
  ['局部放电监测', '开关柜局部放电', ['局部放电']],
  ['锂电池回收', '退役锂电池', ['锂电池']],
  ['海缆埋深', '海缆路由', ['海缆']],
  ['铌酸锂薄膜', '铌酸锂晶体', ['铌酸锂']],
  ['絮凝药剂', '絮凝沉淀', ['絮凝']],
  // Words that begin with a character left out of queries, or with a particle, stay words.
  ['高温合金铸件', '耐高温合金涂层', ['高温合金']],
  ['耐高温合金叶片', '低温合金容器', ['合金']],
  ['低温等离子体清洗', '等离子体刻蚀', ['等离子体']],
  ['扭矩在线监测', '弧垂在线监测', ['在线监测']],
  ['固定在水下', '安装在水下', ['水下']],
  // A word that begins inside another shared piece is found.
  ['膜电极与电解槽', '膜电解槽', ['电解槽']],
  // Nothing of a word is not shown.
  ['角度', '温度', []],
  ['节能低碳', '性能低温', []],
];

/** A market of the corpus and all that is offered here. */
const index = new CapabilityIndex([...CORPUS, ...CASES.map(([, offered], at) => offer(`own${at}`, offered))]);

function shown(asked: string, offered: string): string[] {
  const subject = need(asked);
  return sharedTerms(readNeedWords(subject), offer('own', offered), buildQuery(subject), index)
    .map(({ term }) => term)
    .sort();
}

test.each(CASES)('of %s and %s, %j', (asked, offered, expected) => {
  expect(shown(asked, offered)).toEqual(expected);
});

test('surroundings are the neighbours in the same line', () => {
  expect(surroundingsIn('甲水乙\n水丙 水', '水')).toEqual([
    { before: '甲', after: '乙' },
    { before: '', after: '丙' },
    { before: '', after: '' },
  ]);
});

const letters = fc.string({
  unit: fc.constantFrom('水', '下', '机', '器', '温', '度', '保', '持'),
  minLength: 2,
  maxLength: 8,
});
const edge = fc.constantFrom('', '水', '高', '度');

test('shared stretches stand in both texts, none inside another place of the one before, and none is overlooked', () => {
  fc.assert(
    fc.property(letters, letters, (run, text) => {
      const found = longestShared(run, text, index);
      let from = 0;
      let reached = 0;
      for (const piece of found) {
        expect(piece.length).toBeGreaterThanOrEqual(2);
        expect(text.includes(piece)).toBe(true);
        // A piece may stand inside the one before as well; there is a place where it reaches beyond.
        const at = run.indexOf(piece, Math.max(from, reached - piece.length + 1));
        expect(at).toBeGreaterThanOrEqual(from);
        [from, reached] = [at + 1, at + piece.length];
      }
      const starts = Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
      expect(found.length > 0).toBe(starts.some((pair) => text.includes(pair)));
    }),
    { numRuns: 10_000, examples: [['保机持机持', '保机持']] },
  );
});

test('a shown term stands in both texts as it is shown, whatever was cut or added', () => {
  const char = fc.constantFrom(
    '高',
    '新',
    '等',
    '温',
    '合',
    '金',
    '离',
    '子',
    '体',
    '在',
    '线',
    '监',
    '测',
    '的',
    '，',
  );
  const phrase = fc.string({ unit: char, minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(phrase, phrase, (asked, offered) => {
      for (const term of shown(asked, offered)) {
        expect(asked.includes(term) && offered.includes(term)).toBe(true);
        expect(term.length).toBeGreaterThanOrEqual(2);
      }
    }),
  );
});

test('what is left is one stretch of the piece; at the edges of both texts all of it is', () => {
  fc.assert(
    fc.property(
      letters,
      fc.array(fc.record({ before: edge, after: edge }), { minLength: 1, maxLength: 3 }),
      (piece, around) => {
        const left = trimToWords(piece, around, index);
        expect(piece.includes(left)).toBe(true);
        expect(left.length).toBeGreaterThanOrEqual(1);
        expect(trimToWords(piece, [...around, { before: '', after: '' }], index)).toBe(piece);
        expect(trimToWords(piece, around, { idf: () => 1 })).toBe(piece);
      },
    ),
  );
});
