import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';

/**
 * PostgreSQL refuses to run as root. As root it runs as `nobody` (65534): no account has to be created. Clones often
 * live below folders that only root may enter (/root, mktemp -d), where a changed user id alone could not even load
 * the program, so setpriv (util-linux) keeps the two file-access capabilities and no other. Null when not root.
 */
export const SERVER_UID = process.getuid?.() === 0 ? 65534 : null;

const CAPABILITIES = '+dac_override,+dac_read_search';
const SETPRIV = [
  '--securebits=+no_setuid_fixup',
  '--reuid=65534',
  '--regid=65534',
  '--clear-groups',
  `--inh-caps=${CAPABILITIES}`,
  `--ambient-caps=${CAPABILITIES}`,
];

let setprivWorks: boolean | null = null;

function command(program: string, args: readonly string[]): [string, string[], SpawnOptions] {
  if (SERVER_UID === null) return [program, [...args], {}];
  setprivWorks ??= spawnSync('setpriv', [...SETPRIV, 'true']).status === 0;
  if (setprivWorks) return ['setpriv', [...SETPRIV, program, ...args], {}];
  return [program, [...args], { uid: SERVER_UID, gid: SERVER_UID }];
}

/** Starts a long-running program as the server's user; its stderr is readable, it survives no terminal signals. */
export async function spawnAsServerUser(program: string, args: readonly string[]): Promise<ChildProcess> {
  const [file, argv, options] = command(program, args);
  // An own process group: Ctrl-C in the terminal reaches us, and we stop the server after our own work is put down.
  const child = spawn(file, argv, { ...options, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  return child;
}

/** Runs a program as the server's user to its end. */
export async function runAsServerUser(
  program: string,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const [file, argv, options] = command(program, args);
  const child = spawn(file, argv, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: -1, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}
