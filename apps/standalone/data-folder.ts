import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';

/** Something outside the program is in the way; the message is a sentence for the operator. */
export class StartError extends Error {}

/** Makes the data folder usable and ours: two processes on one folder would damage each other. */
export function takeDataFolder(dataDir: string): () => void {
  const lock = path.join(dataDir, 'duijie.pid');
  try {
    mkdirSync(dataDir, { recursive: true });
    const probe = path.join(dataDir, '.write-test');
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new StartError(
      `The data folder ${dataDir} cannot be used (${(error as NodeJS.ErrnoException).code ?? String(error)}). ` +
        'Give a folder that you may write to with DATA_DIR.',
    );
  }
  for (;;) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const pid = Number(readFileSync(lock, 'utf8'));
      if (isOurProgram(pid)) {
        throw new StartError(
          `The platform already runs on ${dataDir} (process ${pid}). Stop it first, or give another folder with DATA_DIR.`,
        );
      }
      rmSync(lock, { force: true });
    }
  }
}

/** Whether a process of that number lives and is a Node program: numbers are used again after a crash. */
function isOurProgram(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
  } catch {
    return true;
  }
}

/** Fails early, before minutes of loading, when somebody else listens on the port. */
export async function checkPort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portProblem(error, host, port)));
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

function portProblem(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`,
    );
  }
  if (error.code === 'EACCES')
    return new StartError(`You may not listen on port ${port}. Choose one above 1023 with PORT.`);
  return new StartError(
    `Cannot listen on ${host}:${port} (${error.code ?? error.message}). Check HOST and PORT.`,
  );
}
