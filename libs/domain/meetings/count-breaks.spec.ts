import fc from 'fast-check';
import { countBreaks } from './count-breaks.js';

test('a run of idle slots between two meetings is one break, however long', () => {
  expect(countBreaks([])).toBe(0);
  expect(countBreaks([4])).toBe(0);
  expect(countBreaks([2, 1, 3])).toBe(0);
  expect(countBreaks([0, 5, 1])).toBe(1);
  expect(countBreaks([0, 2, 4])).toBe(2);
});

test('it counts what the pattern of the day shows', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 20 }), (day) => {
      const pattern = day.map((busy) => (busy ? 'x' : '.')).join('');
      const busy = day.flatMap((taken, slot) => (taken ? [slot] : []));
      expect(countBreaks(busy)).toBe(pattern.match(/x\.+(?=x)/g)?.length ?? 0);
    }),
  );
});
