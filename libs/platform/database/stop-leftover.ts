import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

const WAIT_MS = 20_000;
const POLL_MS = 50;

/**
 * Stops the server that a killed process left running on a cluster (SIGINT is PostgreSQL's fast shutdown), and removes a
 * lock file whose process is gone: PostgreSQL itself takes one for alive whose number another program has by now, or
 * whose end nobody has collected, as in containers without an init process. Throws EmbeddedPostgresError.
 */
export async function stopLeftover(cluster: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
  if (await isPostmaster(pid, cluster)) process.kill(pid, 'SIGINT');
  for (let waited = 0; await isInUse(pid, cluster); waited += POLL_MS) {
    if (waited > WAIT_MS)
      throw new EmbeddedPostgresError(`The database process ${pid} of an earlier run does not stop.`);
    await setTimeout(POLL_MS);
  }
  await rm(pidFile, { force: true });
}

/** Whether a process serves the cluster: the postmaster, or a server process that has not yet seen its end. */
async function isInUse(pid: number, cluster: string): Promise<boolean> {
  if (await isPostmaster(pid, cluster)) return true;
  const numbers = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  // Server processes work in the cluster's folder; their command lines do not name it.
  const folders = await Promise.all(
    numbers.map((number) => readlink(`/proc/${number}/cwd`).catch(() => null)),
  );
  return folders.includes(cluster);
}

/** Whether a living process of that number is the server of the cluster. Without /proc every living process counts. */
async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // Of a process that has ended and was not collected, this is empty.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return command === null || command.includes(cluster);
}
