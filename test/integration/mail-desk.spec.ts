import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadConfig } from '#config/config.js';
import type { MailOrder } from '../../apps/notification-service/mail-writer.js';
import { MailDesk } from '../../apps/notification-service/mail-desk.js';
import {
  MailNotWritableError,
  type OutgoingNotification,
} from '../../apps/notification-service/outgoing-notification.js';

const COMPILED = path.resolve('dist/apps/notification-service/writing-thread.js');

let dir: string;
let desks: MailDesk[];
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'duijie-desk-'));
});
beforeEach(() => (desks = []));
afterEach(() => Promise.all(desks.map((desk) => desk.onApplicationShutdown())));
afterAll(() => rm(dir, { recursive: true, force: true }));

function deskOf(entry: string | null, more: Record<string, string> = {}): MailDesk {
  const desk = new MailDesk(loadConfig({ APP_SECRET: 's'.repeat(40), ...more }));
  if (entry !== null) desk.use(entry);
  desks.push(desk);
  return desk;
}

const row = (more: Partial<OutgoingNotification> = {}): OutgoingNotification => ({
  id: '019aa000-0000-7000-8000-000000000001',
  streamKey: 's',
  topic: 'registration-pending',
  channel: 'mail',
  personId: null,
  eventId: null,
  endpointId: null,
  merges: false,
  answer: null,
  toAddress: 'wang@institute.example',
  toName: '王工',
  locale: 'zh-CN',
  payload: {
    event: '海洋装备对接会',
    startsAt: '2026-12-01T01:00:00Z',
    endsAt: '2026-12-01T04:00:00Z',
    place: '',
    link: '/r/1',
  },
  method: null,
  invitation: null,
  slotAt: null,
  attempts: 1,
  messageId: 'm-1',
  programmeId: null,
  calendarObjectId: null,
  replyKey: null,
  threadId: null,
  ...more,
});

const order = (more: Partial<OutgoingNotification> = {}): MailOrder => ({
  material: { row: row(more), also: [], words: null, links: { answer: null, unsubscribe: null } },
  settings: {
    from: { name: '对接', address: 'noreply@duijie.example' },
    replyTo: null,
    publicUrl: 'https://duijie.example',
    replyMailbox: null,
  },
  now: new Date('2026-11-22T08:00:00Z'),
});

test('mails written in the thread are those written here, each the answer to its own order', async () => {
  const [thread, here] = [deskOf(COMPILED), deskOf(null)];
  const orders = Array.from({ length: 40 }, (_, at) =>
    order({ messageId: `m-${at}`, toName: `与会者${at}` }),
  );
  const [theirs, ours] = await Promise.all(
    [thread, here].map((desk) => Promise.all(orders.map((one) => desk.write(one)))),
  );
  expect(theirs!.map(({ raw }) => raw.toString())).toEqual(ours!.map(({ raw }) => raw.toString()));
  expect(theirs![7]!.raw.toString()).toContain('Message-ID: <m-7@duijie.example>');
  expect(theirs![7]!.subject).toBe(ours![7]!.subject);
});

test.each([['in the thread', COMPILED] as const, ['here', null] as const])(
  'what cannot be written is told as such %s, and the next mail is written',
  async (_where, entry) => {
    const desk = deskOf(entry);
    await expect(desk.write(order({ topic: 'no-such-topic' }))).rejects.toThrow(MailNotWritableError);
    expect((await desk.write(order())).raw.length).toBeGreaterThan(500);
  },
);

test('a key that cannot be read is a fault of ours, not of the mail', async () => {
  const key = {
    DKIM_DOMAIN: 'duijie.example',
    DKIM_SELECTOR: 'a',
    DKIM_KEY_FILE: '/no/such/key',
  };
  const failed = await deskOf(COMPILED, key)
    .write(order())
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Error);
  expect(failed).not.toBeInstanceOf(MailNotWritableError);
});

test('mails of a thread that ends fail, and the next gets a new one', async () => {
  const ends = path.join(dir, 'ends.mjs');
  await writeFile(
    ends,
    "import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { throw new Error('out'); });\n",
  );
  const desk = deskOf(ends);
  const both = await Promise.allSettled([desk.write(order()), desk.write(order())]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  desk.use(COMPILED);
  expect((await desk.write(order())).subject).toContain('海洋装备对接会');
});
