import fc from 'fast-check';
import { DECLINE_LEVELS, feedbackGrade, type SideAnswer } from './feedback-strength.js';

const none: SideAnswer = { answer: 'none', reason: null };
const interested: SideAnswer = { answer: 'interested', reason: null };
const declined = (reason: string): SideAnswer => ({ answer: 'declined', reason });
const grade = (need: SideAnswer, capability: SideAnswer, met = false, signed = false) =>
  feedbackGrade({ need, capability, met, signed });

test('answers become grades by what they say of the pair', () => {
  expect(grade(none, none)).toBeNull();
  expect(grade({ answer: 'later', reason: null }, none)).toBeNull();
  expect(grade(interested, none)).toEqual({ level: 3, source: 'interested' });
  expect(grade(interested, interested)).toEqual({ level: 4, source: 'mutual' });
  expect(grade(interested, interested, true)).toEqual({ level: 4, source: 'met' });
  expect(grade(interested, interested, true, true)).toEqual({ level: 4, source: 'signed' });
  expect(grade(declined('field-mismatch'), none)).toEqual({ level: 1, source: 'declined' });
  expect(grade(interested, declined('indicator-unmet'))).toEqual({ level: 2, source: 'declined' });
  expect(grade(declined('capacity'), none)).toBeNull();
  expect(grade(interested, declined('timing'))).toEqual({ level: 3, source: 'declined' });
  expect(grade(declined('in-contact'), none)).toEqual({ level: 3, source: 'declined' });
});

const side = fc.oneof(
  fc
    .constantFrom<SideAnswer['answer']>('none', 'interested', 'later')
    .map((answer) => ({ answer, reason: null })),
  fc.constantFrom(...Object.keys(DECLINE_LEVELS)).map(declined),
);

test('a grade does not depend on which side said what, and interest never lowers it', () => {
  fc.assert(
    fc.property(side, side, fc.boolean(), (a, b, met) => {
      expect(grade(a, b, met)).toEqual(grade(b, a, met));
      const before = grade(none, b, met);
      const after = grade(interested, b, met);
      if (before !== null) expect(after!.level).toBeGreaterThanOrEqual(before.level);
    }),
  );
});
