import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TimetableSolver } from '../../apps/matching-worker/timetables/timetable-solver.js';
import type { SolverProgress } from '../../apps/matching-worker/timetables/solver-messages.js';
import type { TimetableInput } from '#libs/domain/timetable/timetable.js';
import { solveTimetable } from '#libs/domain/timetable/solve-timetable.js';
import { verifyTimetable } from '#libs/domain/timetable/verify-timetable.js';

const HOUR = 3_600_000;
const ENTRY = path.resolve('dist/apps/matching-worker/timetables/solver-thread.js');

/** Everybody of the first fifth meets many others: hard enough to be at work for minutes. */
function busyEvent(people: number, meetings: number, slots: number, tables: number): TimetableInput {
  const rights = Math.round(people / 5);
  return {
    slots: Array.from({ length: slots }, (_, s) => ({ id: `s${s}`, start: s * HOUR, end: (s + 1) * HOUR })),
    tables: Array.from({ length: tables }, (_, t) => ({ id: `t${t}`, label: String(t) })),
    participants: Array.from({ length: people }, (_, p) => ({ id: `p${p}`, unavailable: [] })),
    meetings: Array.from({ length: meetings }, (_, m) => ({
      id: `m${String(m).padStart(4, '0')}`,
      participantIds: [
        `p${m % rights}`,
        `p${rights + ((m * 7 + Math.floor(m / rights)) % (people - rights))}`,
      ],
      priority: (m * 37) % 100,
    })),
    seed: 1,
  };
}

function threadedSolver(): TimetableSolver {
  const solver = new TimetableSolver();
  solver.useEntry(ENTRY);
  return solver;
}

test('this thread goes on while a timetable is solved in its own', async () => {
  const input = busyEvent(30, 60, 12, 10);
  const progress: SolverProgress[] = [];
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const solved = await threadedSolver().solve({ input, limit: 60, onProgress: (row) => progress.push(row) });
  clearInterval(timer);
  expect(solved.timetable && verifyTimetable(input, solved.timetable)).toEqual([]);
  expect([solved.status, solved.timetable?.objective.placed]).toEqual(['optimal', 60]);
  expect(progress[0]?.stage).toBe('construct');
  expect(turns).toBeGreaterThan(1);
});

test('asked to stop, it answers with the best found so far', async () => {
  const input = busyEvent(60, 500, 12, 30);
  const stopping = new AbortController();
  const solved = await threadedSolver().solve({
    input,
    limit: 600,
    onProgress: () => stopping.abort(),
    signal: stopping.signal,
  });
  expect(solved.status).toBe('gap');
  expect(solved.timetable && verifyTimetable(input, solved.timetable)).toEqual([]);
});

test('when its thread dies the timetable is constructed', async () => {
  const input = busyEvent(60, 500, 12, 30);
  const solver = threadedSolver();
  const solved = await solver.solve({ input, limit: 600, onProgress: () => void solver.killThreads() });
  expect(solved).toMatchObject({ status: 'gap', goal: 'satisfaction', reasons: [] });
  expect(solved.timetable && verifyTimetable(input, solved.timetable)).toEqual([]);
});

test('solved in two ways at once, the same input gives the same timetable', async () => {
  const input = busyEvent(30, 72, 12, 7);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'duijie-lines-'));
  const [entry, lines] = [path.join(folder, 'entry.mjs'), path.join(folder, 'lines')];
  // The real entry, which says first which line it is.
  await writeFile(
    entry,
    `import { appendFileSync } from 'node:fs';
     import { workerData } from 'node:worker_threads';
     appendFileSync(${JSON.stringify(lines)}, workerData.line + '\\n');
     await import(${JSON.stringify(pathToFileURL(ENTRY).href)});`,
  );
  const solve = () => {
    const solver = new TimetableSolver();
    solver.useEntry(entry, 100);
    return solver.solve({ input, limit: 60, onProgress: () => undefined });
  };
  const [first, second] = [await solve(), await solve()];
  expect(await readFile(lines, 'utf8')).toBe('steady\nhasty\nsteady\nhasty\n');
  await rm(folder, { recursive: true });
  expect(first.status).toBe('optimal');
  expect(second).toEqual(first);
  expect(first.timetable && verifyTimetable(input, first.timetable)).toEqual([]);
  const alone = await solveTimetable(input, { demand: 'possible', limit: 60, elapsed: () => 0 });
  expect(alone.timetable?.objective).toEqual(first.timetable?.objective);
});
