import fc from 'fast-check';
import { attachmentHeader, evidenceFileName, evidenceTypeFits } from './evidence-file.js';

test('the extension has to say what the bytes are', () => {
  expect(evidenceTypeFits('a.pdf', 'pdf')).toBe(true);
  expect(evidenceTypeFits('a.b.JPEG', 'jpg')).toBe(true);
  expect(evidenceTypeFits('a.png', 'jpg')).toBe(false);
  expect(evidenceTypeFits('a.zip', 'zip')).toBe(false);
  expect(evidenceTypeFits('pdf', 'pdf')).toBe(false);
  expect(evidenceTypeFits('a.constructor', 'constructor')).toBe(false);
  expect(evidenceTypeFits('a.pdf', null)).toBe(false);
});

test('names lose paths, control and direction characters, and keep their extension when cut', () => {
  expect(evidenceFileName('../../etc/合同.pdf')).toBe('合同.pdf');
  expect(evidenceFileName('C:\\x\\a.pdf')).toBe('a.pdf');
  expect(evidenceFileName('a\u202Efdp.exe\r\n')).toBe('afdp.exe');
  expect(evidenceFileName('/')).toBe('file');
  const long = evidenceFileName(`${'长'.repeat(300)}.docx`);
  expect([[...long].length, long.endsWith('长.docx')]).toEqual([160, true]);
});

test('any name gives a header of printable ASCII from which the name comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (given) => {
      const name = evidenceFileName(given.toWellFormed());
      const header = attachmentHeader(name);
      expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%._~!-]*$/);
      expect(decodeURIComponent(header.split("UTF-8''")[1]!)).toBe(name);
    }),
  );
});
