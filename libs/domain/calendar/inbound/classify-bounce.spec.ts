import { classifyBounce, isPermanent, saysNoMailbox } from './classify-bounce.js';

test.each([
  ['550 Mailbox not found. http://service.mail.qq.com/', 'address'],
  ['550 User not found: a@163.com', 'address'],
  ['550 Invalid User: a@corp.example', 'address'],
  ['550 收件人不存在', 'address'],
  ['550 MI:IMF 163 smtp1, 发信IP被暂时挂起', 'throttle'],
  ['554 MI:SFQ 163 smtp2', 'throttle'],
  ['550 Connection frequency limited', 'throttle'],
  ['550 Connection denied', 'throttle'],
  ['550 Suspected spam ip', 'throttle'],
  ['550 Mailbox unavailable or access denied', 'unknown'],
  ["554 delivery error: this user doesn't have an x.example account", 'address'],
  ['sorry, no mailbox here by that name', 'address'],
  ['552 this would exceed the mailbox quota', 'mailbox-full'],
  ['the mailfolder is full', 'mailbox-full'],
  ['552 li has exhausted the allowed storage', 'mailbox-full'],
  ['550 Mailbox size limit exceeded', 'mailbox-full'],
  ['550 收件人邮箱空间不足', 'mailbox-full'],
  ['554 Sorry, this account has been disabled', 'address'],
  ['550 The mailbox is inactive', 'address'],
  ['550 mailbox temporarily disabled', 'unknown'],
  ['550 No such address', 'address'],
  ['550 This address no longer takes mail', 'address'],
  ['550 Unrouteable address', 'address'],
  ['550 帐号已被停用', 'address'],
  ['550 无此用户', 'address'],
])('%s is %s', (diagnostic, bounceClass) => {
  expect(classifyBounce({ status: '5.0.0', diagnostic })).toBe(bounceClass);
});

/** Class and finality. */
const judge = (status: string, diagnostic: string) => [
  classifyBounce({ status, diagnostic }),
  isPermanent({
    recipient: '',
    originalRecipient: null,
    action: 'failed',
    status,
    diagnostic,
    guessed: false,
  }),
];

// RFC 3463: a telling code says what it is, whatever words stand beside it.
test.each([
  ['5.1.1', '550 5.1.1 收件人不存在或受限制', 'address'],
  ['5.1.1', '550 5.1.1 No such user. Please check the address and try again.', 'address'],
  ['5.0.0', '550 5.1.1 No such user, try again', 'address'],
  ['5.2.2', '552 5.2.2 Mailbox full, please try again later', 'mailbox-full'],
  ['5.0.0', '552 Mailbox full, please try again later', 'mailbox-full'],
  ['5.5.3', '550 5.5.3 Too many recipients', 'policy'],
  ['5.4.6', '554 5.4.6 Too many Received headers', 'unknown'],
  ['5.7.1', '550 5.7.1 Message rejected as spam. See https://x.example/frequency-limit', 'policy'],
  ['5.7.1', '550 5.7.1 Rejected as spam, see the frequently asked questions', 'policy'],
  ['5.7.26', '550-5.7.26 blocked, DMARC check failed', 'policy'],
  ['5.2.1', '550 5.2.1 The email account that you tried to reach is disabled.', 'address'],
])('%s in "%s" is %s for good', (status, diagnostic, bounceClass) => {
  expect(judge(status, diagnostic)).toEqual([bounceClass, true]);
});

test.each([
  ['5.1.8', '550 5.1.8 <rsvp@ours.example>: Sender address rejected: Domain not found'],
  ['5.1.7', '553 5.1.7 Bad sender mailbox address'],
  ['5.0.0', '550 Sender address rejected: Domain not found'],
  ['5.7.1', '550 5.7.1 Sender address rejected: Access denied'],
  ['5.0.0', '550 Refused: the sender domain does not exist'],
  ['5.7.0', '550 5.7.0 your IP does not exist in DNS'],
  ['', '550-Unrouteable address 550 Sender verify failed'],
  ['', '550 rsvp@ours.example is not a valid sender: no such user'],
  ['', '550 发件人域名不存在'],
  ['', '550 您的账号已停用'],
])('%s in "%s" is a fault of the sender', (status, diagnostic) => {
  expect(judge(status, diagnostic)).toEqual(['policy', true]);
});

test.each([
  ['5.0.0', '554 HL:IHU 163 smtp8,wKhx. http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.1'],
  ['5.0.0', '550 HL:IFC 126 mx12,wKh'],
  ['5.0.0', '554 HL:REP 163 mx1'],
  ['5.0.0', '550 RP:CCL 163 mx1'],
  ['5.0.0', '550 MI:DMA 163 mx12,wKh'],
  ['5.7.1', '550 MI:SPF 163 mx12,wKh'],
  ['5.4.5', '550-5.4.5 Daily user sending quota exceeded. gsmtp'],
  ['5.0.0', '550 Daily user sending quota exceeded'],
  ['5.7.1', '550 5.7.1 Daily SMTP relay limit exceeded for user'],
  ['5.1.90', "550 5.1.90 Your message can't be sent because you've reached your daily limit for recipients"],
  ['5.7.705', '550 5.7.705 Access denied, tenant has exceeded threshold'],
  ['5.2.1', '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more'],
  ['5.1.0', '550 5.1.0 Too many messages from your host'],
])('%s in "%s" holds the sending side back, not for good', (status, diagnostic) => {
  expect(judge(status, diagnostic)).toEqual(['throttle', false]);
});

// RFC 5321 §4.2.1: the reply code tells where no status does.
test.each([
  ['', 'smtp; 550 Unknown user', ['address', true]],
  ['', 'smtp; 450 Unknown user', ['address', false]],
  ['', '[192.0.2.5] gave up', ['unknown', false]],
  ['4.4.7', '550 gave up', ['transient', false]],
])('the status %j with "%s" is %j', (status, diagnostic, judged) => {
  expect(judge(status, diagnostic)).toEqual(judged);
});

// An address or a version in the words is no status code (RFC 2034 §4: it follows the reply code).
test.each([
  ['550 5.1.1 no such user', true],
  ['550-5.1.1 <a@x.example>: unknown user', true],
  ['550 5.1.1. Nobody here', true],
  ['550 User not found: a@163.com', true],
  ['550 mx.example refuses [5.1.1.7]', false],
  ['554 5.7.1 refused, see mta 5.1.1', false],
  ['554 MTA/5.1.1: message refused by policy', false],
  ['450 4.1.1 unknown user', false],
  ['450 unknown user', false],
  ['Held back: unknown user', false],
])('%j tells that there is no such mailbox: %s', (answer, told) => {
  expect(saysNoMailbox(answer)).toBe(told);
});
