import fc from 'fast-check';
import { checkAnswers, type AnswerQuestion } from './check-answers.js';

const ask = (kind: AnswerQuestion['kind'], required = false): AnswerQuestion => ({
  key: 'q',
  kind,
  required,
  options: [{ value: 'a' }, { value: 'b' }],
});

test.each([
  ['text', ' hello ', 'hello'],
  ['number', 3.5, 3.5],
  ['choice', 'a', 'a'],
  ['choices', ['b', 'a', 'b'], ['b', 'a']],
  ['yesno', false, false],
] as const)('a good answer of kind %s is kept', (kind, given, kept) => {
  expect(checkAnswers([ask(kind, true)], { q: given })).toEqual({ answers: { q: kept }, problems: [] });
});

test.each([
  ['text', 5, 'field.not-text'],
  ['text', 'x'.repeat(2001), 'field.too-long'],
  ['number', '3', 'field.not-number'],
  ['number', Number.NaN, 'field.not-number'],
  ['choice', 'c', 'field.not-option'],
  ['choices', ['a', 'c'], 'field.not-option'],
  ['choices', 'a', 'field.not-option'],
  ['yesno', 'yes', 'field.not-yes-or-no'],
] as const)('a bad answer of kind %s is named: %p', (kind, given, message) => {
  expect(checkAnswers([ask(kind)], { q: given })).toEqual({
    answers: {},
    problems: [{ field: 'answers.q', message }],
  });
});

test('required answers may be left out only where that is said', () => {
  expect(checkAnswers([ask('text', true)], { q: '  ' }).problems).toEqual([
    { field: 'answers.q', message: 'field.required' },
  ]);
  expect(checkAnswers([ask('text', true)], {}, { requireAll: false }).problems).toEqual([]);
});

test('whatever is given, kept answers belong to known questions and pass again unchanged', () => {
  const questions = (['text', 'number', 'choice', 'choices', 'yesno'] as const).map((kind) => ({
    ...ask(kind),
    key: kind,
  }));
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('text', 'number', 'choice', 'choices', 'yesno', 'other', '__proto__'),
        fc.jsonValue(),
      ),
      (given) => {
        const { answers } = checkAnswers(questions, given);
        expect(Object.keys(answers).filter((key) => !questions.some((q) => q.key === key))).toEqual([]);
        expect(checkAnswers(questions, answers)).toEqual({ answers, problems: [] });
      },
    ),
  );
});
