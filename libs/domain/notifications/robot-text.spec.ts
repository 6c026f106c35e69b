import fc from 'fast-check';
import { cutToOctets, mergeMessages, plainForRobots } from './robot-text.js';

const octets = (text: string) => new TextEncoder().encode(text).length;

test.each([
  ['@所有人 开会', '＠所有人 开会'],
  ['<at user_id="all">所有人</at>', '＜at user＿id="all"＞所有人＜/at＞'],
  ['<@all>', '＜＠all＞'],
  ['[点此](https://evil.example)', '［点此］（https：／／evil.example）'],
  ['<font color="warning">急</font>', '＜font color="warning"＞急＜/font＞'],
  ['a\r\n# b\u202Ec', 'a ＃ b c'],
  ['普通文字，不变。', '普通文字，不变。'],
])('%j is said as %j', (text, said) => {
  expect(plainForRobots(text)).toBe(said);
});

test('nothing that a robot would obey is left of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const said = plainForRobots(text);
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      return !/[@<>[\]()*_`#~|!\\\u0000-\u001f]|:\/\//.test(said) && plainForRobots(said) === said;
    }),
  );
});

test('cut between characters', () => {
  expect(cutToOctets('海洋', 6)).toBe('海洋');
  expect(cutToOctets('海洋装', 8)).toBe('海…');
  expect(cutToOctets('a😀b', 5)).toBe('a…');
});

const more = (count: number) => `另有 ${count} 条`;

test('messages are put together, each once, and the rest is counted', () => {
  expect(mergeMessages(['甲', '乙', '甲'], 100, more)).toBe('甲\n\n乙');
  expect(mergeMessages(['aaaa', 'bbbb', 'cccc', 'dddd'], 23, more)).toBe('aaaa\n\n另有 3 条');
});

test('never longer than allowed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 64, max: 400 }),
      (messages, max) => octets(mergeMessages(messages, max, more)) <= max,
    ),
  );
});
