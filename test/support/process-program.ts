import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { waitFor } from './wait-for.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Program {
  readonly pid: number;
  /** Everything it has written so far. */
  output(): string;
  /** Resolves when it has ended, with its exit code; null after a signal. */
  readonly ended: Promise<number | null>;
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
}

interface ProgramOptions {
  readonly env: Record<string, string>;
  /** Default: the standalone platform. */
  readonly entry?: string;
  readonly args?: readonly string[];
  /** A command that starts it, such as setpriv with its options. */
  readonly through?: readonly string[];
}

/** Starts a built program as a child in a process group of its own, with nothing of this process's own settings. */
export function startProgram(options: ProgramOptions): Program {
  const entry = path.join(ROOT, options.entry ?? 'dist/processes/standalone.js');
  const command = [...(options.through ?? []), process.execPath, entry, ...(options.args ?? [])];
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', ...options.env };
  const child: ChildProcess = spawn(command[0]!, command.slice(1), {
    env,
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stdout!.on('data', collect);
  child.stderr!.on('data', collect);
  const pid = child.pid!;
  return {
    pid,
    output: () => output,
    ended: once(child, 'close').then(([code]) => code as number | null),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => child.kill(signal),
  };
}

/** Waits for a line of the program; fails with its output when it ends before. Answers the first group or the match. */
export function waitForOutput(program: Program, pattern: RegExp, timeoutMs = 60_000): Promise<string> {
  return waitFor(
    async () => {
      const found = pattern.exec(program.output());
      if (found === null && !program.isRunning()) throw new Error(`It ended:\n${program.output()}`);
      return found === null ? null : (found[1] ?? found[0]);
    },
    `${String(pattern)} of\n${program.output()}`,
    timeoutMs,
  );
}

export async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Numbers of the living processes that have `text` in their command line. */
export function processesNaming(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}

/** Numbers of the server processes on the embedded database of a data folder: the first is the postmaster. */
export function databaseProcesses(dataDir: string): number[] {
  const file = path.join(dataDir, 'postgres/cluster/postmaster.pid');
  if (!existsSync(file)) return [];
  const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = all.map(Number).filter((pid) => parentOf(pid) === postmaster);
  return parentOf(postmaster) === null ? [] : [postmaster, ...children];
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/** Connection string of the embedded database of a running platform. */
export function embeddedUrl(dataDir: string): string {
  const password = readFileSync(path.join(dataDir, 'postgres/password'), 'utf8').trim();
  const port = readFileSync(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[3]!;
  return `postgres://duijie:${password}@127.0.0.1:${port.trim()}/duijie`;
}
