import { checkPassword } from './check-password.js';

const person = { email: 'wang.xiaoming@test.example', name: 'Wang Xiaoming Junior' };

test.each([
  ['', 'short'],
  ['123456789', 'short'],
  ['一二三四五六七八九', 'short'],
  ['1234567890', null],
  ['一二三四五六七八九十', null],
  ['wang.xiaoming@test.example', 'guessable'],
  ['WANG.XIAOMING', 'guessable'],
  ['  wang xiaoming junior ', 'guessable'],
  ['ｗａｎｇ．ｘｉａｏｍｉｎｇ', 'guessable'],
  ['aaaaaaaaaaaa', 'guessable'],
  ['          ', 'guessable'],
  ['correct horse battery', null],
])('“%s” → %s', (password, expected) => {
  expect(checkPassword(password, person)).toBe(expected);
});
