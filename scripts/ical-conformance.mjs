// Feeds every case of a manifest through the inbound path: kept in an embedded PostgreSQL, parsed in the thread,
// decided and written in one transaction. Every mail is delivered a second time under another Message-ID, which must
// change nothing.
//
//   npm run ical:conformance -- --cases DIR [--json] [--authserv mx.events.example.cn]
//
// Prints a line per failure; the last line is JSON. `violations` counts broken mustNot and invariant entries.
import { subscribe } from 'node:diagnostics_channel';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { MailParser } from '../dist/apps/notification-service/inbound/mail-parser.js';
import { ReadInboundMail } from '../dist/apps/notification-service/inbound/read-inbound-mail.js';
import { loadConfig } from '../dist/config/config.js';
import { createDataSource } from '../dist/libs/persistence/data-source.js';
import { storeInboundMail } from '../dist/libs/persistence/inbound/store-inbound-mail.js';
import { Clock } from '../dist/libs/platform/clock.js';
import { startEmbeddedPostgres } from '../dist/libs/platform/database/embedded-postgres.js';
import { migrate } from '../dist/libs/platform/database/migrate.js';
import { plainForRobots } from '../dist/libs/domain/notifications/robot-text.js';
import { Transactions } from '../dist/libs/platform/database/transactions.js';
import { compareCalendar, compareMail, findViolations, photograph } from './ical-conformance/judge.mjs';
import { clearSeed, plantSeed } from './ical-conformance/seed.mjs';

const { values } = parseArgs({
  options: {
    cases: { type: 'string' },
    json: { type: 'boolean', default: false },
    authserv: { type: 'string', default: 'mx.events.example.cn' },
  },
});
if (values.cases === undefined) {
  console.error('Which cases? npm run ical:conformance -- --cases DIR');
  process.exit(2);
}
const folder = path.resolve(values.cases);
const MAILBOX = 'rsvp@events.example.cn';
const TRACES = /^(?:received|return-path|delivered-to|authentication-results|x-original-to|envelope-to):/im;
const say = (line) => values.json || console.log(line);

/** Connections that were opened beside those to the database. */
const connections = [];
subscribe('net.client.socket', ({ socket }) => {
  socket.once('connect', () => connections.push(`${socket.remoteAddress}:${socket.remotePort}`));
  socket.once('lookup', (_error, _address, _family, host) => connections.push(`name ${host}`));
});

/**
 * A mail without any trace of a mail server was never relayed: it is handed over as a submission of its From, which the
 * way in vouches for. All others have to prove who wrote them.
 */
