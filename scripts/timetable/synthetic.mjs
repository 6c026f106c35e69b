// A made-up event: a third of the participants are institutes, requests go from enterprises to institutes, more to
// some than to others; one in twelve is away for some slots.
import { performance } from 'node:perf_hooks';
import { seededRandom } from '../../dist/libs/domain/timetable/seeded-random.js';
import { solveTimetable } from '../../dist/libs/domain/timetable/solve-timetable.js';
import { verifyTimetable } from '../../dist/libs/domain/timetable/verify-timetable.js';

const HOUR = 3_600_000;

/** @param size "participants×meetings×slots×tables", such as 400x3000x24x120 */
export function makeEvent(size, seed) {
  const [people, meetings, slots, tables] = size.split('x').map(Number);
  if (![people, meetings, slots, tables].every((count) => Number.isInteger(count) && count > 0))
    throw new Error('--synthetic needs four numbers such as 400x3000x24x120');
  const random = seededRandom(seed);
  const institutes = Math.max(1, Math.round(people / 3));
  const pairs = new Set();
  const most = institutes * (people - institutes);
  while (pairs.size < Math.min(meetings, most)) {
    const institute = Math.floor(institutes * random() ** 1.3);
    const enterprise = institutes + Math.floor((people - institutes) * random());
    pairs.add(`${institute} ${enterprise}`);
  }
  return {
    slots: Array.from({ length: slots }, (_, s) => ({ id: `s${s}`, start: s * HOUR, end: (s + 1) * HOUR })),
    tables: Array.from({ length: tables }, (_, t) => ({ id: `t${t}`, label: String(t + 1) })),
    participants: Array.from({ length: people }, (_, p) => {
      const from = Math.floor(slots * random());
      const away = random() < 1 / 12;
      return { id: `p${p}`, unavailable: away ? [{ start: from * HOUR, end: (from + 3) * HOUR }] : [] };
    }),
    meetings: [...pairs].map((pair, m) => ({
      id: `m${String(m).padStart(5, '0')}`,
      participantIds: pair.split(' ').map((p) => `p${p}`),
      priority: Math.floor(100 * random()),
    })),
    seed,
  };
}

/** Prints the quality over time; seconds to the first schedule, memory in MiB, violations. */
export async function benchSynthetic(size, { seconds, seed }) {
  const input = makeEvent(size, seed);
  const from = performance.now();
  const elapsed = () => (performance.now() - from) / 1000;
  let first = null;
  const solved = await solveTimetable(input, {
    demand: 'possible',
    limit: seconds,
    elapsed,
    report: ({ stage, best, lower, upper }) => {
      first ??= { at: elapsed(), timetable: best };
      const { placed, satisfaction, breaks } = best.objective;
      const bounds = lower === null ? '' : `, ${stage} within ${lower}..${upper ?? '?'}`;
      console.log(
        `${elapsed().toFixed(2)} s: ${placed} placed, satisfaction ${satisfaction}, breaks ${breaks}${bounds}`,
      );
    },
  });
  const total = elapsed();
  return {
    synthetic: size,
    first_s: Number(first.at.toFixed(2)),
    first_placed: first.timetable.objective.placed,
    status: solved.status,
    objective: solved.timetable.objective,
    seconds: Number(total.toFixed(2)),
    violations:
      verifyTimetable(input, first.timetable).length + verifyTimetable(input, solved.timetable).length,
    memory_mib: Math.round(process.memoryUsage().rss / 2 ** 20),
  };
}
