import { jest } from '@jest/globals';
import { createConnection } from 'node:net';
import { SmtpListener } from '../../apps/notification-service/inbound/smtp-listener.js';
import { makePerson } from '../support/factories.js';
import { inviteGuest, type Guest } from '../support/guests.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOpenEvent } from '../support/registrations.js';
import { MAILBOX, plainMail, replyMail } from '../support/replies.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({
    INBOUND_ADDRESS: MAILBOX,
    INBOUND_SMTP_PORT: '0',
    INBOUND_LMTP: '1',
    INBOUND_MAX_MB: '1',
    INBOUND_KEEP_DAYS: '30',
    SWEEP_SECONDS: '0.2',
  });
});
afterAll(() => platform.stop());

/** Says each line when the one before it was answered, as RFC 2033 has it without pipelining; answers the last lines of replies. */
function talk(lines: readonly (string | Buffer)[], replies: number): Promise<string[]> {
  const port = platform.running.app.get(SmtpListener).port()!;
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const left = [...lines];
    const socket = createConnection(port, '127.0.0.1');
    let pending = '';
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      pending += chunk.toString();
      const whole = pending.split('\r\n');
      pending = whole.pop() ?? '';
      const answers = whole.filter((line) => /^\d{3} /.test(line));
      said.push(...answers);
      if (said.length >= replies) {
        socket.destroy();
        return resolve(said);
      }
      const next = left.shift();
      if (answers.length > 0 && next !== undefined) socket.write(next);
    });
  });
}

const data = (raw: Buffer) => Buffer.concat([raw, Buffer.from('\r\n.\r\n')]);
const ownAddress = (guest: Guest) => MAILBOX.replace('@', `+${guest.replyKey}@`);
async function makeGuest(): Promise<Guest> {
  const eventId = await makeOpenEvent(platform, { capacity: 50 });
  return inviteGuest(platform, eventId, await makePerson(platform));
}

test('a reply by LMTP is kept and applied; each recipient of it has an answer of its own', async () => {
  const guest = await makeGuest();
  const raw = replyMail({
    uid: guest.uid,
    attendee: guest.email,
    to: ownAddress(guest),
    authentication: null,
  });
  const said = await talk(
    [
      'LHLO mx.test.example\r\n',
      `MAIL FROM:<${guest.email}>\r\n`,
      `RCPT TO:<${ownAddress(guest)}>\r\n`,
      'RCPT TO:<somebody@else.test.example>\r\n',
      `RCPT TO:<${MAILBOX}>\r\n`,
      'DATA\r\n',
      data(raw),
    ],
    9,
  );
  expect(said.map((line) => line.slice(0, 3))).toEqual([
    '220',
    '250',
    '250',
    '250',
    '550',
    '250',
    '354',
    // RFC 2033 §4.2: one reply for each recipient that was taken.
    '250',
    '250',
  ]);
  const row = await waitFor(async () => {
    const rows = await platform.dataSource.query<{ source: string; outcome: string; recipients: string[] }[]>(
      "SELECT source, outcome, recipients FROM inbound_mail WHERE status = 'done' AND calendar_object_id = $1",
      [guest.objectId],
    );
    return rows[0] ?? false;
  }, 'the reply to be decided');
  expect(row).toEqual({ source: 'lmtp', outcome: 'apply', recipients: [ownAddress(guest), MAILBOX] });
});

test('by LMTP nobody says HELO, and a mail that is too large is refused for each recipient', async () => {
  expect((await talk(['EHLO mx.test.example\r\n'], 2)).map((line) => line.slice(0, 3))).toEqual([
    '220',
    '500',
  ]);
  const large = data(
    Buffer.concat([plainMail({ from: 'a@test.example' }), Buffer.alloc(1024 * 1024 + 1, 'a')]),
  );
  const said = await talk(
    ['LHLO mx\r\n', 'MAIL FROM:<a@test.example>\r\n', `RCPT TO:<${MAILBOX}>\r\n`, 'DATA\r\n', large],
    6,
  );
  expect(said.at(-1)).toMatch(/^552 /);
});

test('the text of a mail is deleted when it is old, unless it waits for somebody', async () => {
  const guest = await makeGuest();
  const unproved = replyMail({ uid: guest.uid, attendee: guest.email, authentication: null });
  await talk(
    ['LHLO mx\r\n', 'MAIL FROM:<a@test.example>\r\n', `RCPT TO:<${MAILBOX}>\r\n`, 'DATA\r\n', data(unproved)],
    6,
  );
  const texts = () =>
    platform.dataSource.query<{ outcome: string; kept: boolean }[]>(
      'SELECT outcome, raw IS NOT NULL AS kept FROM inbound_mail ORDER BY received_at, id',
    );
  await waitFor(async () => (await texts())[1]?.outcome === 'quarantine', 'the mail to be quarantined');
  expect((await texts()).map((row) => row.kept)).toEqual([true, true]);
  platform.clock.advance(31 * 24 * 3_600_000);
  await waitFor(async () => (await texts())[0]?.kept === false, 'the old text to be deleted');
  expect(await texts()).toEqual([
    { outcome: 'apply', kept: false },
    { outcome: 'quarantine', kept: true },
  ]);
});
