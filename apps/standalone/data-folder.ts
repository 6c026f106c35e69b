import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';

/** Something outside the program is in the way; the message is a sentence for the operator. */
export class StartError extends Error {}

const LOCK = 'duijie.pid';

/**
 * Makes the data folder usable and ours: two processes on one folder would damage each other. Answers how to let it go.
 * Throws StartError.
 */
export function takeDataFolder(dataDir: string): Promise<() => void> {
  try {
    mkdirSync(dataDir, { recursive: true });
    const probe = path.join(dataDir, '.write-test');
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    return Promise.reject(unusableFolder(dataDir, error));
  }
  try {
    return Promise.resolve(lockFolder(dataDir));
  } catch (error) {
    return Promise.reject(error instanceof StartError ? error : unusableFolder(dataDir, error));
  }
}

function unusableFolder(dataDir: string, error: unknown): StartError {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    EEXIST: 'it is a file, not a folder',
    ENOTDIR: 'a part of its path is a file, not a folder',
    EACCES: 'you may not write to it',
    EPERM: 'you may not write to it',
    EROFS: 'it is on a read-only disk',
    ENOSPC: 'the disk is full',
  };
  const reason = reasons[code ?? ''] ?? code ?? String(error);
  return new StartError(
    `The data folder ${dataDir} cannot be used: ${reason}. Give a folder that you may write to with DATA_DIR.`,
  );
}

/** The lock appears with the number of its process in it, so that nobody ever reads it half written. */
function lockFolder(dataDir: string): () => void {
  const lock = path.join(dataDir, LOCK);
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (;;) {
      try {
        linkSync(mine, lock);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        removeStale(lock, mine, dataDir);
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Removes the lock of a process that is gone. Moving it away first shows whether another starter was quicker. */
function removeStale(lock: string, mine: string, dataDir: string): void {
  const holder = readPid(lock);
  if (holder === null) return;
  if (isOurProgram(holder)) throw alreadyRunning(dataDir, holder);
  const away = `${mine}.stale`;
  try {
    renameSync(lock, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readPid(away);
  if (moved !== null && moved !== holder && isOurProgram(moved)) {
    renameSync(away, lock);
    throw alreadyRunning(dataDir, moved);
  }
  rmSync(away, { force: true });
}

function alreadyRunning(dataDir: string, pid: number): StartError {
  return new StartError(
    `The platform already runs on ${dataDir} (process ${pid}). Stop it first, or give another folder with DATA_DIR.`,
  );
}

/** Null when the file is not there (any more). */
function readPid(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether a process of that number lives and is this program: numbers are used again after a crash. */
function isOurProgram(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return /run\.mjs|standalone/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
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
