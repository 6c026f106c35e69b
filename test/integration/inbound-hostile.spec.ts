import { jest } from '@jest/globals';
import { storeInboundMail } from '#libs/persistence/inbound/store-inbound-mail.js';
import { ReadInboundMail } from '../../apps/notification-service/inbound/read-inbound-mail.js';
import { makePerson } from '../support/factories.js';
import { inviteGuest, type Guest } from '../support/guests.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { AUTHSERV, MAILBOX, plainMail, replyMail, replyObject } from '../support/replies.js';
import { makeOpenEvent } from '../support/registrations.js';

jest.setTimeout(60_000);

let platform: TestPlatform;
let guest: Guest;
beforeAll(async () => {
  platform = await startTestPlatform({ INBOUND_ADDRESS: MAILBOX, INBOUND_AUTHSERV_IDS: AUTHSERV });
  guest = await inviteGuest(
    platform,
    await makeOpenEvent(platform, { capacity: 5 }),
    await makePerson(platform),
  );
});
afterAll(() => platform.stop());

interface Read {
  readonly status: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly raw: Buffer;
  readonly eventId: string | null;
  readonly detail: { statements: { outcome: string; stated: { method: string } }[] };
}

async function read(raw: Buffer, envelopeFrom: string | null = null): Promise<Read> {
  const { manager } = platform.dataSource;
  const delivery = {
    source: 'lmtp',
    raw,
    envelopeFrom,
    recipients: [],
    authenticatedSender: null,
  } as const;
  const id = await storeInboundMail(manager, { ...delivery, receivedAt: platform.clock.now() }, 1_000_000);
  await platform.running.app.get(ReadInboundMail).run(id!);
  const [row] = await manager.query<Read[]>(
    'SELECT status, outcome, reason, raw, detail, event_id AS "eventId" FROM inbound_mail WHERE id = $1',
    [id],
  );
  return row!;
}

const answers = async () => {
  const rows = await platform.dataSource.query<{ answer: string; comment: string }[]>(
    'SELECT answer, comment FROM calendar_answer WHERE calendar_object_id = $1 ORDER BY id',
    [guest.objectId],
  );
  return rows.map((row) => [row.answer, row.comment]);
};

function withLine(mail: Buffer, from: RegExp, to: string): Buffer {
  const changed = mail.toString('utf8').replace(from, () => to);
  expect(changed).not.toBe(mail.toString('utf8'));
  return Buffer.from(changed);
}

test('a mail with two From fields is nobody’s', async () => {
  const mail = replyMail({
    uid: guest.uid,
    attendee: guest.email,
    authentication: `${AUTHSERV}; dmarc=pass`,
  });
  const forged = withLine(mail, /^From: /m, 'From: eve@evil.test.example\r\nFrom: ');
  const row = await read(forged);
  expect([row.outcome, row.reason]).toEqual(['quarantine', 'not one From address']);
});

test('a claim in the quotes of our own server’s result proves nothing', async () => {
  const domain = guest.email.slice(guest.email.indexOf('@') + 1);
  const authentication = `${AUTHSERV}; spf=pass smtp.mailfrom="x; dkim=pass header.d=${domain}; y"@evil.test.example`;
  const row = await read(replyMail({ uid: guest.uid, attendee: guest.email, authentication }));
  expect([row.outcome, row.reason]).toEqual([
    'quarantine',
    'From is not authenticated by our own mail server',
  ]);
});

test.each(['zhang%00@test.example', 'zhang%ED%A0%80@test.example', 'zhang%0D%0ABcc:eve@test.example'])(
  'the address %s is read, kept and of nobody',
  async (attendee) => {
    const mail = replyMail({ uid: guest.uid, attendee, from: guest.email });
    const row = await read(mail);
    expect([row.status, row.outcome, row.reason]).toEqual(['done', 'ignore', 'not on the guest list']);
    expect(row.raw.equals(mail)).toBe(true);
  },
);

test('a report whose text is cut within a character is kept', async () => {
  const report = plainMail({
    from: 'mailer-daemon@mx.test.example',
    headers: ['Return-Path: <>'],
    subject: 'failure notice',
    text: `a@x.example\n550 ${'x'.repeat(995)}😀`,
  });
  expect((await read(report)).outcome).toBe('bounce');
});

test('a page full of hidden elements that stay open is read at once', async () => {
  const mail = withLine(
    plainMail({ from: guest.email, text: '<style'.repeat(60_000) }),
    /text\/plain/,
    'text/html',
  );
  const start = performance.now();
  expect((await read(mail)).outcome).toBe('forward');
  expect(performance.now() - start).toBeLessThan(4000);
});

test('an answer of a clock that is ahead counts once, and its later note as well', async () => {
  const ahead = new Date(platform.clock.now().getTime() + 3_600_000);
  const reply = (...lines: string[]) =>
    read(
      replyMail({ uid: guest.uid, attendee: guest.email, partstat: 'TENTATIVE', stampedAt: ahead, lines }),
    );
  expect([(await reply()).outcome, (await reply()).outcome]).toEqual(['apply', 'apply']);
  expect(await answers()).toEqual([['TENTATIVE', '']]);
  expect((await reply('COMMENT:晚到')).outcome).toBe('apply');
  expect(await answers()).toEqual([
    ['TENTATIVE', ''],
    ['TENTATIVE', '晚到'],
  ]);
});

