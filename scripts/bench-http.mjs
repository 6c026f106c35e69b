// Registrations per second through the whole platform, beside a bare Fastify + pg handler that inserts one row per
// request, under the same load in the same run; and the time from `npm start` to the first page.
//
//   npm run bench:http -- [--people 20000] [--seats 5000] [--connections 64]
//
// The last line is JSON. `ratio` = registrations per second divided by bare inserts per second.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    seats: { type: 'string', default: '5000' },
    connections: { type: 'string', default: '64' },
    serve: { type: 'string' },
  },
});
const people = Number(values.people);
const seats = Number(values.seats);
const connections = Number(values.connections);
const SECRET = 'bench-secret-bench-secret-bench-secret-0';

/** Each server is a process of its own, so that the load generator takes no time from its event loop. */
const servers = {
  async platform() {
    const { loadConfig } = await import('../dist/config/config.js');
    const { startPlatform } = await import('../dist/apps/standalone/start-platform.js');
    return (await startPlatform(loadConfig())).url;
  },
  async bare() {
    const { default: Fastify } = await import('fastify');
    const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 });
    await pool.query('CREATE TABLE bare (id uuid PRIMARY KEY DEFAULT uuidv7(), person uuid, answers jsonb)');
    const app = Fastify();
    app.post('/:person', async (request, reply) => {
      const { rows } = await pool.query('INSERT INTO bare (person, answers) VALUES ($1, $2) RETURNING id', [
        request.params.person,
        JSON.stringify(request.body),
      ]);
      return reply.status(201).send(rows[0]);
    });
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
};

if (values.serve !== undefined) {
  const url = await servers[values.serve]();
  process.send({ url });
} else {
  await bench();
}

