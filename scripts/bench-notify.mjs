// Invitations through the whole pipeline (rows, queue, rendering, SMTP) to a local sink, beside a bare pooled nodemailer
// loop (the middle of three passes) that sends the same bytes over as many connections in the same run. Half way the
// notifier is killed with SIGKILL and started again.
//
//   npm run bench:notify -- [--people 20000] [--connections 5] [--notifiers 1]
//
// The pool of the bare loop is as nodemailer makes it: five connections, each closed after a hundred mails. That decides
// much of the ratio, because the sink, like many servers, greets after a tenth of a second: more connections make the
// bare loop faster, and the pipeline not, which needs both cores already.
//
// With REDIS_URL set: the queue on Redis. Of several notifiers one is killed, and the others go on meanwhile.
// The last line is JSON. `ratio` = invitations per second (from the change of the event to the last row marked
// sent, the kill and the start included) divided by bare mails per second. `lost`: invitations that never came. `duplicates`: mails in a
// mailbox beyond the one per invitation, where a mailbox keeps one copy per Message-ID, as mail stores do. `repeated`:
// SMTP transactions that were done twice, with the same Message-ID, because the kill came between the server's answer
// and the commit; SMTP offers nothing better (RFC 1047).
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { judgeDeliveries } from './notify/judge-deliveries.mjs';
import { bare, sink } from './notify/parts.mjs';
import { cpuOf, cpuOfDatabase } from './notify/processor-time.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    connections: { type: 'string', default: '5' },
    notifiers: { type: 'string', default: '1' },
    part: { type: 'string' },
  },
});
const people = Number(values.people);
const connections = Number(values.connections);
const notifiers = Number(values.notifiers);
const SECRET = 'bench-secret-bench-secret-bench-secret-0';
const FROM = 'noreply@duijie.example';
/** A machine that others use too is now fast and now slow: of the passes of the bare loop the middle one counts. */
const BARE_PASSES = 3;

if (values.part === 'sink') sink(people);
else if (values.part === 'bare') bare({ connections, passes: BARE_PASSES, from: FROM });
else await bench();

