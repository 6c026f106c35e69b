import { parentPort, workerData } from 'node:worker_threads';
import { runSolver } from './run-solver.js';
import type { SolverReply, SolverTask } from './solver-messages.js';

// One line of one timetable is solved in one thread: started by TimetableSolver, ended with its answer.
if (parentPort === null) throw new Error('This file is started as a worker thread.');
const port = parentPort;
const tell = (reply: SolverReply) => port.postMessage(reply);
tell({ kind: 'solved', ...(await runSolver(workerData as SolverTask, tell)) });
