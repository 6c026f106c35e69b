import { jest } from '@jest/globals';
import { createTransport } from 'nodemailer';
import type { AnswerView, EventAnswers } from '#libs/contracts/notifications/answers.js';
import type { InboundMailDetail, InboundMailsPage } from '#libs/contracts/notifications/inbound.js';
import { validateItip } from '#libs/domain/calendar/validate-itip.js';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { answerToken } from '#libs/platform/answer-links.js';
import { Signer } from '#libs/platform/secrets.js';
import { SmtpListener } from '../../apps/notification-service/inbound/smtp-listener.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { waitForMails } from '../support/mailbox.js';
import { inviteGuest, type Guest } from '../support/guests.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { AUTHSERV, MAILBOX, plainMail, replyMail } from '../support/replies.js';
import { makeOpenEvent } from '../support/registrations.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

const HTTP_TOKEN = 'gateway-token-gateway-token-gateway-token';
let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform({
    INBOUND_ADDRESS: MAILBOX,
    INBOUND_AUTHSERV_IDS: AUTHSERV,
    INBOUND_SMTP_PORT: '0',
    INBOUND_HTTP_TOKEN: HTTP_TOKEN,
    INBOUND_MAX_MB: '1',
    SWEEP_SECONDS: '0.2',
  });
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

const invite = (eventId: string, person: TestPerson): Promise<Guest> =>
  inviteGuest(platform, eventId, person);

async function makeGuest(): Promise<Guest> {
  const eventId = await makeOpenEvent(platform, { capacity: 50 });
  return invite(eventId, await makePerson(platform));
}

