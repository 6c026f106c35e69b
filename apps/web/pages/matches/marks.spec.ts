import { joinMarks, marksOf, passagesOf } from './marks.js';

test('marks that touch become one, and what lies outside of the text is left out', () => {
  const marks = [
    { start: 4, end: 6 },
    { start: 0, end: 2 },
    { start: 2, end: 3 },
    { start: 9, end: 12 },
    { start: 5, end: 5 },
  ];
  expect(joinMarks(marks, 10)).toEqual([
    { start: 0, end: 3 },
    { start: 4, end: 6 },
  ]);
});

test('words are found in either case', () => {
  expect(marksOf('DVL 与 dvl 测速', ['dvl', '测速', ''])).toEqual([
    { start: 0, end: 3 },
    { start: 6, end: 9 },
    { start: 10, end: 12 },
  ]);
});

test('passages keep to their line and to the characters around the marks', () => {
  const text = '一二三四五六七八九十\n甲乙丙丁';
  const marks = [
    { start: 4, end: 6 },
    { start: 13, end: 14 },
  ];
  expect(passagesOf(text, marks, 2)).toEqual([
    { text: '三四五六七八', marks: [{ start: 2, end: 4 }], cutBefore: true, cutAfter: true },
    { text: '甲乙丙丁', marks: [{ start: 2, end: 3 }], cutBefore: false, cutAfter: false },
  ]);
});

test('passages near each other are one', () => {
  const marks = [
    { start: 0, end: 2 },
    { start: 3, end: 5 },
  ];
  expect(passagesOf('水下机器人定位', marks, 1)).toEqual([
    {
      text: '水下机器人定',
      marks: [
        { start: 0, end: 2 },
        { start: 3, end: 5 },
      ],
      cutBefore: false,
      cutAfter: true,
    },
  ]);
});
