import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

/** Host, boot, PID namespace: two processes with the same place can see each other; then PID and start time. */
const PLACE = [os.hostname(), bootId(), pidNamespace()].join('/');

/** This process, unlike every other one before and after it: `place/pid/start`. */
export const PROCESS_IDENTITY = `${PLACE}/${process.pid}/${startOf(process.pid) ?? 'unknown'}`;
/** First part of the identities of all processes whose end this one can see. */
export const PROCESS_PLACE = `${PLACE}/`;

/**
 * Whether a process of this machine has ended for certain. False for processes elsewhere: a silent one may only be cut
 * off from the database, and still be sending.
 */
export function hasEnded(identity: string): boolean {
  if (!identity.startsWith(PROCESS_PLACE)) return false;
  const [pid, start] = identity.slice(PROCESS_PLACE.length).split('/');
  if (start === 'unknown' || start === undefined) return false;
  return startOf(Number(pid)) !== start;
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'no-boot-id';
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return 'no-namespace';
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)): clock ticks from boot to the start. Null when there is no such process. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