interface Row {
  id: string;
  source: string;
  status: string;
  outcome: string;
  reason: string | null;
}
/** Hands a mail in over HTTP and waits until it is decided. */
async function deliver(raw: Buffer, headers: Record<string, string> = {}): Promise<Row> {
  const response = await fetch(`${platform.url}/api/inbound/mail`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${HTTP_TOKEN}`, ...headers },
    body: new Uint8Array(raw),
  });
  expect([response.status, await response.json()]).toEqual([202, { ok: true }]);
  return decided(raw);
}

const messageIdOf = (raw: Buffer) => /^Message-ID: (<.*>)/m.exec(raw.toString('utf8'))![1]!;

function decided(raw: Buffer): Promise<Row> {
  return waitFor(async () => {
    const rows = await platform.dataSource.query<Row[]>(
      `SELECT id, source, status, outcome, reason FROM inbound_mail WHERE status <> 'received' AND message_id = $1`,
      [messageIdOf(raw)],
    );
    return rows[0] ?? false;
  }, 'the mail to be decided');
}

async function answersOf(eventId: string): Promise<EventAnswers> {
  const answer = await organizer.client.get<EventAnswers>(`/organizer/events/${eventId}/answers`);
  expect(answer.status).toBe(200);
  return answer.body;
}

const byMail = async (guest: Guest) =>
  (await answersOf(guest.eventId)).rows.map((row) => [row.answer, row.channel]);

test('a reply that our own mail server vouches for is the attendee’s answer', async () => {
  const guest = await makeGuest();
  const row = await deliver(
    replyMail({
      uid: guest.uid,
      attendee: guest.email,
      partstat: 'tentative',
      lines: ['COMMENT:迟到十分钟\\, 抱歉'],
    }),
  );
  expect([row.outcome, row.source, row.reason]).toEqual(['apply', 'http', null]);
  const answers = await answersOf(guest.eventId);
  expect(answers.counts).toEqual({
    invited: 1,
    accepted: 0,
    declined: 0,
    tentative: 1,
    delegated: 0,
    waiting: 0,
  });
  expect(answers.rows.map((r) => [r.personId, r.answer, r.channel, r.comment])).toEqual([
    [guest.id, 'TENTATIVE', 'mail', '迟到十分钟, 抱歉'],
  ]);
});

test('a reply to the invitation’s own address needs no other proof, one to another’s is kept for a person', async () => {
  const guest = await makeGuest();
  const other = await makeGuest();
  const own = MAILBOX.replace('@', `+${guest.replyKey}@`);
  const alias = {
    uid: guest.uid,
    attendee: guest.email,
    from: 'alias@phone.test.example',
    authentication: null,
  };
  expect((await deliver(replyMail({ ...alias, to: own }))).outcome).toBe('apply');
  const foreign = MAILBOX.replace('@', `+${other.replyKey}@`);
  const row = await deliver(
    replyMail({ uid: guest.uid, attendee: guest.email, partstat: 'DECLINED', to: foreign }),
  );
  expect([row.outcome, row.reason]).toEqual([
    'quarantine',
    'the reply address belongs to another invitation',
  ]);
  expect(await byMail(guest)).toEqual([['ACCEPTED', 'mail']]);
});

test.each<[string, (guest: Guest) => Buffer, string]>([
  ['without proof', (g) => replyMail({ uid: g.uid, attendee: g.email, authentication: null }), 'quarantine'],
  [
    'with a foreign proof',
    (g) => replyMail({ uid: g.uid, attendee: g.email, authentication: 'mx.evil.test.example; dmarc=pass' }),
    'quarantine',
  ],
  [
    'from somebody else',
    (g) => replyMail({ uid: g.uid, attendee: g.email, from: 'eve@evil.test.example' }),
    'quarantine',
  ],
  [
    'to a revision that was never issued',
    (g) => replyMail({ uid: g.uid, attendee: g.email, sequence: 9 }),
    'quarantine',
  ],
  [
    'of somebody who is not invited',
    (g) => replyMail({ uid: g.uid, attendee: 'eve@evil.test.example' }),
    'ignore',
  ],
  ['to an unknown event', (g) => replyMail({ uid: 'nope@elsewhere.example', attendee: g.email }), 'ignore'],
  [
    'with an unknown PARTSTAT',
    (g) => replyMail({ uid: g.uid, attendee: g.email, partstat: 'X-MAYBE' }),
    'ignore',
  ],
  [
    'to an occurrence there is not',
    (g) => replyMail({ uid: g.uid, attendee: g.email, lines: ['RECURRENCE-ID:20200101T000000Z'] }),
    'ignore',
  ],
  [
    'that is a REQUEST',
    (g) =>
      replyMail({
        method: 'REQUEST',
        uid: g.uid,
        attendee: g.email,
        sequence: 99,
        lines: ['DTSTART:20990101T000000Z'],
      }),
    'ignore',
  ],
  [
    'that is a CANCEL',
    (g) =>
      replyMail({
        method: 'CANCEL',
        uid: g.uid,
        attendee: g.email,
        sequence: 99,
        lines: ['STATUS:CANCELLED'],
      }),
    'ignore',
  ],
  ['that is an ADD', (g) => replyMail({ method: 'ADD', uid: g.uid, attendee: g.email }), 'ignore'],
  ['that is a PUBLISH', (g) => replyMail({ method: 'PUBLISH', uid: g.uid, attendee: g.email }), 'ignore'],
])('an answer %s changes nothing', async (_what, mail, outcome) => {
  const guest = await makeGuest();
  const photograph = async () => [
    await platform.dataSource.query('SELECT * FROM event WHERE id = $1', [guest.eventId]),
    await platform.dataSource.query('SELECT * FROM calendar_object WHERE event_id = $1', [guest.eventId]),
    await platform.dataSource.query('SELECT * FROM calendar_answer WHERE calendar_object_id = $1', [
      guest.objectId,
    ]),
    await platform.dataSource.query('SELECT count(*)::int FROM person'),
    await platform.dataSource.query('SELECT count(*)::int FROM notification'),
  ];
  const before = await photograph();
  expect((await deliver(mail(guest))).outcome).toBe(outcome);
  expect(await photograph()).toEqual(before);
});

test('channels are merged by the time of statement, and a new time asks again', async () => {
  const guest = await makeGuest();
  const token = answerToken(platform.running.app.get(Signer), guest.objectId);
  const now = platform.clock.now().getTime();
  const at = (minutes: number) => new Date(now + minutes * 60_000);
  await deliver(
    replyMail({ uid: guest.uid, attendee: guest.email, partstat: 'DECLINED', stampedAt: at(-60) }),
  );
  const web = await platform
    .client()
    .post<AnswerView>(`/rsvp/${token}`, { answer: 'ACCEPTED', comment: '会来' });
  expect([web.status, web.body.answer, web.body.channel]).toEqual([200, 'ACCEPTED', 'web']);
  const late = await deliver(
    replyMail({ uid: guest.uid, attendee: guest.email, partstat: 'DECLINED', stampedAt: at(-30) }),
  );
  expect([late.outcome, late.reason]).toEqual(['ignore', 'a later statement is recorded']);
  expect(await byMail(guest)).toEqual([['ACCEPTED', 'web']]);
  await platform.dataSource.query(
    "UPDATE event SET starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' WHERE id = $1",
    [guest.eventId],
  );
  await platform.dataSource.transaction((m) => syncEventInvitations(m, guest.eventId, platform.clock.now()));
  expect((await answersOf(guest.eventId)).counts).toEqual({
    invited: 1,
    accepted: 0,
    declined: 0,
    tentative: 0,
    delegated: 0,
    waiting: 1,
  });
  const stale = await deliver(replyMail({ uid: guest.uid, attendee: guest.email, sequence: 0 }));
  expect([stale.outcome, stale.reason]).toEqual(['ignore', 'it speaks of an obsolete revision']);
  expect((await deliver(replyMail({ uid: guest.uid, attendee: guest.email, sequence: 1 }))).outcome).toBe(
    'apply',
  );
  expect(await byMail(guest)).toEqual([['ACCEPTED', 'mail']]);
});

test('a changed place keeps the answers, and the update says so to calendars', async () => {
  const guest = await makeGuest();
  await deliver(replyMail({ uid: guest.uid, attendee: guest.email }));
  await platform.dataSource.query(
    "UPDATE event SET online_url = 'https://meet.test.example/1' WHERE id = $1",
    [guest.eventId],
  );
  await platform.dataSource.transaction((m) => syncEventInvitations(m, guest.eventId, platform.clock.now()));
  expect(await byMail(guest)).toEqual([['ACCEPTED', 'mail']]);
  const [update] = await waitForMails(platform.dataSource, guest.email, 'invitation-update');
  expect(update!.calendar!.attendees[0]!.partstat).toBe('ACCEPTED');
});

test('the same statement in a second mail is understood and not written again', async () => {
  const guest = await makeGuest();
  const stampedAt = new Date('2026-01-01T00:00:00Z');
  const mail = () => replyMail({ uid: guest.uid, attendee: guest.email, stampedAt });
  expect([(await deliver(mail())).outcome, (await deliver(mail())).outcome]).toEqual(['apply', 'apply']);
  const [count] = await platform.dataSource.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM calendar_answer WHERE calendar_object_id = $1',
    [guest.objectId],
  );
  expect(count).toEqual({ n: 1 });
});

test('the web link shows on GET, answers on POST only, and is of this invitation only', async () => {
  const guest = await makeGuest();
  const token = answerToken(platform.running.app.get(Signer), guest.objectId);
  const visitor = platform.client();
  for (let i = 0; i < 2; i++) {
    const seen = await visitor.get<AnswerView>(`/rsvp/${token}`);
    expect([seen.status, seen.body.answer, seen.body.state, seen.body.name]).toEqual([
      200,
      null,
      'open',
      guest.name,
    ]);
  }
  const other = await makeGuest();
  const forged = `${other.objectId}.${token.split('.')[1]}`;
  expect((await visitor.get(`/rsvp/${forged}`)).status).toBe(404);
  expect((await visitor.post(`/rsvp/${forged}`, { answer: 'ACCEPTED' })).status).toBe(404);
  expect((await visitor.post<AnswerView>(`/rsvp/${token}`, { answer: 'DECLINED' })).body.answer).toBe(
    'DECLINED',
  );
  expect((await visitor.post(`/rsvp/${token}`, { answer: 'DELEGATED' })).status).toBe(400);
  await platform.dataSource.query("UPDATE calendar_object SET state = 'cancelled' WHERE id = $1", [
    guest.objectId,
  ]);
  expect((await visitor.post(`/rsvp/${token}`, { answer: 'ACCEPTED' })).status).toBe(409);
});

test('another time is a proposal for the organizer, and the event stays', async () => {
  const guest = await makeGuest();
  const lines = ['DTSTART:20991201T020000Z', 'DTEND:20991201T030000Z', 'COMMENT:改到下午可以吗？'];
  const mail = replyMail({
    method: 'COUNTER',
    uid: guest.uid,
    attendee: guest.email,
    partstat: 'TENTATIVE',
    lines,
  });
  expect((await deliver(mail)).outcome).toBe('proposal');
  const { proposals, counts } = await answersOf(guest.eventId);
  expect(counts.waiting).toBe(1);
  expect(proposals.map((p) => [p.name, p.startsAt, p.endsAt, p.comment, p.status])).toEqual([
    [guest.name, '2099-12-01T02:00:00.000Z', '2099-12-01T03:00:00.000Z', '改到下午可以吗？', 'open'],
  ]);
});

async function propose(guest: Guest): Promise<string> {
  const lines = ['DTSTART:20991201T020000Z', 'DTEND:20991201T030000Z'];
  await deliver(replyMail({ method: 'COUNTER', uid: guest.uid, attendee: guest.email, lines }));
  return (await answersOf(guest.eventId)).proposals[0]!.id;
}

test('a declined proposal is answered in words and in the language of calendars', async () => {
  const guest = await makeGuest();
  const id = await propose(guest);
  const decline = () => organizer.client.post(`/organizer/proposals/${id}/decline`, { note: '场地已定' });
  expect([(await decline()).status, (await decline()).status]).toEqual([200, 409]);
  const [mail] = await waitForMails(platform.dataSource, guest.email, 'proposal-declined');
  expect(validateItip(mail!.calendarText!)).toEqual([]);
  expect([mail!.calendar!.method, mail!.calendar!.uid, mail!.calendar!.start.toISOString()]).toEqual([
    'DECLINECOUNTER',
    guest.uid,
    '2099-12-01T02:00:00.000Z',
  ]);
  expect(mail!.text).toContain('场地已定');
});

test('an accepted proposal moves the event and asks everybody again', async () => {
  const guest = await makeGuest();
  const other = await invite(guest.eventId, await makePerson(platform));
  const id = await propose(guest);
  expect((await organizer.client.post(`/organizer/proposals/${id}/accept`)).status).toBe(200);
  const objects = await platform.dataSource.query<{ sequence: number; start: string }[]>(
    "SELECT sequence, snapshot->>'start' AS start FROM calendar_object WHERE id = ANY($1)",
    [[guest.objectId, other.objectId]],
  );
  const moved = { sequence: 1, start: '2099-12-01T02:00:00.000Z' };
  expect(objects).toEqual([moved, moved]);
  expect((await answersOf(guest.eventId)).proposals.map((one) => one.status)).toEqual(['accepted']);
});

test('a calendar that asks for the event gets it again, once in a while', async () => {
  const guest = await makeGuest();
  const mail = () => replyMail({ method: 'REFRESH', uid: guest.uid, attendee: guest.email });
  expect((await deliver(mail())).outcome).toBe('refresh');
  expect((await deliver(mail())).outcome).toBe('refresh');
  const sent = await platform.dataSource.query<{ topic: string; method: string; sequence: number }[]>(
    "SELECT topic, method, sequence FROM notification WHERE person_id = $1 AND channel = 'mail' ORDER BY id",
    [guest.id],
  );
  const request = { topic: 'invitation-request', method: 'REQUEST', sequence: 0 };
  expect(sent).toEqual([request, request]);
});

test('what a person wrote goes to the organizers, what a machine wrote does not', async () => {
  const guest = await makeGuest();
  const row = await deliver(
    plainMail({ from: guest.email, subject: '能带一位同事吗', text: '您好，能带一位同事吗？' }),
  );
  expect(row.outcome).toBe('forward');
  const forwarded = await platform.dataSource.query<
    { to_address: string; payload: Record<string, string> }[]
  >("SELECT to_address, payload FROM notification WHERE dedupe_key = 'mail-forwarded:' || $1 || ':' || $2", [
    row.id,
    organizer.id,
  ]);
  expect(forwarded.map((mail) => [mail.to_address, mail.payload['text']?.trim()])).toEqual([
    [organizer.email, '您好，能带一位同事吗？'],
  ]);
  const vacation = await deliver(
    plainMail({
      from: guest.email,
      headers: ['Return-Path: <>', 'Auto-Submitted: auto-replied'],
      subject: 'Automatic reply',
    }),
  );
  expect(vacation.outcome).toBe('ignore');
});

test('a report of failure is told of the mail it is about', async () => {
  const guest = await makeGuest();
  const [mail] = await platform.dataSource.query<{ id: string; message_id: string }[]>(
    "SELECT id, message_id FROM notification WHERE person_id = $1 AND channel = 'mail'",
    [guest.id],
  );
  const report = Buffer.from(
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@mx.test.example',
      'To: bounce@events.test.example',
      'Subject: Undelivered',
      `Message-ID: <${guest.objectId}@mx.test.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
      '',
      '--r',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.test.example',
      '',
      `Final-Recipient: rfc822; ${guest.email}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 user unknown',
      '',
      '--r',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${mail!.message_id}@duijie.example>`,
      '',
      '--r--',
      '',
    ].join('\r\n'),
  );
  const row = await deliver(report);
  expect(row.outcome).toBe('bounce');
  const reports = await platform.dataSource.query(
    `SELECT kind, recipient, status, bounce_class, permanent, notification_id FROM delivery_report WHERE inbound_mail_id = $1`,
    [row.id],
  );
  expect(reports).toEqual([
    {
      kind: 'bounce',
      recipient: guest.email,
      status: '5.1.1',
      bounce_class: 'address',
      permanent: true,
      notification_id: mail!.id,
    },
  ]);
});

