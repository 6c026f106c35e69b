import ExcelJS from 'exceljs';
import { parseImportFile } from './parse-file.js';

test('CSV in UTF-8 with BOM and in GB18030 gives the same rows', async () => {
  const utf8 = Buffer.from('\uFEFF编号,名称\n1,"水下, 机器人"\n\n2,导航\n');
  // 编号,名称 / 1,水 in GB18030
  const gb = Buffer.from([
    0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a, 0x31, 0x2c, 0xcb, 0xae, 0x0a,
  ]);
  expect(await parseImportFile('a.csv', utf8)).toEqual([
    { 编号: '1', 名称: '水下, 机器人' },
    { 编号: '2', 名称: '导航' },
  ]);
  expect(await parseImportFile('b.CSV', gb)).toEqual([{ 编号: '1', 名称: '水' }]);
});

test('XLSX: header row, numbers, dates, rich text and formulas', async () => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('需求');
  sheet.addRow(['编号', '名称', '日期', '经费']);
  sheet.addRow([
    7,
    { richText: [{ text: '水下' }, { text: '导航' }] },
    new Date('2026-03-01T00:00:00Z'),
    { formula: '1+1', result: 2 },
  ]);
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  expect(await parseImportFile('a.xlsx', bytes)).toEqual([
    { 编号: 7, 名称: '水下导航', 日期: '2026-03-01', 经费: 2 },
  ]);
});

test('JSONL: a broken line is named', async () => {
  expect(await parseImportFile('a.jsonl', Buffer.from('{"id":"1"}\n\n{"id":"2"}\n'))).toEqual([
    { id: '1' },
    { id: '2' },
  ]);
  await expect(parseImportFile('a.jsonl', Buffer.from('{"id":1}\n{"id":'))).rejects.toMatchObject({
    code: 'import.unreadable-line',
    params: { name: 'a.jsonl', format: 'JSONL', line: 2 },
  });
  await expect(parseImportFile('a.csv', Buffer.from('编号,名称\n1,"一\n2,二\n'))).rejects.toMatchObject({
    code: 'import.unreadable-line',
    params: { name: 'a.csv', format: 'CSV' },
  });
  await expect(parseImportFile('a.xlsx', Buffer.from('not a workbook'))).rejects.toMatchObject({
    code: 'import.unreadable',
    params: { name: 'a.xlsx', format: 'XLSX' },
  });
});

test('other kinds and empty files are refused', async () => {
  await expect(parseImportFile('a.pdf', Buffer.from('x'))).rejects.toMatchObject({
    code: 'import.unknown-format',
  });
  await expect(parseImportFile('a.csv', Buffer.from('编号,名称\n'))).rejects.toMatchObject({
    code: 'import.empty',
  });
});
