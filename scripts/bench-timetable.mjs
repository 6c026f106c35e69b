// Meeting timetables: the product's own solver, in its threads, and its independent verifier on published or made-up instances.
//
//   npm run bench:timetable -- --instances DIR [--published FILE] [--d 2] [--seconds 10] [--json] [--native]
//     runs every .dzn file of a folder (B2B meeting scheduling, Bofill et al., JAIR 74, 2022). With --published (CSV
//     with file, fairness_d, published_optimum) every pair of file and d of that list that exists in the folder; with
//     --d only those of this d. --native: also Debian's cadical on the same clauses, told the optimum.
//     --schedules DIR writes the slots (from 0) of every schedule as JSON, for checkers outside.
//   npm run bench:timetable -- --synthetic 400x3000x24x120 [--seconds 10] [--seed 1]
//     participants × requested meetings × slots × tables, made up.
//
// A line per instance; the last line is JSON.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { TimetableSolver } from '../dist/apps/matching-worker/timetables/timetable-solver.js';
import { verifyTimetable } from '../dist/libs/domain/timetable/verify-timetable.js';
import { runNative } from './timetable/native-solver.mjs';
import { readDzn } from './timetable/read-dzn.mjs';
import { benchSynthetic } from './timetable/synthetic.mjs';

const { values } = parseArgs({
  options: {
    instances: { type: 'string' },
    published: { type: 'string' },
    d: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    native: { type: 'boolean', default: false },
    schedules: { type: 'string' },
    synthetic: { type: 'string' },
  },
});
const limit = Number(values.seconds);
const seed = Number(values.seed);
const solver = new TimetableSolver();
const round = (seconds) => (seconds === null ? null : Number(seconds.toFixed(2)));

/** Pairs of file and d with what is published of them: a number, 'UNSAT' or null. */
function tasks() {
  const files = readdirSync(values.instances)
    .filter((file) => file.endsWith('.dzn'))
    .map((file) => file.slice(0, -4))
    .sort();
  const d = values.d === undefined ? null : Number(values.d);
  const rows = values.published === undefined ? [] : readPublished(values.published);
  if (values.published === undefined) return files.map((name) => ({ name, d: d ?? 2, published: null }));
  const listed = rows.filter((row) => files.includes(row.name) && (d === null || row.d === d));
  const names = new Set(listed.map((row) => row.name));
  const unlisted = files.filter((name) => !names.has(name));
  return [...listed, ...unlisted.map((name) => ({ name, d: d ?? 2, published: null }))];
}

function readPublished(file) {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',');
  const [name, d, optimum] = ['file', 'fairness_d', 'published_optimum'].map((key) => columns.indexOf(key));
  if (name < 0 || d < 0 || optimum < 0)
    throw new Error('--published needs file, fairness_d and published_optimum');
  return lines.map((line) => {
    const cells = line.split(',');
    const published = cells[optimum] === 'UNSAT' ? 'UNSAT' : Number(cells[optimum]);
    return { name: cells[name].replace(/\.dzn$/, ''), d: Number(cells[d]), published };
  });
}

async function runOne({ name, d, published }) {
  const input = readDzn(path.join(values.instances, `${name}.dzn`), { fairness: d, seed });
  const from = performance.now();
  const elapsed = () => (performance.now() - from) / 1000;
  let [first, best, found] = [null, null, null];
  const onProgress = (progress) => {
    const breaks = progress.objective?.breaks ?? null;
    if (breaks === null || breaks === found) return;
    first ??= elapsed();
    [best, found] = [elapsed(), breaks];
  };
  const before = process.cpuUsage();
  const solved = await solver.solve({ input, demand: 'all', limit, onProgress });
  const seconds = elapsed();
  const { user, system } = process.cpuUsage(before);
  const { timetable, status } = solved;
  const violations = timetable === null ? [] : verifyTimetable(input, timetable, 'all');
  const proved = status === 'optimal' || status === 'infeasible';
  const row = {
    file: name,
    d,
    breaks: timetable?.objective.breaks ?? null,
    lower: status === 'infeasible' ? null : solved.lower,
    status,
    published,
    first_s: round(first),
    best_s: round(best),
    proof_s: proved ? round(seconds) : null,
    seconds: round(seconds),
    cpu_s: round((user + system) / 1e6),
    violations: violations.length,
  };
  // A schedule of an instance published as unsatisfiable, or a proof against a published schedule, is a fault.
  if (published === 'UNSAT' && timetable !== null)
    row.fault = 'schedule claimed for an unsatisfiable instance';
  if (typeof published === 'number' && status === 'infeasible') row.fault = 'claimed to be unsatisfiable';
  if (typeof published === 'number' && proved && row.breaks !== null && row.breaks !== published)
    row.fault = `proved ${row.breaks}, published ${published}`;
  if (violations.length > 0) row.fault = `${violations[0].rule} ${violations[0].subject}`;
  if (status === 'infeasible') row.reason = solved.reasons[0] ?? null;
  const native = values.native && proved ? await runNative(input, row.breaks) : null;
  if (native !== null) [row.native_s, row.native_cpu_s] = [round(native.seconds), round(native.cpu)];
  if (values.schedules !== undefined && timetable !== null) writeSchedule(input, timetable, name, d);
  return row;
}

