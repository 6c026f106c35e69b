import fc from 'fast-check';
import { checkInRefusal, checkInWindow } from './check-in-window.js';

/** 14:00 to 17:30 in Shanghai. */
const afternoon = {
  startsAt: new Date('2026-11-22T06:00:00Z'),
  endsAt: new Date('2026-11-22T09:30:00Z'),
};

test.each([
  ['2026-11-01T06:00:00.000Z', 'too-early'],
  ['2026-11-21T23:59:59.999Z', 'too-early'],
  ['2026-11-22T00:00:00.000Z', null],
  ['2026-11-22T09:30:00.000Z', null],
  ['2026-11-23T03:59:59.999Z', null],
  ['2026-11-23T04:00:00.000Z', 'too-late'],
  ['2026-12-22T04:00:00.000Z', 'too-late'],
] as const)('an afternoon, at %s: %s', (now, refusal) => {
  expect(checkInRefusal(afternoon, new Date(now))).toBe(refusal);
});

test('an event that ends at midnight ends on the day before', () => {
  const evening = { ...afternoon, endsAt: new Date('2026-11-22T16:00:00Z') };
  expect(checkInWindow(evening).closesAt).toEqual(checkInWindow(afternoon).closesAt);
});

const instant = (from: number) => fc.integer({ min: from, max: from + 5e10 });

test('an event can be checked in to while it takes place, and the window has one beginning and one end', () => {
  fc.assert(
    fc.property(
      instant(1.7e12),
      fc.integer({ min: 1, max: 1e9 }),
      instant(1.69e12),
      (start, length, moment) => {
        const event = { startsAt: new Date(start), endsAt: new Date(start + length) };
        const { opensAt, closesAt } = checkInWindow(event);
        expect(opensAt.getTime() < start && start + length < closesAt.getTime()).toBe(true);
        expect(checkInRefusal(event, new Date(start + length))).toBe(null);
        const early = moment < opensAt.getTime();
        const open = moment >= opensAt.getTime() && moment < closesAt.getTime();
        expect(checkInRefusal(event, new Date(moment))).toBe(early ? 'too-early' : open ? null : 'too-late');
      },
    ),
  );
});
