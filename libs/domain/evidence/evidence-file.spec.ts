import { evidenceTypeFits } from './evidence-file.js';

test('the extension has to say what the bytes are', () => {
  expect(evidenceTypeFits('a.pdf', 'pdf')).toBe(true);
  expect(evidenceTypeFits('a.b.JPEG', 'jpg')).toBe(true);
  expect(evidenceTypeFits('a.png', 'jpg')).toBe(false);
  expect(evidenceTypeFits('a.zip', 'zip')).toBe(false);
  expect(evidenceTypeFits('pdf', 'pdf')).toBe(false);
  expect(evidenceTypeFits('a.constructor', 'constructor')).toBe(false);
  expect(evidenceTypeFits('a.pdf', null)).toBe(false);
});
