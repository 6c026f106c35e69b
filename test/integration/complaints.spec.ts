import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { PreferencesView } from '#libs/contracts/notifications/preferences.js';
import { storeInboundMail } from '#libs/persistence/inbound/store-inbound-mail.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { ReadInboundMail } from '../../apps/notification-service/inbound/read-inbound-mail.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { AUTHSERV, MAILBOX } from '../support/replies.js';

jest.setTimeout(60_000);

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ INBOUND_ADDRESS: MAILBOX, INBOUND_AUTHSERV_IDS: AUTHSERV });
});
afterAll(() => platform.stop());

/** Reads a report about the mail `messageId` and answers what became of it. */
async function complain(
  person: TestPerson,
  messageId: string,
  type: string,
  headers: readonly string[] = ['From: fbl@isp.test.example'],
): Promise<string> {
  const { manager } = platform.dataSource;
  const raw = Buffer.from(
    [
      ...headers,
      `To: ${MAILBOX}`,
      `Message-ID: <${randomUUID()}@isp.test.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=feedback-report; boundary=r',
      '',
      '--r',
      'Content-Type: message/feedback-report',
      '',
      `Feedback-Type: ${type}`,
      `Original-Rcpt-To: <${person.email}>`,
      '',
      '--r',
      'Content-Type: message/rfc822',
      '',
      `To: ${person.email}`,
      `Message-ID: <${messageId}@duijie.example>`,
      '',
      '--r--',
      '',
    ].join('\r\n'),
  );
  const id = await storeInboundMail(
    manager,
    {
      source: 'lmtp',
      raw,
      envelopeFrom: null,
      recipients: [],
      authenticatedSender: null,
      receivedAt: platform.clock.now(),
    },
    1_000_000,
  );
  await platform.running.app.get(ReadInboundMail).run(id!);
  const [row] = await manager.query<{ outcome: string }[]>('SELECT outcome FROM inbound_mail WHERE id = $1', [
    id,
  ]);
  return row!.outcome;
}

async function sentTo(person: TestPerson): Promise<string> {
  const { manager } = platform.dataSource;
  const id = await writeMail(manager, {
    topic: 'need-published',
    dedupeKey: randomUUID(),
    personId: person.id,
    toAddress: person.email,
    toName: null,
    locale: 'zh-CN',
    payload: { title: '需求', link: '/needs/1' },
  });
  const [row] = await manager.query<{ message_id: string }[]>(
    'SELECT message_id FROM notification WHERE id = $1',
    [id],
  );
  return row!.message_id;
}

/** What the person hears by mail now. */
async function mailsTo(person: TestPerson): Promise<Record<string, string>> {
  const { body } = await person.client.get<PreferencesView>('/me/notification-preferences');
  return Object.fromEntries(
    body.table.map(({ group, cells }) => [group, cells.find((one) => one.channel === 'mail')!.chosen]),
  );
}

const audits = async (person: TestPerson) => {
  const rows = await platform.dataSource.query<{ detail: { groups: string[] } }[]>(
    "SELECT detail FROM audit_entry WHERE action = 'unsubscribe-complainant' AND subject_id = $1",
    [person.id],
  );
  return rows.map(({ detail }) => detail.groups);
};

const ALL = {
  account: 'now',
  invitations: 'now',
  registrations: 'now',
  reminders: 'now',
  market: 'now',
  matches: 'now',
};
const NEEDED = { ...ALL, registrations: 'off', reminders: 'off', market: 'off', matches: 'off' };

test('who complains about a mail of ours gets no more that one may do without, however often they do', async () => {
  const person = await makePerson(platform);
  const { body: given } = await person.client.get<object>('/me/notification-preferences');
  await person.client.put('/me/notification-preferences', {
    ...given,
    choices: { market: { mail: 'off', sms: 'now' } },
  });
  const messageId = await sentTo(person);
  for (let times = 0; times < 2; times++) {
    expect(await complain(person, messageId, 'abuse')).toBe('complaint');
    expect(await mailsTo(person)).toEqual(NEEDED);
  }
  expect(await audits(person)).toEqual([['registrations', 'reminders', 'matches']]);
  const { body } = await person.client.get<PreferencesView>('/me/notification-preferences');
  expect(body.choices.market).toEqual({ mail: 'off', sms: 'now' });
});

test.each([
  ['that a server found', 'virus', 'complaint'],
  ['that a mail is no spam', 'not-spam', 'ignore'],
])('a report %s ends nothing', async (_what, type, outcome) => {
  const person = await makePerson(platform);
  expect(await complain(person, await sentTo(person), type)).toBe(outcome);
  expect([await mailsTo(person), await audits(person)]).toEqual([ALL, []]);
});

test('a complaint that names no mail of ours ends nothing: anybody can write one', async () => {
  const person = await makePerson(platform);
  await sentTo(person);
  expect(await complain(person, randomUUID(), 'abuse')).toBe('complaint');
  expect([await mailsTo(person), await audits(person)]).toEqual([ALL, []]);
});

test.each<[string, (email: string) => string, boolean, typeof ALL]>([
  ['whose address it is', (email) => email, true, NEEDED],
  ['who runs its domain', (email) => `postmaster@${email.split('@')[1]}`, true, NEEDED],
  ['who only says so', (email) => email, false, ALL],
  ['who has another mailbox there', (email) => `eve@${email.split('@')[1]}`, true, ALL],
  ['who runs another domain', () => 'abuse@isp.test.example', true, ALL],
])(
  'a complaint that names but an address counts or not, coming from one %s',
  async (_who, by, told, left) => {
    const person = await makePerson(platform);
    const from = by(person.email);
    const proof = `${AUTHSERV}; dmarc=pass header.from=${from.split('@')[1]}`;
    const headers = [`From: ${from}`, ...(told ? [`Authentication-Results: ${proof}`] : [])];
    expect(await complain(person, randomUUID(), 'abuse', headers)).toBe('complaint');
    expect(await mailsTo(person)).toEqual(left);
    expect(await audits(person)).toHaveLength(left === ALL ? 0 : 1);
  },
);
