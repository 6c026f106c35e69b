import { parentPort } from 'node:worker_threads';
import { parseMail } from './parse-mail.js';

const answer = (reply: unknown): void => parentPort?.postMessage(reply, []);

// One mail at a time: the host waits for the answer, or ends the thread when it takes too long.
parentPort?.on('message', (raw: Uint8Array) => {
  parseMail(raw).then(
    (facts) => answer({ facts }),
    (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
  );
});
