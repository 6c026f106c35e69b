import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import type { ChildProcess } from 'node:child_process';
import type pg from 'pg';
import { connectClient } from './connect-client.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { postgresBinaries } from './postgres-binaries.js';
import { stopLeftover } from './stop-leftover.js';
import { runAsServerUser, spawnAsServerUser, SERVER_UID } from './server-user.js';

const SUPERUSER = 'duijie';

export interface EmbeddedPostgres {
  /** Connection string of the platform's database. */
  readonly url: string;
  /** Fast shutdown; resolves when the server has exited. */
  stop(): Promise<void>;
  /** Resolves when the server has exited, whoever ended it. */
  readonly exited: Promise<void>;
}

/**
 * Starts a real PostgreSQL server on a free loopback port with its cluster in `<dataDir>/postgres`, creating the
 * cluster and the database on first use. A server left behind by a killed process is stopped first, so that WAL
 * recovery runs exactly as after a power cut. As root the server runs as an unprivileged user (see server-user.ts).
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  options: { readonly flags?: readonly string[] } = {},
): Promise<EmbeddedPostgres> {
  const home = path.join(dataDir, 'postgres');
  const cluster = path.join(home, 'cluster');
  await mkdir(home, { recursive: true });
  const binaries = await postgresBinaries();
  await hydrateSymlinks(path.dirname(path.dirname(binaries.postgres)));
  if (!existsSync(path.join(cluster, 'duijie-ready'))) await createCluster(home, cluster, binaries.initdb);
  const password = (await readFile(path.join(home, 'password'), 'utf8')).trim();
  await stopLeftover(cluster);
  const port = await freePort();
  const server = await launch(binaries.postgres, cluster, port, options.flags ?? []);
  const urlOf = (database: string) =>
    `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}?application_name=duijie`;
  await createDatabase(urlOf('postgres'), server);
  const exited = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
  });
  return { url: urlOf('duijie'), stop: () => stop(server), exited };
}

/** npm may skip install scripts, and packed files carry no symbolic links: make those the libraries need. */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const from = path.resolve(path.dirname(native), target);
    const to = path.resolve(path.dirname(native), source);
    if (!existsSync(from)) await symlink(path.relative(path.dirname(from), to), from).catch(() => undefined);
  }
}

async function createCluster(home: string, cluster: string, initdb: string): Promise<void> {
  // A cluster without the ready mark is the remains of an interrupted initdb: nothing of value is in it.
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { mode: 0o700 });
  const passwordFile = path.join(home, 'password');
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (SERVER_UID !== null) {
    await chown(cluster, SERVER_UID, SERVER_UID);
    await chown(passwordFile, SERVER_UID, SERVER_UID);
  }
  const result = await runAsServerUser(initdb, [
    '-D',
    cluster,
    '-U',
    SUPERUSER,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ]);
  if (result.code !== 0) {
    throw new EmbeddedPostgresError(
      `The embedded database could not be created in ${cluster}: ${result.output.trim().split('\n').pop()}. ` +
        'Choose another folder with DATA_DIR, or an existing server with DATABASE_URL.',
    );
  }
  const mark = await open(path.join(cluster, 'duijie-ready'), 'w');
  await mark.close();
  await chmod(passwordFile, 0o600);
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function launch(
  postgres: string,
  cluster: string,
  port: number,
  flags: readonly string[],
): Promise<ChildProcess> {
  const settings = [
    'max_connections=120',
    'shared_buffers=32MB',
    'jit=off',
    'timezone=UTC',
    'wal_level=minimal',
    'max_wal_senders=0',
    // Server processes that a database of this size does not need.
    'io_method=sync',
    'max_logical_replication_workers=0',
    'autovacuum_max_workers=1',
    ...flags,
  ];
  const server = await spawnAsServerUser(postgres, [
    '-D',
    cluster,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    '',
    ...settings.flatMap((setting) => ['-c', setting]),
  ]);
  let log = '';
  const collect = (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  };
  server.stderr?.on('data', collect);
  await new Promise<void>((resolve, reject) => {
    const watch = () => {
      if (log.includes('database system is ready to accept connections')) settle(resolve);
    };
    const fail = () =>
      settle(() => reject(new EmbeddedPostgresError(`The embedded database did not start: ${log.trim()}`)));
    const settle = (done: () => void) => {
      server.stderr?.off('data', watch);
      server.off('exit', fail);
      done();
    };
    server.stderr?.on('data', watch);
    server.on('exit', fail);
  });
  server.unref();
  return server;
}

async function createDatabase(url: string, server: ChildProcess): Promise<void> {
  let client: pg.Client | null = null;
  try {
    client = await connectClient(url);
    const found = await client.query("select 1 from pg_database where datname = 'duijie'");
    if (found.rowCount === 0) await client.query('create database duijie');
  } catch (error) {
    await stop(server);
    throw error;
  } finally {
    await client?.end();
  }
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  // Waiting for it must keep this process alive.
  server.ref();
  const exited = once(server, 'exit');
  server.kill('SIGINT');
  await exited;
}
