import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DataSource, QueryRunner } from 'typeorm';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { copiesOf } from '../support/crash-calendars.js';
import { createTestDatabase, openTestDataSource, type TestDatabase } from '../support/database.js';
import { addGuests } from '../support/guests.js';
import { freePort, startProgram, type Program } from '../support/process-program.js';
import { startSmtpPeer, type SmtpPeer, type WatchedAccept } from '../support/smtp-peer.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(120_000);

const MAILS = 4;
const REDIS_URL = process.env['TEST_REDIS_URL'];

let database: TestDatabase;
let dataSource: DataSource;
let peer: SmtpPeer;
let notifier: Program;
const dataDirs: string[] = [];
const queuePrefix = `test-${randomUUID()}`;

const newDataDir = (): string => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'duijie-notifier-'));
  dataDirs.push(dir);
  return dir;
};

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await openTestDataSource(database.url);
  peer = await startSmtpPeer();
  notifier = await startNotifier(newDataDir());
});
afterAll(async () => {
  notifier?.signal('SIGKILL');
  await notifier?.ended;
  await peer?.stop();
  await dataSource?.destroy();
  await database?.drop();
  for (const dir of dataDirs) rmSync(dir, { recursive: true, force: true });
});

/** The notification service alone, with one connection to the mail server. */
async function startNotifier(dataDir: string): Promise<Program> {
  const port = await freePort();
  const program = startProgram({
    entry: 'dist/processes/notification-service.js',
    env: {
      NODE_ENV: 'test',
      PORT: String(port),
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      SMTP_URL: peer.url,
      SWEEP_SECONDS: '0.2',
      MAIL_CONCURRENCY: '1',
      APP_SECRET: 'test-secret-test-secret-test-secret-0123',
      ...(REDIS_URL === undefined ? {} : { REDIS_URL, QUEUE_PREFIX: queuePrefix }),
    },
  });
  await waitFor(
    () => {
      if (!program.isRunning()) throw new Error(program.output());
      return fetch(`http://127.0.0.1:${port}/api/health`).then(
        (response) => response.ok,
        () => false,
      );
    },
    'the notifier to be ready',
    60_000,
  );
  return program;
}

/** Rows of one stream, so that they leave one after the other; the Message-IDs in that order. */
function queueMails(): Promise<string[]> {
  const address = `to-${randomUUID()}@test.example`;
  return dataSource.transaction(async (manager) => {
    const ids: string[] = [];
    for (let n = 0; n < MAILS; n++) {
      const id = await writeMail(manager, {
        topic: 'verify-email',
        dedupeKey: randomUUID(),
        personId: null,
        toAddress: address,
        toName: '王工',
        locale: 'zh-CN',
        payload: { link: '/verify-email?token=abc' },
        streamKey: address,
      });
      ids.push(id!);
    }
    const rows = await manager.query<{ message_id: string }[]>(
      'SELECT message_id FROM notification WHERE id = ANY($1) ORDER BY id',
      [ids],
    );
    return rows.map((row) => `<${row.message_id}@duijie.example>`);
  });
}

/** How often each of the mails was taken by the server, when no row waits any more. */
async function takenTimes(messageIds: readonly string[]): Promise<number[]> {
  await waitFor(
    async () =>
      (await dataSource.query<unknown[]>("SELECT 1 FROM notification WHERE status <> 'sent'")).length === 0,
    'every row to be sent',
  );
  const copies = await copiesOf(peer);
  return messageIds.map((id) => copies.get(id)?.length ?? 0);
}

/** The next message but one, and the promise of the moment at which it has its answer. */
function watchSecond(before: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const watched: WatchedAccept = { before, after: resolve };
    peer.answers = ['accept', watched];
  });
}

async function kill(): Promise<void> {
  notifier.signal('SIGKILL');
  await notifier.ended;
}

