import { fieldProblems, wordFieldProblem } from './field-problems.js';

test('a code becomes the sentence of the reader, anything else stays', () => {
  const problem = { field: 'title', message: 'field.required' };
  expect(wordFieldProblem(problem, 'zh')).toEqual({
    field: 'title',
    code: 'field.required',
    message: '此项必填',
  });
  expect(wordFieldProblem(problem, 'en').message).toBe('This is required');
  expect(wordFieldProblem({ field: 'a', message: 'toString' }, 'en')).toEqual({
    field: 'a',
    message: 'toString',
  });
});

test('every sentence keeps to its language', () => {
  const mixed = Object.entries(fieldProblems).filter(
    ([, { zh, en }]) => /\p{Script=Han}/u.test(en) || !/\p{Script=Han}/u.test(zh),
  );
  expect(mixed).toEqual([]);
});
