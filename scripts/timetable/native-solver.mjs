// Debian's cadical (apt-get install cadical) on the clauses of the product's model: told the optimum, it has to find a
// schedule with it and to prove that one break less is impossible; of an infeasible instance, to prove that.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { totalizer } from '../../dist/libs/domain/timetable/exact/cardinality.js';
import { modelTimetable } from '../../dist/libs/domain/timetable/exact/solve-exact.js';
import { indexTimetable } from '../../dist/libs/domain/timetable/timetable-index.js';

const SATISFIABLE = 10;
const UNSATISFIABLE = 20;
const SECONDS = 120;

/** Seconds of the native solver's runs by the clock and of processor time, reading of the clauses included; null without it. */
export async function runNative(input, breaks) {
  if (spawnSync('cadical', ['--version']).status !== 0) return null;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'timetable-'));
  const file = path.join(folder, 'clauses.cnf');
  const index = indexTimetable(input);
  const required = index.members.map(() => true);
  const { formula, goals } = modelTimetable({
    index,
    required,
    fairness: input.fairness,
    fairnessIsHard: true,
  });
  const failing = goals.at(-1).softs.map(({ literal }) => -literal);
  const fixed = failing.filter((literal) => literal === 1).length;
  const open = failing.filter((literal) => Math.abs(literal) !== 1);
  const sorted = breaks === null ? [] : totalizer(formula, open, breaks - fixed + 1, 'up');
  const total = { seconds: 0, cpu: 0 };
  const run = (more, expected) => {
    writeFileSync(file, formula.dimacs(more));
    const from = performance.now();
    const { status, stdout } = spawnSync('cadical', ['-n', '-t', String(SECONDS), file], {
      encoding: 'utf8',
    });
    if (status !== expected) throw new Error(`cadical says ${status}, expected ${expected}`);
    total.seconds += (performance.now() - from) / 1000;
    total.cpu += Number(/total process time since initialization:\s+([\d.]+)/.exec(stdout)?.[1] ?? NaN);
  };
  const atMost = (most) => (sorted[most - fixed] === undefined ? [] : [[-sorted[most - fixed]]]);
  try {
    if (breaks === null) run([], UNSATISFIABLE);
    else run(atMost(breaks), SATISFIABLE);
    if (breaks !== null && breaks > fixed) run(atMost(breaks - 1), UNSATISFIABLE);
    return total;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
