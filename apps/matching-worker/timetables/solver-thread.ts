import { parentPort, workerData } from 'node:worker_threads';
import { runSolver } from './run-solver.js';
import type { SolverReply, SolverTask } from './solver-messages.js';

// One timetable is solved in one thread: started by TimetableSolver, ended with its answer.
if (parentPort === null) throw new Error('This file is started as a worker thread.');
const port = parentPort;
const tell = (reply: SolverReply) => port.postMessage(reply);
const solved = await runSolver(workerData as SolverTask, (progress) => tell({ kind: 'progress', progress }));
tell({ kind: 'solved', solved });
