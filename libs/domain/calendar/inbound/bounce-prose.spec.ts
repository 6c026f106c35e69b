import { guessDeliveryReports, isBounceProse } from './bounce-prose.js';
import type { MailFacts } from './mail-facts.js';

const facts = (changes: Partial<MailFacts>): MailFacts => ({
  from: ['zhang@uni.example'],
  fromName: '',
  to: ['rsvp@ours.example'],
  deliveredTo: [],
  subject: '',
  messageId: null,
  answers: [],
  date: null,
  headers: [],
  contentType: 'text/plain',
  reportType: null,
  text: '',
  calendars: [],
  deliveryStatus: [],
  feedbackReports: [],
  returnedHeader: '',
  otherParts: [],
  ...changes,
});
const recipients = (changes: Partial<MailFacts>) =>
  guessDeliveryReports(facts(changes)).map((report) => report.recipient);

test.each([
  'The invitation you wrote on Monday did not reach the following recipient(s):\n\nli@x.example at 10:00',
  'We have had trouble delivering what you sent to li@x.example.',
  'Nothing was sent to li@x.example: it could not be delivered.',
  'Error: invalid address\n550 - mailbox does not exist here\nRCPT TO: li@x.example',
  'What you sent to <li@x.example> was automatically rejected:\nQuota exceeded',
  '您发给 li@x.example 的信未能送达。',
  '送信先のアドレスには配信できませんでした。\n<li@x.example>',
])('a mail server says in its text alone: %s', (text) => {
  expect(isBounceProse(facts({ text, from: ['post_master@x.example'], subject: 'RE: 对接会' }))).toBe(true);
  for (const path of ['<>', '<MAILER-DAEMON>'])
    expect(isBounceProse(facts({ text, headers: [['return-path', path]], subject: '对接会' }))).toBe(true);
  expect(isBounceProse(facts({ text, subject: '对接会' }))).toBe(false);
});

test('the person who runs a mail server is none', () => {
  const person = { from: ['postmaster@corp.example'], fromName: '系统管理员', subject: '对接会' };
  for (const text of [
    '上次的邀请无法送达，请再发一次。',
    '邮件投递失败怎么办？\n\n张三\npostmaster@corp.example',
  ])
    expect(isBounceProse(facts({ ...person, text }))).toBe(false);
});

test('a mail server may have a name but no address', () => {
  expect(isBounceProse(facts({ from: [], fromName: 'mailer-daemon', subject: 'Sorry' }))).toBe(true);
  expect(
    isBounceProse(facts({ from: ['"system administrator"@x.example'], subject: 'Delivery failure' })),
  ).toBe(true);
});

test('a sender that is no mail server has to say it twice, or to return the mail from an address nobody reads', () => {
  const text = 'Your mail could not be delivered to li@x.example';
  const gateway = { from: ['virus-gateway@x.example'], subject: 'Delivery failure notification', text };
  expect(isBounceProse(facts(gateway))).toBe(true);
  expect(
    isBounceProse(facts({ ...gateway, text: 'Our courier says that the parcel is undeliverable.' })),
  ).toBe(false);
  expect(isBounceProse(facts({ ...gateway, subject: `Fwd: ${gateway.subject}` }))).toBe(false);
  const phone = { from: ['no-reply@x.example'], subject: 'お知らせ', text };
  expect(isBounceProse(facts({ ...phone, returnedHeader: 'To: li@x.example' }))).toBe(true);
  expect(isBounceProse(facts(phone))).toBe(false);
});

test.each([
  'I cannot be reached before Monday.',
  'I hope to be able to deliver my talk.',
  'Thank you for your mail.',
])('an automatic reply is no bounce: %s', (text) => {
  expect(isBounceProse(facts({ text, headers: [['return-path', '<>']], subject: 'Away' }))).toBe(false);
});

test.each([
  ['很抱歉，您的邮件投递失败。\n收件人：nobody@163.com\n原因：550 User not found', ['nobody@163.com']],
  ['postmaster@qq.com\n退信原因：收件人邮件地址（nobody@qq.com）不存在', ['postmaster@qq.com']],
  ['由 postmaster@qq.com 发出。收件人邮件地址（nobody@qq.com）不存在', ['nobody@qq.com']],
  ['write to help@x.example\n  nobody@x.example\n', ['nobody@x.example']],
  [
    'To: list@y.example\ndid not reach the following recipient(s):\nc=CN;dda:SMTP=a@x.example; at 10:00',
    ['a@x.example'],
  ],
  [
    'It could not be delivered to:\n * a@x.example\n<b@x.example>:\n"c@x.example"\n',
    ['a@x.example', 'b@x.example', 'c@x.example'],
  ],
  ['a@x.example\n------- Returned message -------\nb@x.example', ['a@x.example']],
  ['无人知晓', ['']],
])('the prose %j names %j', (text, named) => {
  expect(recipients({ text, subject: '系统退信' })).toEqual(named);
});