/** State `T` of proc(5): it executes nothing until it is continued. */
const isStopped = (pid: number) => / \(.*\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

test('killed before the 250: the server has not taken the mail, and it is sent once', async () => {
  const refused = new Promise<void>((resolve) => {
    peer.answers = [
      'accept',
      {
        before: async () => {
          await kill();
          resolve();
          throw new Error('The client is gone before it was answered.');
        },
        after: () => undefined,
      },
    ];
  });
  const messageIds = await queueMails();
  await refused;
  notifier = await startNotifier(dataDirs.at(-1)!);
  expect(await takenTimes(messageIds)).toEqual([1, 1, 1, 1]);
});

test('killed with the 250 on the wire, unread: that one mail comes twice under one Message-ID, none is lost', async () => {
  const answered = watchSecond(async () => {
    notifier.signal('SIGSTOP');
    await waitFor(async () => isStopped(notifier.pid), 'the notifier to stand still');
  });
  const messageIds = await queueMails();
  await answered;
  await kill();
  notifier = await startNotifier(dataDirs.at(-1)!);
  expect(await takenTimes(messageIds)).toEqual([1, 2, 1, 1]);
});

/** Kills the notifier when it has read the 250 of the last mail and waits to write that into the row. */
async function killBeforeRowUpdate(): Promise<string[]> {
  const lock = dataSource.createQueryRunner();
  const answered = new Promise<void>((resolve) => {
    peer.answers = [
      ...Array.from({ length: MAILS - 1 }, () => 'accept' as const),
      { before: () => holdRow(lock), after: resolve },
    ];
  });
  const messageIds = await queueMails();
  await answered;
  const writers = await waitFor(async () => {
    const rows = await dataSource.query<{ pid: number }[]>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
         AND query ILIKE '%UPDATE notification%'`,
    );
    return rows.length > 0 && rows;
  }, 'the row update to wait');
  await kill();
  // Its statement must not go on without it: a machine that fails takes it along.
  for (const { pid } of writers) await dataSource.query('SELECT pg_terminate_backend($1, 5000)', [pid]);
  await lock.rollbackTransaction();
  await lock.release();
  return messageIds;
}

async function holdRow(lock: QueryRunner): Promise<void> {
  await lock.startTransaction();
  await lock.query("SELECT 1 FROM notification WHERE status = 'queued' FOR UPDATE");
}

const unsettled = () =>
  dataSource.query<unknown[]>(
    `SELECT a.attempt_no AS attempts FROM notification n JOIN delivery_attempt a ON a.notification_id = n.id
     WHERE n.status = 'queued' AND a.outcome IS NULL`,
  );

test('killed between the 250 and the row update: the journal knows, and no mail is sent again', async () => {
  const messageIds = await killBeforeRowUpdate();
  expect(await unsettled()).toEqual([{ attempts: 1 }]);
  notifier = await startNotifier(dataDirs.at(-1)!);
  expect(await takenTimes(messageIds)).toEqual([1, 1, 1, 1]);
  const [last] = await dataSource.query<unknown[]>(
    `SELECT n.attempts, a.outcome, a.response FROM notification n JOIN delivery_attempt a ON a.notification_id = n.id
     ORDER BY n.id DESC LIMIT 1`,
  );
  expect(last).toEqual({ attempts: 1, outcome: 'accepted', response: '250 queued' });
});

test('the same with the journal lost: that one mail comes twice under one Message-ID', async () => {
  const messageIds = await killBeforeRowUpdate();
  notifier = await startNotifier(newDataDir());
  expect(await takenTimes(messageIds)).toEqual([1, 1, 1, 2]);
});

const GUESTS = 4_000;

/** An event that was just published, with confirmed guests whom nobody has told yet. */
async function eventWithGuests(): Promise<string> {
  const [event] = await dataSource.query<[{ id: string }]>(
    `INSERT INTO event (kind, title, state, starts_at, ends_at, capacity)
     VALUES ('forum', '论坛', 'published', '2099-12-01T06:00Z', '2099-12-01T09:00Z', $1) RETURNING id`,
    [GUESTS],
  );
  await addGuests(dataSource, event.id, GUESTS, 'guest');
  return event.id;
}

test('killed while the guests of an event are written to: all of them hear of it, and none is written to twice', async () => {
  const eventId = await eventWithGuests();
  const written = async (): Promise<number> => {
    const [row] = await dataSource.query<[{ n: number }]>(
      'SELECT count(*)::int AS n FROM notification WHERE event_id = $1',
      [eventId],
    );
    return row.n;
  };
  await dataSource.transaction((manager) => syncEventInvitations(manager, eventId, new Date()));
  expect(await written()).toBe(500);
  for (const least of [1_000, 2_500]) {
    await waitFor(async () => (await written()) >= least, `${least} guests to be written to`, 60_000);
    await kill();
    expect(await written()).toBeLessThan(GUESTS);
    notifier = await startNotifier(dataDirs.at(-1)!);
  }
  await waitFor(
    async () =>
      (await dataSource.query<unknown[]>('SELECT 1 FROM invitation_backlog')).length === 0 &&
      (await dataSource.query<unknown[]>("SELECT 1 FROM notification WHERE status <> 'sent' LIMIT 1"))
        .length === 0,
    'every guest to be told',
    60_000,
  );
  expect(await written()).toBe(GUESTS);
  const told = peer.received.map(({ to }) => to).filter((to) => to.startsWith('guest'));
  expect(new Set(told).size).toBe(GUESTS);
  // One connection: of each kill at most the message on the wire comes again, under the same Message-ID.
  expect(told.length).toBeLessThanOrEqual(GUESTS + 2);
  const rows = await dataSource.query<{ message_id: string }[]>(
    'SELECT message_id FROM notification WHERE event_id = $1',
    [eventId],
  );
  const copies = await copiesOf(peer);
  expect(rows.filter((row) => !copies.has(`<${row.message_id}@duijie.example>`))).toEqual([]);
});