async function bench() {
  if (!existsSync(path.join(root, 'dist/apps/standalone/start-platform.js')))
    throw new Error('Nothing is built yet: run npm run build first.');
  const dir = await mkdtemp(path.join(os.tmpdir(), 'duijie-bench-'));
  const { startEmbeddedPostgres } = await import('../dist/libs/platform/database/embedded-postgres.js');
  const server = await startEmbeddedPostgres(path.join(dir, 'bench'));
  try {
    const platform = await startServer('platform', server.url, dir);
    const { eventId, requests } = await prepare(server.url);
    console.log(`${people} people, ${seats} seats, ${connections} connections`);
    await warmUp(platform.url, server.url);
    const ours = await fire(platform.url, requests);
    const found = await judge(server.url, eventId, ours);
    await platform.stop();
    const bareServer = await startServer('bare', server.url, dir);
    const bare = await fire(
      bareServer.url,
      requests.map(({ person }) => ({ path: `/${person}`, headers: {} })),
    );
    await bareServer.stop();
    const startup = await measureStart(path.join(dir, 'start'));
    report({ ours, bare, found, startup });
  } finally {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function startServer(name, databaseUrl, dir) {
  const child = spawn(process.execPath, [import.meta.filename, '--serve', name], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATA_DIR: path.join(dir, 'bench'),
      PORT: '0',
      APP_SECRET: SECRET,
    },
  });
  const [{ url }] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The ${name} server ended with code ${code} before it listened.`);
    }),
  ]);
  const stop = async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return { url, stop };
}

/** People with live sessions, written directly, and the event they all want to attend. */
async function prepare(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const tokens = Array.from({ length: people }, () => randomBytes(32).toString('base64url'));
  const { rows } = await client.query(
    `INSERT INTO person (email, name, email_verified_at)
     SELECT 'bench-' || n || '@bench.example', '与会者' || n, now() FROM generate_series(1, $1) n RETURNING id`,
    [people],
  );
  await client.query(
    `INSERT INTO session (person_id, token_hash, expires_at)
     SELECT person, hash, now() + interval '1 day' FROM unnest($1::uuid[], $2::text[]) AS s(person, hash)`,
    [rows.map((row) => row.id), tokens.map((token) => createHash('sha256').update(token).digest('hex'))],
  );
  const eventId = await insertEvent(client, seats);
  await client.query('ANALYZE');
  await client.end();
  const requests = rows.map((row, index) => ({
    person: row.id,
    path: `/api/events/${eventId}/registrations`,
    headers: { cookie: `duijie_session=${tokens[index]}` },
  }));
  return { eventId, requests };
}

async function insertEvent(client, capacity) {
  const { rows } = await client.query(
    `INSERT INTO event (kind, title, state, starts_at, ends_at, capacity)
     VALUES ('forum', '压力测试', 'published', now() + interval '30 days', now() + interval '30 days 2 hours', $1) RETURNING id`,
    [capacity],
  );
  return rows[0].id;
}

/** A few hundred registrations of other people for another event: compiled code, open connections. */
async function warmUp(url, databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const eventId = await insertEvent(client, 100);
  const tokens = Array.from({ length: 300 }, () => randomBytes(32).toString('base64url'));
  await client.query(
    `WITH p AS (INSERT INTO person (email, name) SELECT 'warm-' || n || '@bench.example', 'w' FROM generate_series(1, 300) n RETURNING id)
     INSERT INTO session (person_id, token_hash, expires_at)
     SELECT p.id, h.hash, now() + interval '1 day' FROM (SELECT id, row_number() OVER () AS n FROM p) p
     JOIN unnest($1::text[]) WITH ORDINALITY AS h(hash, n) USING (n)`,
    [tokens.map((token) => createHash('sha256').update(token).digest('hex'))],
  );
  await client.end();
  const requests = tokens.map((token) => ({
    path: `/api/events/${eventId}/registrations`,
    headers: { cookie: `duijie_session=${token}` },
  }));
  await fire(url, requests);
}

/** Sends all requests over a fixed number of kept-alive connections; each connection waits for its answer. */
async function fire(url, requests) {
  const { hostname, port } = new URL(url);
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const latencies = [];
  const statuses = {};
  const body = JSON.stringify({ groupSize: 1, answers: {} });
  let next = 0;
  const started = performance.now();
  const line = async () => {
    while (next < requests.length) {
      const request = requests[next++];
      const sent = performance.now();
      const status = await post(
        { agent, hostname, port, path: request.path, headers: request.headers },
        body,
      );
      latencies.push(performance.now() - sent);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, line));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return {
    perSecond: requests.length / seconds,
    p50: latencies[Math.floor(latencies.length * 0.5)],
    p95: latencies[Math.floor(latencies.length * 0.95)],
    statuses,
  };
}

function post(options, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        ...options,
        method: 'POST',
        headers: {
          ...options.headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** What the rows say: seats beyond the capacity, and whether everybody has exactly one registration. */
async function judge(databaseUrl, eventId, ours) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `SELECT count(*) FILTER (WHERE status = 'confirmed')::int AS confirmed,
            count(*) FILTER (WHERE status = 'waitlisted')::int AS waitlisted,
            coalesce(sum(seats_held), 0)::int AS held FROM registration WHERE event_id = $1`,
    [eventId],
  );
  await client.end();
  const found = { ...rows[0], oversold: Math.max(0, rows[0].held - seats) };
  const expected = Math.min(seats, people);
  if (found.confirmed !== expected || found.waitlisted !== people - expected || ours.statuses[201] !== people)
    throw new Error(`Not everybody was served: ${JSON.stringify({ found, statuses: ours.statuses })}`);
  return found;
}

/** Milliseconds from starting the program on an empty data folder until a page is answered. */
async function measureStart(dataDir) {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  const page = existsSync(path.join(root, 'dist/web/index.html')) ? '/' : '/api/health';
  const started = performance.now();
  const child = spawn(process.execPath, ['dist/processes/standalone.js'], {
    cwd: root,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, NODE_ENV: 'production', DATA_DIR: dataDir, PORT: String(port) },
  });
  const exited = once(child, 'exit');
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}.`);
      const status = await fetch(`http://127.0.0.1:${port}${page}`).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 200) return performance.now() - started;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    child.kill('SIGINT');
    await exited;
  }
}

function report({ ours, bare, found, startup }) {
  const line = (name, run) =>
    console.log(
      `${name.padEnd(14)} ${run.perSecond.toFixed(0).padStart(6)}/s   p50 ${run.p50.toFixed(1)} ms   p95 ${run.p95.toFixed(1)} ms`,
    );
  line('registrations', ours);
  line('bare inserts', bare);
  console.log(`confirmed ${found.confirmed}, waiting ${found.waitlisted}, start-up ${startup.toFixed(0)} ms`);
  console.log(
    JSON.stringify({
      ratio: Number((ours.perSecond / bare.perSecond).toFixed(3)),
      registrations_per_second: Math.round(ours.perSecond),
      p95_ms: Number(ours.p95.toFixed(1)),
      bare_per_second: Math.round(bare.perSecond),
      bare_p95_ms: Number(bare.p95.toFixed(1)),
      oversold: found.oversold,
      startup_ms: Math.round(startup),
    }),
  );
}
