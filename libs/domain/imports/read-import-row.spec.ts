import fc from 'fast-check';
import type { CodeLookup } from './import-problem.js';
import { readImportRow } from './read-import-row.js';

const lists: Record<string, Record<string, string>> = {
  'need-kind': { rd: '技术研发', 'process-improvement': '工艺改进' },
  'solve-mode': { commissioned: '委托研发', joint: '合作研发' },
  'technology-field': { '04': '新材料', '04.02': '高分子材料' },
};
const lookup: CodeLookup = (list, word) => {
  const items = Object.entries(lists[list] ?? {});
  return items.find(([code, zh]) => code === word || zh === word)?.[0] ?? null;
};

test('a full row is read by Chinese column names and words of code lists', () => {
  const row = readImportRow(
    'need',
    {
      ' 需求编号* ': 'X-1',
      技术需求名称: ' 水下定位 ',
      主要问题: '浑水',
      关键字: '水下；定位，导航',
      需求类型: '技术研发',
      合作模式: '委托研发、合作研发',
      技术领域: '高分子材料',
      '拟投入资金下限（万元）': '1,200万元',
      期望成熟度: '7级',
      需求截止日期: '2026年3月1日',
      经费面议: '否',
      机构全称: '某公司',
    },
    lookup,
  );
  expect(row).toEqual({
    externalNo: 'X-1',
    organisation: '某公司',
    record: {
      title: '水下定位',
      problem: '浑水',
      keywords: ['水下', '定位', '导航'],
      needKind: 'rd',
      solveModes: ['commissioned', 'joint'],
      fields: ['04.02'],
      budgetMinWan: 1200,
      targetTrl: 7,
      periodEnd: '2026-03-01',
      budgetNegotiable: false,
    },
    problems: [],
  });
});

test('a row with only id, title and content is good', () => {
  expect(readImportRow('need', { id: 'N1', title: '标题', content: '内容' }, lookup)).toEqual({
    externalNo: 'N1',
    organisation: null,
    record: { title: '标题', problem: '内容' },
    problems: [],
  });
});

test('every wrong cell is named, and nothing of it is stored', () => {
  const row = readImportRow(
    'need',
    {
      需求类型: '魔法',
      拟投入资金总额: '很多',
      需求截止日期: '2026-02-30',
      经费面议: '也许',
      主要问题: '机密★ 十年',
    },
    lookup,
  );
  expect(row.problems).toEqual([
    { field: 'needKind', code: 'unknown-code', value: '魔法' },
    { field: 'budgetMaxWan', code: 'not-a-number', value: '很多' },
    { field: 'budgetNegotiable', code: 'not-a-flag', value: '也许' },
    { field: 'periodEnd', code: 'not-a-day', value: '2026-02-30' },
    { field: 'title', code: 'title-missing', value: null },
    { field: 'classified', code: 'classified', value: null },
  ]);
  expect(row.record).toEqual({ problem: '机密★ 十年' });
});

test('limits out of order are a problem', () => {
  const row = readImportRow('capability', { title: 'a', priceMinWan: 9, priceMaxWan: 3 }, lookup);
  expect(row.problems).toEqual([{ field: 'priceMaxWan', code: 'order', value: '9 > 3' }]);
});

test('no row makes it throw, and the same row gives the same result', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (raw) => {
      expect(readImportRow('need', raw, lookup)).toEqual(readImportRow('need', raw, lookup));
    }),
  );
});
