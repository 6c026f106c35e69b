import type { CodeLookup } from './import-problem.js';
import { ignoredColumns, readImportRow } from './read-import-row.js';
import { readWorks } from './read-works.js';

const lists: Record<string, Record<string, string>> = {
  'school-stage': { 'grade-5-6': '小学5–6年级' },
  'lesson-venue': { 'at-school': '走进学校' },
  'work-kind': { paper: '论文', patent: '专利' },
  'financing-kind': { 'credit-loan': '科技信用贷款' },
};
const lookup: CodeLookup = (list, word) =>
  Object.entries(lists[list] ?? {}).find(([code, zh]) => code === word || zh === word)?.[0] ?? null;

test('what only records of a kind have is read into their facts', () => {
  const raw = {
    活动主题: '水的净化',
    活动需求: '动手过滤',
    学段: '小学5–6年级',
    学生人数: '44',
    活动方式: '走进学校',
  };
  expect(readImportRow('need', raw, lookup, 'outreach').record).toEqual({
    requestKind: 'outreach',
    title: '水的净化',
    problem: '动手过滤',
    facts: { grades: ['grade-5-6'], pupils: 44, venues: ['at-school'] },
  });
  expect(ignoredColumns('need', Object.keys(raw), 'outreach')).toEqual([]);
  expect(ignoredColumns('need', [...Object.keys(raw), '技术成熟度'], 'technology')).toEqual([
    ...Object.keys(raw),
    '技术成熟度',
  ]);
});

test('a financing need is read with its amount, and wrong codes are named', () => {
  const raw = { 融资需求名称: '周转', '融资金额上限（万元）': '500', 融资方式: '高利贷' };
  const row = readImportRow('need', raw, lookup, 'financing');
  expect(row.record).toEqual({ requestKind: 'financing', title: '周转', budgetMaxWan: 500 });
  expect(row.problems).toEqual([{ field: 'facts.financingKinds', code: 'unknown-code', value: '高利贷' }]);
});

test('works are read from columns of their own or from a list', () => {
  const columns = { 姓名: '毛临风', 代表作: '浑水定位', 代表作类型: '专利', 代表作年份: '2022年' };
  expect(readWorks(columns, lookup).works).toEqual([
    { kind: 'patent', title: '浑水定位', abstract: null, year: 2022 },
  ]);
  const list = {
    title: '毛临风',
    works: [{ title: 'a', year: 2020 }, { kind: '传说', title: 'b' }, { abstract: 'c' }],
  };
  expect(readWorks(list, lookup)).toEqual({
    works: [{ kind: 'paper', title: 'a', abstract: null, year: 2020 }],
    problems: [
      { field: 'works', code: 'unknown-code', value: '传说' },
      { field: 'works', code: 'title-missing', value: 'c' },
    ],
  });
  expect(readWorks({ 姓名: '毛临风', abstract: '专家简介' }, lookup)).toEqual({ works: [], problems: [] });
});
