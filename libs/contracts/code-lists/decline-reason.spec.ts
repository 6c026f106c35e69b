import { DECLINE_LEVELS } from '#libs/domain/matching/feedback-strength.js';
import declineReason from './decline-reason.json' with { type: 'json' };

test('the matcher knows how much each reason says of a pair, and knows no others', () => {
  expect(Object.keys(DECLINE_LEVELS).sort()).toEqual(declineReason.items.map((item) => item.code).sort());
});