function deliveryOf(raw, receivedAt) {
  const header = raw
    .subarray(0, 65_536)
    .toString('latin1')
    .split(/\r?\n\r?\n/)[0];
  const from = /^from:.*?([^\s<>"']+@[^\s<>"',;]+)/im.exec(header)?.[1] ?? null;
  const authenticatedSender = TRACES.test(header) ? null : from;
  return { source: 'http', raw, envelopeFrom: null, recipients: [], authenticatedSender, receivedAt };
}

function withAnotherMessageId(raw) {
  const again = Buffer.from(raw);
  const at = again
    .subarray(0, 65_536)
    .toString('latin1')
    .search(/(?<=^message-id:\s*<)[a-z0-9]/im);
  if (at >= 0) again[at] = again[at] === 0x39 ? 0x38 : 0x39;
  return again;
}

async function deliver(world, testCase, raw) {
  const mailbox = (testCase.seed?.organizer ?? MAILBOX).replace(/^mailto:/i, '').replace(/\+[^@]*@/, '@');
  const config = { ...world.config, inbound: { ...world.config.inbound, address: mailbox.toLowerCase() } };
  const reader = new ReadInboundMail(config, world.transactions, world.parser, world.clock, world.queue);
  const { manager } = world.transactions;
  const id = await storeInboundMail(manager, deliveryOf(raw, world.clock.now()), config.inbound.maxBytes);
  if (id === null) return null;
  await reader.run(id);
  const [row] = await manager.query(
    'SELECT status, outcome, reason, detail FROM inbound_mail WHERE id = $1',
    [id],
  );
  const reports = await manager.query('SELECT * FROM delivery_report WHERE inbound_mail_id = $1', [id]);
  return { ...row, reports };
}

/** Words of attendees as a group robot would say them: no mention, link or markup is left. */
function saidByRobots(row) {
  const words = (row.detail.statements ?? []).map((one) =>
    plainForRobots(one.comment ?? one.stated?.comment ?? ''),
  );
  const live = words.filter((text) => /<@|<at|@all|@所有人|\]\(|<font|https?:\/\//i.test(text));
  return live.length === 0 ? [] : [`a robot would say: ${live.join(' ')}`];
}

async function runMail(world, testCase) {
  const { manager } = world.transactions;
  await clearSeed(manager);
  await plantSeed(manager, testCase, folder);
  const raw = await readFile(path.join(folder, testCase.file));
  const before = await photograph(manager);
  connections.length = 0;
  const row = await deliver(world, testCase, raw);
  const after = await photograph(manager);
  const violations = [...findViolations(before, after, row.outcome), ...saidByRobots(row)];
  const problems = row.status === 'done' ? compareMail(testCase.expect, row) : [`the mail is ${row.status}`];
  const again = await deliver(world, testCase, withAnotherMessageId(raw));
  const last = await photograph(manager);
  if (again !== null)
    violations.push(
      ...findViolations(
        after,
        { ...last, notifications: again.outcome === 'forward' ? after.notifications : last.notifications },
        'second copy',
      ),
    );
  const strangers = connections.filter((target) => !world.own.has(target));
  if (strangers.length > 0) violations.push(`connections were opened: ${strangers.join(', ')}`);
  return { problems, violations };
}

async function runCalendar(world, testCase) {
  const content = await readFile(path.join(folder, testCase.file));
  const head =
    'From: a@test.example\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  const mail = Buffer.from(head + content.toString('base64').replace(/.{76}/g, '$&\r\n'));
  const facts = await world.parser
    .parse(mail)
    .catch((error) => ({ calendars: [{ message: null, reason: error.message }] }));
  const [part] = facts.calendars;
  return {
    problems: compareCalendar(testCase.expect, part?.message ? 'parse' : `refused: ${part?.reason}`),
    violations: [],
  };
}

const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
const temporary = await mkdtemp(path.join(os.tmpdir(), 'ical-conformance-'));
const server = await startEmbeddedPostgres(path.join(temporary, 'pg'), { flags: ['fsync=off'] });
const result = { cases: 0, passed: 0, violations: 0 };
try {
  await migrate({ databaseUrl: server.url, redisUrl: null });
  const dataSource = await createDataSource(server.url, 2).initialize();
  const { hostname, port } = new URL(server.url);
  const world = {
    config: loadConfig({
      DATA_DIR: temporary,
      DATABASE_URL: server.url,
      INBOUND_AUTHSERV_IDS: values.authserv,
    }),
    transactions: new Transactions(dataSource),
    parser: new MailParser(),
    clock: new Clock(),
    queue: { wake: () => Promise.resolve() },
    own: new Set([hostname, '127.0.0.1', '::1'].map((host) => `${host}:${port}`).concat(`name ${hostname}`)),
  };
  for (const testCase of manifest.cases) {
    const run = testCase.category === 'ics-parse' || testCase.file.endsWith('.ics') ? runCalendar : runMail;
    const { problems, violations } = await run(world, testCase).catch((error) => ({
      problems: [`crashed: ${error.stack}`],
      violations: [],
    }));
    result.cases += 1;
    result.violations += violations.length;
    if (problems.length === 0 && violations.length === 0) result.passed += 1;
    for (const problem of problems) say(`${testCase.id}: ${problem}`);
    for (const violation of violations) say(`${testCase.id}: VIOLATION ${violation}`);
  }
  await world.parser.onApplicationShutdown();
  await dataSource.destroy();
} finally {
  await server.stop();
  await rm(temporary, { recursive: true, force: true });
}
console.log(JSON.stringify(result));
process.exitCode = result.passed === result.cases && result.violations === 0 ? 0 : 1;
