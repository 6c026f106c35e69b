import fc from 'fast-check';
import { buildSlots } from './build-slots.js';

const MINUTE = 60_000;
const minutes = (slots: ReturnType<typeof buildSlots>) =>
  slots.map(({ id, start, end }) => [id, start / MINUTE, end / MINUTE]);

test('slots with pauses around lunch', () => {
  const slots = buildSlots({
    start: 0,
    end: 120 * MINUTE,
    minutesPerSlot: 20,
    pauseMinutes: 5,
    breaks: [{ start: 40 * MINUTE, end: 70 * MINUTE }],
  });
  expect(minutes(slots)).toEqual([
    ['s01', 0, 20],
    ['s02', 70, 90],
    ['s03', 95, 115],
  ]);
});

test('a window shorter than a slot has none', () => {
  expect(buildSlots({ start: 0, end: 19 * MINUTE, minutesPerSlot: 20, pauseMinutes: 0, breaks: [] })).toEqual(
    [],
  );
});

test.each([
  [0, 0],
  [-5, 0],
  [NaN, 0],
  [20, -1],
  [0.01, 0],
])('%d minutes with %d pause are refused', (minutesPerSlot, pauseMinutes) => {
  const window = { start: 0, end: 60 * MINUTE, minutesPerSlot, pauseMinutes, breaks: [] };
  expect(() => buildSlots(window)).toThrow(RangeError);
});

test('slots lie in the window, keep their distance and leave breaks alone', () => {
  const span = fc.tuple(fc.nat({ max: 300 }), fc.nat({ max: 60 }));
  fc.assert(
    fc.property(
      fc.nat({ max: 300 }),
      fc.integer({ min: 1, max: 60 }),
      fc.nat({ max: 15 }),
      fc.array(span, { maxLength: 4 }),
      (length, minutesPerSlot, pauseMinutes, spans) => {
        const breaks = spans.map(([start, size]) => ({
          start: start * MINUTE,
          end: (start + size) * MINUTE,
        }));
        const slots = buildSlots({ start: 0, end: length * MINUTE, minutesPerSlot, pauseMinutes, breaks });
        slots.forEach((slot, i) => {
          const earliest = i === 0 ? 0 : (slots[i - 1]?.end ?? 0) + pauseMinutes * MINUTE;
          const inBreak = breaks.some(
            (rest) => rest.end > rest.start && rest.start < slot.end && slot.start < rest.end,
          );
          expect([slot.end - slot.start, inBreak]).toEqual([minutesPerSlot * MINUTE, false]);
          // After a break the pause has already happened.
          const afterBreak = breaks.some((rest) => rest.end === slot.start);
          expect(slot.start >= earliest || afterBreak).toBe(true);
          expect(slot.end <= length * MINUTE).toBe(true);
        });
      },
    ),
  );
});