test('whom the report itself went to is not who did not get the mail', () => {
  const text = 'from rsvp@ours.example\nThese addresses had errors: a@x.example';
  expect(recipients({ text, to: ['rsvp+key@ours.example'] })).toEqual(['a@x.example']);
  expect(recipients({ text: 'Sorry, rsvp@ours.example.', returnedHeader: 'To: Li <b@x.example>' })).toEqual([
    'b@x.example',
  ]);
  expect(recipients({ text: 'It could not be delivered.\n\nOriginal message:\nTo: c@x.example' })).toEqual([
    'c@x.example',
  ]);
});

test('prose names its recipient and status, and what stands behind it', () => {
  const text =
    'Hi. This is the qmail-send program.\n\n<b@x.example>:\nNo host. (#5.1.2)\n\n--- Below this line is a copy of the message.\n\n<c@y.example>:\n';
  expect(guessDeliveryReports(facts({ text, subject: 'failure notice' }))).toEqual([
    {
      recipient: 'b@x.example',
      originalRecipient: null,
      action: 'failed',
      status: '5.1.2',
      diagnostic: 'No host. (#5.1.2)',
      guessed: true,
    },
  ]);
});

test.each([
  ['by mx [192.4.2.2] with Exim 4.80.1, 5.5.2657.72', ''],
  ['mx [192.0.2.4]: 554 5.7.1 refused', '5.7.1'],
  ['Exim 4.94.2 said: user unknown (#5.1.1)', '5.1.1'],
  ['Postfix/4.3.2 could not deliver to 4.2.2.1', ''],
  ['Remote server answered: 5.1.1.', '5.1.1'],
])('numbers are no status codes: %s', (text, status) => {
  expect(guessDeliveryReports(facts({ text }))[0]!.status).toBe(status);
});

const told = (text: string) =>
  guessDeliveryReports(facts({ text })).map(({ recipient, status, diagnostic }) =>
    [recipient, status, diagnostic].join(' | '),
  );

test('each of several recipients has what is said of it alone', () => {
  const listed =
    'These addresses failed:\n\n  a@x.example\n    mailbox is full\n\n  b@y.example\n    host mx.y.example: 550 5.1.1\n    <b@y.example> is unknown\n';
  expect(told(listed)).toEqual([
    'a@x.example |  | mailbox is full',
    'b@y.example | 5.1.1 | 550 5.1.1 <b@y.example> is unknown',
  ]);
  const session =
    'These addresses had errors\n<a@x.example>\n<b@x.example>\n\n   ----- Transcript -----\n>>> RCPT To:<a@x.example>\n<<< 550 User unknown\n>>> RCPT To:<b@x.example>\n<<< 452 4.2.2 full\n';
  expect(told(session)).toEqual([
    'a@x.example |  | 550 User unknown',
    'b@x.example | 4.2.2 | 452 4.2.2 full',
  ]);
});

test('what stands behind a list or is said of nobody is of all recipients', () => {
  const both = ['a@x.example | 5.7.1 | 554 5.7.1 no', 'b@x.example | 5.7.1 | 554 5.7.1 no'];
  expect(told('It failed:\na@x.example\n\nb@x.example\n\n554 5.7.1 no\n')).toEqual(both);
  expect(told('554 5.7.1 no\n\nIt failed:\n* a@x.example\n* b@x.example\n')).toEqual(both);
});

test('fields that were taken into the text are read, but not as said by a machine', () => {
  const text =
    'Not delivered:\n\nFinal-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; b@x.example\nAction: delayed\nStatus: 4.0.0\n';
  const reports = guessDeliveryReports(facts({ text }));
  expect(
    reports.map(({ recipient, action, status, guessed }) => [recipient, action, status, guessed]),
  ).toEqual([
    ['a@x.example', 'failed', '5.1.1', true],
    ['b@x.example', 'delayed', '4.0.0', true],
  ]);
});