test('the empty return path of the envelope tells a machine as well as its field does', async () => {
  const notice = () => plainMail({ from: guest.email, subject: 'I am away' });
  expect((await read(notice(), guest.email)).outcome).toBe('forward');
  const row = await read(notice(), '');
  expect([row.outcome, row.reason]).toEqual(['ignore', 'empty return path']);
  const bounce = plainMail({
    from: 'noreply@mx.test.example',
    subject: 'Undelivered Mail Returned to Sender',
  });
  expect((await read(bounce, '')).outcome).toBe('bounce');
});

test('every answer of a mail is decided, each once, and one for a stranger hides none', async () => {
  const own = { uid: guest.uid, attendee: guest.email, stampedAt: platform.clock.now() };
  const declined = { ...own, partstat: 'DECLINED', lines: ['COMMENT:两份'] };
  const foreign = replyObject({ ...own, uid: 'other@x.example' });
  const counter = replyObject({ ...own, method: 'COUNTER', lines: ['DTSTART:20991201T020000Z'] });
  const before = (await answers()).length;
  const row = await read(
    replyMail({ ...declined, before: [foreign, replyObject(declined), counter + foreign] }),
  );
  expect([row.outcome, row.reason]).toEqual(['apply', null]);
  expect((await answers()).slice(before)).toEqual([['DECLINED', '两份']]);
  expect(row.detail.statements.map((one) => [one.stated.method, one.outcome])).toEqual([
    ['REPLY', 'ignore'],
    ['REPLY', 'apply'],
    ['COUNTER', 'proposal'],
  ]);
});

test.each([
  [
    'of its address',
    () => ({ to: MAILBOX.replace('@', `+${guest.replyKey}@`), from: 'a@else.example' }),
    'proposal',
  ],
  ['of a proved writer', () => ({ from: guest.email }), 'proposal'],
  ['of an unproved writer', () => ({ from: guest.email, authentication: null }), 'quarantine'],
  ['of a stranger', () => ({ from: 'eve@evil.test.example' }), 'quarantine'],
])('a proposal that names nobody is that %s', async (_whose, way, outcome) => {
  const lines = ['DTSTART:20991202T020000Z', 'DTEND:20991202T030000Z'];
  const mail = replyMail({ method: 'COUNTER', uid: guest.uid, attendee: null, lines, ...way() });
  const row = await read(mail);
  expect([row.outcome, row.eventId]).toEqual([outcome, guest.eventId]);
});

test('hundreds of statements about all later occurrences are kept for a person, and at once', async () => {
  const daily = await makeOpenEvent(platform, { capacity: 5 });
  const other = await inviteGuest(platform, daily, await makePerson(platform));
  await platform.dataSource.query(
    `UPDATE calendar_object SET snapshot = snapshot || jsonb_build_object('recurrence',
       jsonb_build_object('rules', jsonb_build_array('FREQ=DAILY'), 'additional', '[]'::jsonb, 'excluded', '[]'::jsonb))
     WHERE id = $1`,
    [other.objectId],
  );
  const [{ start }] = await platform.dataSource.query<[{ start: string }]>(
    "SELECT snapshot->>'start' AS start FROM calendar_object WHERE id = $1",
    [other.objectId],
  );
  const first = start.replace(/[-:]|\.\d{3}/g, '');
  const reply = (count: number) => {
    const lines = Array.from({ length: count }, (_, index) => [
      ...(index === 0 ? [] : ['END:VEVENT', 'BEGIN:VEVENT', `UID:${other.uid}`, 'SEQUENCE:0']),
      ...(index === 0 ? [] : [`ATTENDEE;PARTSTAT=ACCEPTED:mailto:${other.email}`]),
      `RECURRENCE-ID;RANGE=THISANDFUTURE:${first}`,
      `COMMENT:${index}`,
    ]).flat();
    return replyMail({ uid: other.uid, attendee: other.email, lines });
  };
  const stored = async () => {
    const [row] = await platform.dataSource.query<[{ n: number }]>(
      'SELECT count(*)::int AS n FROM calendar_answer WHERE calendar_object_id = $1',
      [other.objectId],
    );
    return row.n;
  };
  expect([(await read(reply(1))).outcome, await stored()]).toEqual(['apply', 200]);
  const started = performance.now();
  const row = await read(reply(490));
  expect([row.outcome, row.reason, await stored()]).toEqual([
    'quarantine',
    'too many statements in one mail',
    200,
  ]);
  expect(performance.now() - started).toBeLessThan(5000);
  const many = await read(reply(1100));
  expect([many.reason, many.eventId]).toEqual(['too many statements in one mail', daily]);
  // Listed where the organizers of its event look; of two events in one mail, under neither.
  const both = replyMail({
    uid: guest.uid,
    attendee: guest.email,
    before: Array.from({ length: 1000 }, () => replyObject({ uid: other.uid, attendee: other.email })),
  });
  expect([row.eventId, (await read(both)).eventId]).toEqual([daily, null]);
});
