import { amountProblems, dealNumber, paymentProblems, signingProblems } from './deal-facts.js';

const fields = (problems: readonly { field: string }[]) => problems.map((problem) => problem.field);

test('the technology amount is at most the contract amount, to the fen', () => {
  expect(amountProblems({ contractAmount: '100.10', technologyAmount: '100.1' })).toEqual([]);
  expect(fields(amountProblems({ contractAmount: '100.10', technologyAmount: '100.11' }))).toEqual([
    'technologyAmount',
  ]);
  expect(fields(amountProblems({ contractAmount: '0.00', technologyAmount: '0' }))).toEqual([
    'contractAmount',
  ]);
  // Beyond the integers that a float holds.
  expect(
    fields(
      amountProblems({ contractAmount: '9007199254740993.00', technologyAmount: '9007199254740993.01' }),
    ),
  ).toEqual(['technologyAmount']);
});

test('a contract is signed today at the latest', () => {
  const amounts = { contractAmount: '1', technologyAmount: '1' };
  expect(signingProblems({ ...amounts, signedOn: '2026-06-30' }, '2026-06-30')).toEqual([]);
  expect(fields(signingProblems({ ...amounts, signedOn: '2026-07-01' }, '2026-06-30'))).toEqual(['signedOn']);
  expect(fields(signingProblems({ ...amounts, signedOn: '1999-12-31' }, '2026-06-30'))).toEqual(['signedOn']);
});

test('a payment is above zero', () => {
  expect(paymentProblems('0.01')).toEqual([]);
  expect(fields(paymentProblems('0.00'))).toEqual(['paidAmount']);
});

test('numbers of deals', () => {
  expect([dealNumber(2026, 7), dealNumber(2026, 12345)]).toEqual(['D2026-0007', 'D2026-12345']);
});
