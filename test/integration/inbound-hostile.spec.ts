import { jest } from '@jest/globals';
import { storeInboundMail } from '#libs/persistence/inbound/store-inbound-mail.js';
import { ReadInboundMail } from '../../apps/notification-service/inbound/read-inbound-mail.js';
import { makePerson } from '../support/factories.js';
import { inviteGuest, type Guest } from '../support/guests.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { AUTHSERV, MAILBOX, plainMail, replyMail } from '../support/replies.js';
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
    'SELECT status, outcome, reason, raw FROM inbound_mail WHERE id = $1',
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
