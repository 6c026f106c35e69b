import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Fields of /proc/PID/stat after the command's name: [1] the parent, [11]–[14] ticks of its own and of ended children. */
function statOf(pid) {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
}

/** Seconds of processor time of a process until now (proc(5), 100 ticks a second). */
export function cpuOf(pid, fields = [11, 12]) {
  const stat = statOf(pid);
  return fields.reduce((sum, field) => sum + Number(stat[field]), 0) / 100;
}

/** The same of a database server: its processes and those that have ended. */
export function cpuOfDatabase(dataDir) {
  const [server] = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === server);
  return children.reduce((sum, pid) => sum + cpuOf(pid), cpuOf(server, [11, 12, 13, 14]));
}

function parentOf(pid) {
  try {
    return statOf(pid)[1];
  } catch {
    return null; // has ended meanwhile
  }
}
