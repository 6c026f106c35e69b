import { describeTimetable } from '#libs/domain/timetable/describe-timetable.js';
import type { SolvedTimetable } from '#libs/domain/timetable/solve-timetable.js';
import type { TimetableInput } from '#libs/domain/timetable/timetable.js';
import { chooseAnswer, joinProgress } from './choose-answer.js';
import type { SolverAnswer, SolverProgress } from './solver-messages.js';
import { SolverRace } from './solver-race.js';

const HOUR = 3_600_000;
/** One person meets two others in three hours: side by side without a gap, or with one. */
const input: TimetableInput = {
  slots: [0, 1, 2].map((s) => ({ id: `s${s}`, start: s * HOUR, end: (s + 1) * HOUR })),
  tables: [{ id: 't', label: '1' }],
  participants: ['a', 'b', 'c'].map((id) => ({ id, unavailable: [] })),
  meetings: [
    { id: 'ab', participantIds: ['a', 'b'], priority: 1 },
    { id: 'ac', participantIds: ['a', 'c'], priority: 1 },
  ],
  seed: 1,
};
const timetable = (second: number) =>
  describeTimetable(input, Int32Array.from([0, second]), Int32Array.from([0, 0]));
const [close, apart] = [timetable(1), timetable(2)];

const answer = (work: number, solved: Partial<SolvedTimetable>): SolverAnswer => ({
  work,
  solved: { status: 'gap', timetable: close, goal: 'breaks', lower: 0, upper: 1, reasons: [], ...solved },
});

test('the proof that took less work holds, the first line when equal', () => {
  const proof = (work: number) => answer(work, { status: 'optimal', upper: 0 });
  const [three, five] = [proof(3), proof(5)];
  expect(chooseAnswer(input, five, three)).toBe(three.solved);
  expect(chooseAnswer(input, three, five)).toBe(three.solved);
  const other = proof(3);
  expect(chooseAnswer(input, three, other)).toBe(three.solved);
  expect(chooseAnswer(input, answer(1, {}), five)).toBe(five.solved);
  expect(chooseAnswer(input, five, answer(1, {}))).toBe(five.solved);
});

test('without a proof the better timetable is taken with the higher bound, which may prove it', () => {
  expect([close, apart].map(({ objective }) => objective.breaks)).toEqual([0, 1]);
  const [good, bad] = [answer(9, { upper: 0, lower: null }), answer(9, { timetable: apart, lower: 0 })];
  expect(chooseAnswer(input, bad, good).timetable).toBe(close);
  expect(chooseAnswer(input, good, bad).timetable).toBe(close);
  const closer = answer(9, { timetable: apart, upper: 1, lower: 0 });
  expect(chooseAnswer(input, answer(9, { upper: 0, lower: -1 }), closer)).toMatchObject({
    status: 'optimal',
    lower: 0,
    upper: 0,
  });
  const none = answer(9, { status: 'unknown', timetable: null, lower: null, upper: null });
  expect(chooseAnswer(input, none, good)).toBe(good.solved);
  expect(chooseAnswer(input, good, none)).toBe(good.solved);
});

test('progress of the same goal is told together', () => {
  const at = (lower: number | null, upper: number | null, stage = 'breaks' as const): SolverProgress => ({
    stage,
    lower,
    upper,
    seconds: 1,
    objective: close.objective,
  });
  expect(joinProgress(at(2, 9), at(1, 5))).toEqual(at(2, 5));
  expect(joinProgress(at(2, 9), { ...at(3, null), objective: apart.objective })).toEqual({
    ...at(3, null),
    objective: apart.objective,
  });
  expect(joinProgress(at(2, 9), null)).toEqual(at(2, 9));
  expect(joinProgress(at(2, 9), { ...at(0, 0), stage: 'satisfaction' })).toEqual(at(2, 9));
});

test('a line goes on until it has done as much work as the proof ahead of it', () => {
  const race = new SolverRace();
  expect([race.isOver('steady', 1), race.isOver('hasty', 1)]).toEqual([false, false]);
  race.noteProof('hasty', 50);
  expect([49, 50, 51].map((work) => race.isOver('steady', work))).toEqual([false, false, true]);
  race.noteProof('steady', 50);
  expect([49, 50].map((work) => race.isOver('hasty', work))).toEqual([false, true]);
  const stopped = new SolverRace();
  stopped.stop();
  expect(new SolverRace(stopped.shared).isOver('steady', 1)).toBe(true);
});
