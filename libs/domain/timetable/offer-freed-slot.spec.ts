import fc from 'fast-check';
import { buildTimetable } from './build-timetable.js';
import { describeTimetable } from './describe-timetable.js';
import { offerFreedSlot } from './offer-freed-slot.js';
import type { TimetableInput } from './timetable.js';
import { verifyTimetable } from './verify-timetable.js';

const HOUR = 3_600_000;
const meeting = (id: string, a: string, b: string, priority = 0) => ({
  id,
  participantIds: [a, b],
  priority,
});
const event = (meetings: TimetableInput['meetings']): TimetableInput => ({
  slots: [0, 1, 2].map((s) => ({ id: `s${s}`, start: s * HOUR, end: (s + 1) * HOUR })),
  tables: [{ id: 't0', label: '1' }],
  participants: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id, unavailable: [] })),
  meetings,
  seed: 1,
});
const at = (meetingId: string, slotId: string) => ({ meetingId, slotId, tableId: 't0' });

test('who waits for a place is asked before who would come forward', () => {
  const input = event([
    meeting('1', 'a', 'b'),
    meeting('2', 'a', 'c'),
    meeting('3', 'd', 'e'),
    meeting('4', 'd', 'f', 5),
    meeting('5', 'b', 'f', 9),
  ]);
  const placements = [at('1', 's0'), at('2', 's1'), at('3', 's2')];
  expect(offerFreedSlot(input, placements, '2', new Set(['3', '4']))).toEqual([
    { meetingId: '4', slotId: 's1', tableId: 't0', from: null, breaks: 0 },
    { meetingId: '3', slotId: 's1', tableId: 't0', from: { slotId: 's2', tableId: 't0' }, breaks: 0 },
  ]);
});

test('an offer that is accepted breaks no rule', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 })), { minLength: 2, maxLength: 8 }),
      fc.nat({ max: 7 }),
      (pairs, which) => {
        const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
        const input = event(
          pairs.filter(([a, b]) => a !== b).map(([a, b], m) => meeting(`m${m}`, ids[a] ?? '', ids[b] ?? '')),
        );
        const { placements } = buildTimetable(input);
        const gone = placements[which % Math.max(1, placements.length)]?.meetingId ?? '';
        const all = new Set(input.meetings.map(({ id }) => id));
        for (const offer of offerFreedSlot(input, placements, gone, all)) {
          const left = placements.filter(
            ({ meetingId }) => meetingId !== gone && meetingId !== offer.meetingId,
          );
          const slots = new Map(
            [...left, offer].map(({ meetingId, slotId }) => [meetingId, Number(slotId.slice(1))]),
          );
          const slotOf = input.meetings.map(({ id }) => slots.get(id) ?? -1);
          const timetable = describeTimetable(
            input,
            slotOf,
            slotOf.map((slot) => (slot < 0 ? -1 : 0)),
          );
          const rules = verifyTimetable(input, timetable).map(({ rule }) => rule);
          // The place it came from, and the meeting that does not take place, may leave room for others.
          expect(rules.filter((rule) => rule !== 'placeable-left-out')).toEqual([]);
        }
      },
    ),
  );
});
