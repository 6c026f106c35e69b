import { readComplaint } from './complaint.js';
import type { MailFacts } from './mail-facts.js';

const read = (changes: Partial<MailFacts>) =>
  readComplaint({
    from: ['fbl@isp.example'],
    fromName: '',
    to: [],
    deliveredTo: [],
    subject: '',
    messageId: null,
    answers: [],
    date: null,
    headers: [],
    contentType: 'multipart/mixed',
    reportType: null,
    text: '',
    calendars: [],
    deliveryStatus: [],
    feedbackReports: [],
    returnedHeader: '',
    otherParts: [],
    ...changes,
  });

test('a complaint names its recipient in the report, else in the mail that it returns', () => {
  const report = 'Feedback-Type: abuse\r\nOriginal-Rcpt-To: <A@x.example>\r\n';
  const returnedHeader = 'From: rsvp@ours.example\r\nTo: 李 <b@y.example>';
  expect(read({ feedbackReports: [report], returnedHeader })?.recipient).toBe('a@x.example');
  expect(read({ feedbackReports: ['Feedback-Type: abuse'], returnedHeader })?.recipient).toBe('b@y.example');
});

test.each([
  ['Abuse', true],
  ['opt-out', true],
  ['fraud', false],
  ['virus', false],
  ['auth-failure', false],
])('%s wants no more: %s', (type, wantsNoMore) => {
  const feedbackReports = [`Version: 1\r\nFeedback-Type: ${type}\r\n`];
  expect(read({ feedbackReports })).toEqual({ recipient: '', wantsNoMore });
  expect(read({ feedbackReports: ['Version: 1'], returnedHeader: `Feedback-Type: ${type}` })).toEqual({
    recipient: '',
    wantsNoMore: false,
  });
});

test('complaints without a part for machines are known', () => {
  expect(read({ returnedHeader: 'X-HmXmrOriginalRecipient: A@hotmail.example\r\nTo: b@x.example' })).toEqual({
    recipient: 'a@hotmail.example',
    wantsNoMore: true,
  });
  expect(read({ from: ['a@icloud.example'], headers: [['x-apple-unsubscribe', 'true']] })).toEqual({
    recipient: 'a@icloud.example',
    wantsNoMore: true,
  });
  expect(read({ headers: [['x-apple-unsubscribe', 'false']] })).toBeNull();
});
