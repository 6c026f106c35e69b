import { formatCount, inHundredMillions } from './count-units.js';

test.each<[number, Parameters<typeof formatCount>[1], string, string]>([
  [12, 'session', '12 场', '12 sessions'],
  [1, 'session', '1 场', '1 session'],
  [0, 'item', '0 项', '0 items'],
  [1234, 'person-time', '1,234 人次', '1,234 attendances'],
  [1234567, 'organisation-time', '1,234,567 家次', '1,234,567 organisation visits'],
  [1, 'person', '1 人', '1 person'],
  [999, 'organisation', '999 家', '999 organisations'],
])('%d %s', (count, unit, zh, en) => {
  expect([formatCount(count, unit, 'zh-CN'), formatCount(count, unit, 'en')]).toEqual([zh, en]);
});

test.each([
  ['85000000.00', '0.85'],
  ['3620000000', '36.20'],
  ['499999.99', '0.00'],
  ['500000', '0.01'],
  ['-500000', '-0.01'],
])('%s yuan are %s hundred million', (amount, text) => {
  expect(inHundredMillions(amount)).toBe(text);
});
