import fc from 'fast-check';
import { attachmentHeader, fileName, uploadedFileName } from './file-name.js';

test.each([
  ['../../etc/合同.pdf', '合同.pdf'],
  ['C:\\x\\a.pdf', 'a.pdf'],
  ['a\u202Efdp.exe\r\n', 'afdp.exe'],
  ['\u2066合同\u2069\u200F.pdf', '合同.pdf'],
  ['第一行\r\n第二行\u2028第三行.csv', '第一行 第二行 第三行.csv'],
  ['a\0b\u0007\u009F"c".pdf', 'abc.pdf'],
  ['..htaccess.pdf', 'htaccess.pdf'],
  ['. . .pdf', 'file.pdf'],
  ['合同\n.pdf. . ', '合同.pdf'],
  ['cafe\u0301.pdf', 'café.pdf'],
  ['\uD800.xlsx', 'file.xlsx'],
  ['..', 'file'],
  ['/', 'file'],
])('%j is offered as %j', (given, name) => {
  expect(uploadedFileName(given)).toBe(name);
});

test('titles keep what stands around a slash; long names keep their extension and fit a file system', () => {
  expect(fileName('产学研 2026/27 对接会.xlsx')).toBe('产学研 2026-27 对接会.xlsx');
  const chinese = fileName(`${'长'.repeat(300)}.docx`);
  const latin = fileName(`${'x'.repeat(300)}.docx`);
  expect([[...chinese].length, chinese.endsWith('长.docx'), latin.length]).toEqual([83, true, 160]);
});

test('any name is of one line, cleaned once for all, and comes back from a header of printable ASCII', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1 }),
    fc.constantFrom('.', ' ', '/', '\\', '"', '\r\n', '\u202E', '\u0301', '\uD800', '长', 'pdf'),
  );
  const given = fc.array(unit, { maxLength: 200 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(given, (text) => {
      const name = fileName(text);
      expect(name).not.toMatch(/[\p{C}\p{Zl}\p{Zp}"/\\]|^[. ]|[. ]$|^$/u);
      expect([fileName(name), [...name].length <= 160, Buffer.byteLength(name) <= 240]).toEqual([
        name,
        true,
        true,
      ]);
      const header = attachmentHeader(name);
      expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%._~!-]*$/);
      expect(decodeURIComponent(header.split("UTF-8''")[1]!)).toBe(name);
    }),
  );
});