test('an organizer settles what was quarantined', async () => {
  const guest = await makeGuest();
  const kept = await deliver(replyMail({ uid: guest.uid, attendee: guest.email, authentication: null }));
  const list = await organizer.client.get<InboundMailsPage>(
    `/organizer/inbound-mails?eventId=${guest.eventId}&open=true`,
  );
  expect(list.body.rows.map((mail) => [mail.id, mail.outcome, mail.attendee, mail.fromAddress])).toEqual([
    [kept.id, 'quarantine', guest.name, guest.email],
  ]);
  expect((await organizer.client.post(`/organizer/inbound-mails/${kept.id}/apply`)).status).toBe(200);
  await waitFor(async () => (await byMail(guest))[0]![0] === 'ACCEPTED', 'the answer to count');
  const detail = await organizer.client.get<InboundMailDetail>(`/organizer/inbound-mails/${kept.id}`);
  expect([detail.body.outcome, detail.body.settlement]).toEqual(['apply', 'applied']);
  expect((await organizer.client.post(`/organizer/inbound-mails/${kept.id}/dismiss`)).status).toBe(409);
  const second = await deliver(
    replyMail({ uid: guest.uid, attendee: guest.email, authentication: null, partstat: 'DECLINED' }),
  );
  expect((await organizer.client.post(`/organizer/inbound-mails/${second.id}/dismiss`)).status).toBe(200);
  expect(await byMail(guest)).toEqual([['ACCEPTED', 'mail']]);
});

