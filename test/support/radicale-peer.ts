import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './process-program.js';
import { waitFor } from './wait-for.js';

/** A real CalDAV server (RFC 4791) on a free port of this machine, for one user without a password. */
export interface RadicalePeer {
  /** MKCALENDAR; answers the collection's path. */
  makeCalendar(name: string): Promise<string>;
  /** Status of the answer. */
  put(path: string, body: string): Promise<number>;
  get(path: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startRadicalePeer(binary: string): Promise<RadicalePeer> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'duijie-radicale-'));
  const port = await freePort();
  const options = [
    `--server-hosts=127.0.0.1:${port}`,
    '--auth-type=none',
    `--storage-filesystem-folder=${dir}`,
    '--logging-level=warning',
    '--config=',
  ];
  const server = spawn(binary, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  server.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const base = `http://127.0.0.1:${port}`;
  const send = (method: string, at: string, body?: string) =>
    fetch(`${base}${at}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from('user:').toString('base64')}`,
        'content-type': 'text/calendar; charset=utf-8',
      },
      ...(body === undefined ? {} : { body }),
    });
  await waitFor(async () => {
    if (server.exitCode !== null) throw new Error(`Radicale ended: ${output}`);
    return send('GET', '/').then(
      () => true,
      () => false,
    );
  }, 'Radicale to listen');
  return {
    makeCalendar: async (name) => {
      const { status } = await send('MKCALENDAR', `/user/${name}/`);
      if (status !== 201) throw new Error(`MKCALENDAR was answered ${status}: ${output}`);
      return `/user/${name}`;
    },
    put: async (at, body) => (await send('PUT', at, body)).status,
    get: async (at) => (await send('GET', at)).text(),
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