async function bench() {
  if (!existsSync(path.join(root, 'dist/processes/notification-service.js')))
    throw new Error('Nothing is built yet: run npm run build first.');
  const dir = await mkdtemp(path.join(os.tmpdir(), 'duijie-bench-'));
  const { startEmbeddedPostgres } = await import('../dist/libs/platform/database/embedded-postgres.js');
  // What a server of its own has by default; the embedded one is small for the sake of laptops.
  const server = await startEmbeddedPostgres(path.join(dir, 'bench'), { flags: ['shared_buffers=128MB'] });
  const peer = part('sink');
  try {
    const [{ port }] = await once(peer, 'message');
    const ours = await pipeline(server.url, port, peer, () =>
      cpuOfDatabase(path.join(dir, 'bench/postgres/cluster')),
    );
    peer.send({ ask: 'forget' });
    const bareSeconds = await bareLoop(port, ours.mails);
    report(ours, bareSeconds);
  } finally {
    peer.kill('SIGKILL');
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

function part(name) {
  const options = ['--part', name, '--connections', String(connections), '--people', String(people)];
  return fork(import.meta.filename, options, { serialization: 'advanced' });
}

async function ask(child, question) {
  child.send({ ask: question });
  const [answer] = await once(child, 'message');
  return answer;
}

async function pipeline(databaseUrl, port, peer, databaseSeconds) {
  const environment = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '4',
    ...(process.env.REDIS_URL
      ? { REDIS_URL: process.env.REDIS_URL, QUEUE_PREFIX: `bench-${process.pid}` }
      : {}),
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: FROM,
    MAIL_CONCURRENCY: String(Math.ceil(connections / notifiers)),
    APP_SECRET: SECRET,
    PORT: '0',
  };
  const { loadConfig } = await import('../dist/config/config.js');
  const { migrate } = await import('../dist/libs/platform/database/migrate.js');
  const { createDataSource } = await import('../dist/libs/persistence/data-source.js');
  const { JobQueue } = await import('../dist/libs/platform/queue/job-queue.js');
  const config = loadConfig(environment);
  await migrate(config);
  const dataSource = await createDataSource(databaseUrl, 2).initialize();
  const queue = new JobQueue(config);
  let [notifier, ...others] = Array.from({ length: notifiers }, () => startNotifier(environment));
  const warm = await prepare(dataSource, 300, '热身');
  const eventId = await prepare(dataSource, people, '海洋装备产学研对接会');
  await invite(dataSource, queue, warm);
  await allSent(dataSource, 300);
  await ask(peer, 'take');
  console.log(
    `${people} invitations, ${connections} connections of ${notifiers} notifiers, queue on ${config.redisUrl ? 'Redis' : 'PostgreSQL'}`,
  );
  const databaseBefore = databaseSeconds();
  const started = performance.now();
  await invite(dataSource, queue, eventId);
  const answered = performance.now();
  while ((await ask(peer, 'count')).count < people / 2) await setTimeout(20);
  const cpuOfOthers = () => others.reduce((sum, { pid }) => sum + cpuOf(pid), 0);
  const cpu = { firstHalf: rounded(cpuOf(notifier.pid) + cpuOfOthers()) };
  notifier.kill('SIGKILL');
  await once(notifier, 'exit');
  const killed = performance.now();
  const othersBefore = cpuOfOthers();
  notifier = startNotifier(environment);
  await allSent(dataSource, people + 300);
  const seconds = (performance.now() - started) / 1000;
  Object.assign(cpu, {
    secondHalf: rounded(cpuOf(notifier.pid) + cpuOfOthers() - othersBefore),
    sink: cpuOf(peer.pid),
    database: rounded(databaseSeconds() - databaseBefore),
  });
  const { taken } = await ask(peer, 'take');
  const expected = await dataSource.query(
    "SELECT message_id AS id, to_address AS address FROM notification WHERE event_id = $1 AND channel = 'mail'",
    [eventId],
  );
  for (const one of [notifier, ...others]) one.kill('SIGTERM');
  await queue.onApplicationShutdown();
  await dataSource.destroy();
  return {
    seconds,
    answerSeconds: (answered - started) / 1000,
    halfSeconds: (killed - started) / 1000,
    cpu,
    ...judgeDeliveries(expected, taken),
  };
}

function startNotifier(environment) {
  const notifier = spawn(process.execPath, ['dist/processes/notification-service.js'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => notifier.kill('SIGKILL'));
  return notifier;
}

/** An event with so many confirmed places, written directly. */
async function prepare(dataSource, count, title) {
  const [event] = await dataSource.query(
    `INSERT INTO event (kind, title, state, starts_at, ends_at, capacity, intro)
     VALUES ('matchmaking', $1, 'published', now() + interval '30 days', now() + interval '30 days 3 hours', $2, $3) RETURNING id`,
    [title, count, '上午专家报告，下午一对一洽谈；请携带单位证件，于开始前二十分钟签到。'.repeat(3)],
  );
  await dataSource.query(
    `WITH p AS (INSERT INTO person (email, name, email_verified_at)
       SELECT 'bench-' || n || '-' || $1 || '@bench.example', '与会者' || n, now() FROM generate_series(1, $2::int) n RETURNING id)
     INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code)
     SELECT $1::uuid, id, 'confirmed', 1, id::text FROM p`,
    [event.id, count],
  );
  await dataSource.query('ANALYZE');
  return event.id;
}

async function invite(dataSource, queue, eventId) {
  const { syncEventInvitations } = await import('../dist/libs/persistence/notifications/sync-invitations.js');
  const ids = await dataSource.transaction((manager) => syncEventInvitations(manager, eventId, new Date()));
  await queue.wake('send-notification', ids);
}

/** Waits until no row waits any more. */
async function allSent(dataSource, count) {
  for (;;) {
    // The question must not keep the database busy that is being measured.
    const [row] = await dataSource.query(
      `SELECT EXISTS (SELECT FROM notification WHERE status = 'queued')
         OR EXISTS (SELECT FROM invitation_backlog) AS waiting`,
    );
    if (!row.waiting) break;
    await setTimeout(100);
  }
  const [{ sent }] = await dataSource.query(
    "SELECT count(*)::int AS sent FROM notification WHERE status = 'sent' AND channel = 'mail'",
  );
  if (sent !== count) throw new Error(`${sent} of ${count} rows were sent.`);
}

async function bareLoop(port, mails) {
  const child = part('bare');
  await once(child, 'message');
  child.send({ port, mails });
  const [{ seconds }] = await once(child, 'message');
  child.kill('SIGKILL');
  return seconds;
}

function rounded(value, digits = 1) {
  return Number(value.toFixed(digits));
}

function report(ours, bareSeconds) {
  const perSecond = people / ours.seconds;
  const barePerSecond = ours.mails.length / bareSeconds[Math.floor(BARE_PASSES / 2)];
  const bytes = ours.mails.reduce((sum, mail) => sum + mail.raw.length, 0) / ours.mails.length;
  console.log(
    `answered after ${rounded(ours.answerSeconds, 2)} s, first half ${rounded(ours.halfSeconds)} s, all ${rounded(ours.seconds)} s; bare ${bareSeconds.map((one) => rounded(one)).join(', ')} s`,
  );
  console.log(`processor seconds, starts included: ${JSON.stringify(ours.cpu)}`);
  console.log(
    JSON.stringify({
      ratio: rounded(perSecond / barePerSecond, 3),
      lost: ours.lost,
      duplicates: ours.duplicates,
      repeated: ours.repeated,
      people,
      notifiers,
      connections,
      perSecond: rounded(perSecond),
      barePerSecond: rounded(barePerSecond),
      bytesPerMail: Math.round(bytes),
      queue: process.env.REDIS_URL ? 'redis' : 'postgresql',
      load: os.loadavg().map((value) => rounded(value, 2)),
    }),
  );
}