test('our own mail server hands mails in; strangers’ mailboxes and too much are refused', async () => {
  const guest = await makeGuest();
  const port = platform.running.app.get(SmtpListener).port()!;
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  const to = MAILBOX.replace('@', `+${guest.replyKey}@`);
  const raw = replyMail({ uid: guest.uid, attendee: guest.email, authentication: null });
  const send = (recipient: string, message: Buffer) =>
    transport.sendMail({ envelope: { from: guest.email, to: recipient }, raw: message }).then(
      () => 250,
      (error: { responseCode?: number }) => error.responseCode,
    );
  expect(await send(to, raw)).toBe(250);
  const row = await decided(raw);
  expect([row.source, row.outcome]).toEqual(['smtp', 'apply']);
  expect(await send('somebody@else.test.example', raw)).toBe(550);
  expect(await send(to, Buffer.concat([raw, Buffer.alloc(1024 * 1024, 'a')]))).toBe(552);
  transport.close();
});

test('the gateway needs its token, and a mail too large for it is refused', async () => {
  const post = (headers: Record<string, string>, body: Buffer) =>
    fetch(`${platform.url}/api/inbound/mail`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822', ...headers },
      body: new Uint8Array(body),
    }).then((response) => response.status);
  expect(await post({}, Buffer.from('x'))).toBe(401);
  expect(await post({ authorization: 'Bearer wrong' }, Buffer.from('x'))).toBe(401);
  expect(await post({ authorization: `Bearer ${HTTP_TOKEN}` }, Buffer.alloc(2 * 1024 * 1024))).toBe(413);
});

test('a mail whose reader died is read by the sweep', async () => {
  const guest = await makeGuest();
  const raw = replyMail({ uid: guest.uid, attendee: guest.email });
  await platform.dataSource.query(
    `INSERT INTO inbound_mail (source, digest, raw, size, attempts) VALUES ('imap', $1, $2, $3, 1)`,
    [guest.objectId, raw, raw.length],
  );
  expect((await decided(raw)).outcome).toBe('apply');
});
