import { classifyMail } from './classify-mail.js';
import { readItipMessage } from './itip-message.js';
import type { CalendarPart, MailFacts } from './mail-facts.js';

const facts = (changes: Partial<MailFacts>): MailFacts => ({
  from: ['zhang@uni.example'],
  fromName: '',
  to: ['rsvp@ours.example'],
  deliveredTo: [],
  subject: 'Re: 对接会',
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
const kindOf = (changes: Partial<MailFacts>) => classifyMail(facts(changes)).kind;

test.each([
  '自动回复：对接会邀请',
  '【自动回复】对接会邀请',
  '回复: 对接会 (自动回复)',
  '外出自动答复: 对接会',
  '来自张三的自动回复',
  'Out of Office: session',
  'Abwesenheitsnotiz: session',
  '自動返信: 面談',
  'Report domain: ours.example Submitter: google.example Report-ID: 1',
])('nobody wrote a mail with the subject %s', (subject) => {
  expect(kindOf({ subject })).toBe('automatic');
});

test.each([
  '邀请-自动回复',
  '系统自动回复',
  '邮件自动回复：邀请',
  '张三的自动回复: 邀请',
  'Re: 自动回复: 邀请',
  '不在办公室: 邀请',
  '自動応答: 招待',
  '不在通知',
  'Automatic reply',
  '[Out of Office] session',
  'Out of Office AutoReply: session',
  'Out of the office',
  'Auto: session',
  'OOO: session',
  'Absence du bureau : session',
  'Réponse automatique : session',
  'Re\u0301ponse automatique\u00a0: session',
  'Respuesta automática: session',
  'Fuera de la oficina: session',
  'Automatische Antwort: session',
  'Risposta automatica: session',
  'Automatisch antwoord: session',
  'Automatiskt svar: session',
  'Automatická odpověď: session',
  'Автоответ: session',
  'АВТОМАТИЧЕСКИЙ ОТВЕТ: session',
  '자동 회신: session',
  '부재중: session',
  '부재중',
  'Tự động trả lời: session',
])('nor one with the subject %s', (subject) => {
  expect(kindOf({ subject })).toBe('automatic');
});

test.each([
  'Vacation that week - can I send a colleague?',
  'Out of the office on 10 March, may I attend by video?',
  'Automatic response systems panel - one question',
  'Re: vacation schedule',
  'Re: vacation',
  'Auto parts makers at the session',
  '自动回复功能怎么关闭',
  '不在办公室办公的人能参加吗',
  'Abwesend am 10. März, geht auch Video?',
])('a person may begin with the same words: %s', (subject) => {
  expect(kindOf({ subject })).toBe('human');
  expect(kindOf({ subject, headers: [['x-auto-response-suppress', 'All']] })).toBe('automatic');
});

test.each([
  ['(by hand) no', 'human'],
  ['no (really)', 'human'],
  ['(no) auto-replied', 'automatic'],
])('Auto-Submitted: %s is %s', (value, kind) => {
  expect(kindOf({ headers: [['auto-submitted', value]] })).toBe(kind);
});

test.each(['application/ms-tnef', 'application/vnd.ms-tnef'])('%s hides what it says', (type) => {
  expect(kindOf({ otherParts: [type] })).toBe('unreadable');
});

test.each([
  ['precedence', 'auto_reply'],
  ['x-precedence', 'bulk'],
  ['preference', 'auto_reply'],
  ['x-post-messageclass', '9; Autoresponder'],
  ['x-mailer', 'vacation 1.2'],
  ['x-autoreply-from', 'a@b.example'],
  ['x-fc-machinegenerated', 'true'],
])('nor one with the field %s: %s', (name, value) => {
  expect(kindOf({ headers: [[name, value]] })).toBe('automatic');
});

test('people may write about automatic replies and bounces', () => {
  expect(
    ['请关闭自动回复功能', '咨询：退信怎么处理', 'Re: report of the domain'].map((subject) =>
      kindOf({ subject }),
    ),
  ).toEqual(['human', 'human', 'human']);
  expect(
    kindOf({
      headers: [
        ['x-mailer', 'Foxmail 7.2'],
        ['auto-submitted', 'no'],
      ],
    }),
  ).toBe('human');
});

test.each([
  '系统退信/Systems bounce',
  '邮件退回通知',
  '未送达: 对接会',
  '邮件发送失败',
  'Message not delivered',
  'Unzustellbar: Einladung',
  'Non remis : invitation',
  'No se puede entregar: invitation',
  '配信不能: 招待',
])('a mail server writes %s', (subject) => {
  expect(kindOf({ subject, from: ['postmaster@mail.example'] })).toBe('delivery-report');
  expect(kindOf({ subject, headers: [['return-path', '<>']] })).toBe('delivery-report');
});

test('a mail server is known by its name as well, a person is not by the subject', () => {
  const subject = 'Undelivered Mail Returned to Sender';
  const named = { subject, from: ['noreply@x.example'], fromName: 'Mail Delivery System' };
  expect([kindOf(named), kindOf({ subject, from: [] })]).toEqual(['delivery-report', 'delivery-report']);
  expect([kindOf({ subject }), kindOf({ ...named, subject: '对接会' })]).toEqual(['human', 'human']);
});

test('a report that names a file names its recipient in the header', () => {
  const found = classifyMail(
    facts({
      deliveryStatus: ['Final-Recipient: rfc822; /var/spool/li\nAction: failed\nStatus: 5.0.0\n'],
      headers: [['x-failed-recipients', 'li@x.example']],
    }),
  );
  expect(found.kind === 'delivery-report' && found.reports[0]?.recipient).toBe('li@x.example');
});

const notice = (body: object, text = JSON.stringify(body)) =>
  classifyMail(
    facts({ from: ['no-reply@sns.amazonaws.com'], text: `${text}\n\n--\nTo stop this, click here\n` }),
  );

test('Amazon SES reports in JSON', () => {
  const failed = {
    emailAddress: 'A@x.example',
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1',
  };
  const bounce = { bounceType: 'Permanent', bouncedRecipients: [failed, { emailAddress: 'b@x.example' }] };
  const body = { notificationType: 'Bounce', bounce };
  const reports = [
    { recipient: 'a@x.example', action: 'failed', status: '5.1.1', diagnostic: 'smtp; 550 5.1.1' },
    { recipient: 'b@x.example', action: 'failed', status: '5.0.0', diagnostic: '' },
  ].map((report) => ({ ...report, originalRecipient: null, guessed: true }));
  expect(notice(body)).toEqual({ kind: 'delivery-report', reports });
  expect(notice(body, JSON.stringify(body).replace('5.1.1","', '5.1.1","!\n '))).toEqual(notice(body));
  const late = { eventType: 'Bounce', bounce: { ...bounce, bounceType: 'Transient' } };
  expect(notice(late)).toMatchObject({ reports: [{ status: '5.1.1' }, { status: '4.0.0' }] });
  const complaint = { complainedRecipients: [{ emailAddress: 'a@x.example' }] };
  expect(notice({ notificationType: 'Complaint', complaint })).toEqual({
    kind: 'complaint',
    recipient: 'a@x.example',
    wantsNoMore: true,
  });
  expect(notice({ notificationType: 'Delivery' }).kind).toBe('automatic');
  for (const text of ['null', '[]', '{', '{"notificationType":"Bounce","bounce":[]}'])
    expect(notice({}, text).kind).toBe('human');
  expect(kindOf({ text: JSON.stringify(body) })).toBe('human');
});

test('a receipt is one by its part as well as by its type', () => {
  expect(kindOf({ otherParts: ['message/disposition-notification'] })).toBe('automatic');
});

test('a report that a mail is no spam is no complaint (RFC 6430)', () => {
  expect(kindOf({ feedbackReports: ['Version: 1\r\nFeedback-Type: Not-Spam\r\n'] })).toBe('automatic');
});

const part = (method: string): CalendarPart => ({
  contentType: 'text/calendar',
  methodParameter: null,
  message: readItipMessage(
    new TextEncoder().encode(`BEGIN:VCALENDAR\nMETHOD:${method}\nEND:VCALENDAR`),
    null,
  ),
  fault: null,
  reason: '',
});

test('among several calendar parts an answer counts, wherever it stands', () => {
  for (const methods of [
    ['PUBLISH', 'REPLY'],
    ['REPLY', 'PUBLISH'],
    ['REQUEST', 'COUNTER'],
  ]) {
    const found = classifyMail(facts({ calendars: methods.map(part) }));
    expect(found.kind === 'itip' && found.message.method).toBe(
      methods.find((one) => one === 'REPLY' || one === 'COUNTER'),
    );
  }
});

// Each of these took minutes while patterns were tried at every character of what a stranger had written.
test.each<[string, Partial<MailFacts>]>([
  ['recipients', { deliveryStatus: [`Final-Recipient: rfc822; ${'a'.repeat(250_000)}\nAction: failed`] }],
  ['returned fields', { feedbackReports: ['x'], returnedHeader: `To: ${'a'.repeat(250_000)}` }],
  ['return paths', { headers: [['return-path', `<${' '.repeat(250_000)}x`]] }],
  ['rules', { from: ['mailer-daemon@x.example'], text: '-'.repeat(60_000) }],
  ['lists', { from: ['mailer-daemon@x.example'], text: 'a@b.cd\n'.repeat(9_000) }],
  ['prose', { from: ['mailer-daemon@x.example'], text: `${'a@'.repeat(30_000)}\n${'\n'.repeat(60_000)}` }],
])('long %s are read at once', (_what, changes) => {
  const start = performance.now();
  classifyMail(facts(changes));
  expect(performance.now() - start).toBeLessThan(2000);
});
