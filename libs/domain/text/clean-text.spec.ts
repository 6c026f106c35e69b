import { manyLines, oneLine, storableJson } from './clean-text.js';

test('a line has no line ends and no control characters', () => {
  expect(oneLine('海洋\u0000论坛')).toBe('海洋论坛');
  expect(oneLine('海洋\r\n论坛\t2026\u007f')).toBe('海洋 论坛 2026');
  expect(oneLine('👍 \ud83d')).toBe('👍 \ufffd');
});

test('a text keeps its lines and tabs', () => {
  expect(manyLines('一\r\n二\r三\n\t四\u0000\u001b[31m')).toBe('一\n二\n三\n\t四[31m');
});

test('JSON keeps everything but what cannot be stored', () => {
  const body = Buffer.from('\u0000');
  const value = { 'a\u0000': ['\u0000b', { c: '\ud800' }], n: 1, none: null, body };
  expect(storableJson(value)).toEqual({ a: ['b', { c: '\ufffd' }], n: 1, none: null, body });
});