function writeSchedule(input, timetable, name, d) {
  mkdirSync(values.schedules, { recursive: true });
  const slotOf = new Map(
    timetable.placements.map(({ meetingId, slotId }) => [meetingId, Number(slotId.slice(1)) - 1]),
  );
  const slots = input.meetings.map(({ id }) => slotOf.get(id));
  writeFileSync(path.join(values.schedules, `${name}.d${d}.json`), JSON.stringify(slots));
}

function print(row) {
  if (values.json) return console.log(JSON.stringify(row));
  const times = `first ${row.first_s ?? '-'} s, best ${row.best_s ?? '-'} s, proof ${row.proof_s ?? '-'} s`;
  const native = row.native_s === undefined ? '' : `, native ${row.native_s ?? '-'} s`;
  const reason = row.reason ? ` ${JSON.stringify(row.reason)}` : '';
  const fault = row.fault === undefined ? '' : `  FAULT: ${row.fault}`;
  const bounds = `breaks ${row.breaks ?? '-'}, lower ${row.lower ?? '-'}`;
  console.log(`${row.file} d=${row.d}: ${row.status}, ${bounds}, ${times}${native}${reason}${fault}`);
}

function summary(rows) {
  const sum = (list) => Number(list.reduce((total, value) => total + value, 0).toFixed(2));
  // Without a published optimum the proved lower bound stands in for it.
  const excess = (row) => {
    if (row.status === 'infeasible' || row.published === 'UNSAT') return 0;
    const optimum = row.published ?? row.lower ?? 0;
    return row.breaks === null ? 0 : row.breaks - optimum;
  };
  const seconds = rows.map((row) => row.seconds);
  const native = rows.filter((row) => typeof row.native_s === 'number');
  const ratio = (own, other) =>
    round(sum(native.map((row) => row[own])) / sum(native.map((row) => row[other])));
  return {
    instances: rows.length,
    proved: rows.filter((row) => row.proof_s !== null).length,
    unsat: rows.filter((row) => row.status === 'infeasible').length,
    violations: rows.reduce((total, row) => total + row.violations, 0),
    excess: rows.reduce((total, row) => total + excess(row), 0),
    without_schedule: rows.filter((row) => row.breaks === null && row.status !== 'infeasible').length,
    faults: rows.filter((row) => row.fault !== undefined).length,
    seconds_total: sum(seconds),
    worst: Math.max(0, ...seconds),
    cpu_total: sum(rows.map((row) => row.cpu_s)),
    ...(native.length === 0
      ? {}
      : {
          native_total: sum(native.map((row) => row.native_s)),
          ratio: ratio('seconds', 'native_s'),
          // Processor time depends less on what else the machine does.
          cpu_ratio: ratio('cpu_s', 'native_cpu_s'),
        }),
    load: Number(os.loadavg()[0].toFixed(1)),
  };
}

if (values.synthetic !== undefined) {
  console.log(JSON.stringify(await benchSynthetic(values.synthetic, { seconds: limit, seed })));
} else if (values.instances !== undefined && existsSync(values.instances)) {
  const rows = [];
  for (const task of tasks()) {
    const row = await runOne(task);
    rows.push(row);
    print(row);
  }
  const result = summary(rows);
  console.log(JSON.stringify(result));
  if (result.violations > 0 || result.faults > 0) process.exitCode = 1;
} else {
  console.error('Give --instances DIR or --synthetic PARTICIPANTSxMEETINGSxSLOTSxTABLES.');
  process.exitCode = 2;
}
