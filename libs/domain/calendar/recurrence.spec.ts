import fc from 'fast-check';
import { occurrences, type Series } from './recurrence.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 2, 10, 6, 30);
const RULES = [
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=WEEKLY;BYDAY=SU,SA',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=WEEKLY;COUNT=9',
];
const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Lisbon',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
];

test('a span holds what the whole series has in it, however late it begins', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RULES),
      fc.constantFrom(...ZONES),
      fc.integer({ min: -10, max: 900 }),
      fc.integer({ min: 0, max: 120 }),
      (rule, timeZone, after, length) => {
        const series: Series = {
          start: new Date(START),
          timeZone,
          recurrence: { rules: [rule], additional: [], excluded: [] },
        };
        const from = new Date(START + after * DAY);
        const to = new Date(from.getTime() + length * DAY);
        const whole = occurrences(series, new Date(START), new Date(START + 1100 * DAY));
        expect(occurrences(series, from, to)).toEqual(whole.filter((one) => one >= from && one < to));
      },
    ),
    { numRuns: 60 },
  );
});

test('a hundred occurrences far away are looked for in the time of a few', () => {
  const series: Series = {
    start: new Date(START),
    timeZone: 'America/New_York',
    recurrence: { rules: ['FREQ=DAILY'], additional: [], excluded: [] },
  };
  const find = () => occurrences(series, new Date('9999-01-01'), new Date('9999-01-02'));
  const measure = (times: number) => {
    const start = performance.now();
    for (let i = 0; i < times; i++) expect(find()).toEqual([]);
    return performance.now() - start;
  };
  expect(measure(1) * 30).toBeGreaterThan(measure(100));
});

test('a rule until a date takes in that day, in the zone of the series', () => {
  for (const timeZone of ZONES) {
    const rule = { rules: ['FREQ=DAILY;UNTIL=20260313'], additional: [], excluded: [] };
    const series: Series = { start: new Date(START), timeZone, recurrence: rule };
    expect(occurrences(series, new Date(START), new Date(START + 9 * DAY))).toHaveLength(4);
  }
});
