import { parentPort, workerData } from 'node:worker_threads';
import type { Assignment, AssignmentInput } from '#libs/domain/assignment/assignment.js';
import { runAssignment } from './run-assignment.js';

// One assignment is computed in one thread: started by AssignmentSolver, ended with its answer.
if (parentPort === null) throw new Error('This file is started as a worker thread.');
const port = parentPort;
const tell = (answer: Assignment) => port.postMessage(answer);
tell(await runAssignment(workerData as AssignmentInput));
