import { classifyBounce, guessDeliveryReports, readDeliveryStatus } from './delivery-report.js';

const failed = (address: string) => `Final-Recipient: rfc822; ${address}\nAction: failed\nStatus: 5.1.1\n`;

test.each(['\n', ' \n', '\t\n', '\r\n', '\n\n'])('recipients are told apart by a line of %j', (blank) => {
  const text = `Reporting-MTA: dns; x\n${blank}${failed('a@x.example')}${blank}${failed('b@x.example')}`;
  expect(readDeliveryStatus(text).map((report) => report.recipient)).toEqual(['a@x.example', 'b@x.example']);
});

test('internationalised recipients are read (RFC 6533)', () => {
  const [report] = readDeliveryStatus(
    'Final-Recipient: utf-8; 张三@例子.中国\nAction: failed\nStatus: 5.1.1\n',
  );
  expect(report!.recipient).toBe('张三@例子.中国');
});

test('a diagnostic is never cut within a character', () => {
  const text = `${failed('a@x.example')}Diagnostic-Code: smtp; ${'x'.repeat(993)}😀\n`;
  const [report] = readDeliveryStatus(text);
  expect([report!.diagnostic.isWellFormed(), report!.diagnostic.length]).toEqual([true, 1000]);
});

test.each([
  ['550 Mailbox not found. http://service.mail.qq.com/', 'address'],
  ['550 User not found: a@163.com', 'address'],
  ['550 Invalid User: a@corp.example', 'address'],
  ['550 收件人不存在', 'address'],
  ['550 MI:IMF 163 smtp1, 发信IP被暂时挂起', 'throttle'],
  ['554 MI:SFQ 163 smtp2', 'throttle'],
  ['550 Connection frequency limited', 'throttle'],
  ['550 Mailbox unavailable or access denied', 'unknown'],
])('%s is %s', (diagnostic, bounceClass) => {
  expect(classifyBounce({ status: '5.0.0', diagnostic })).toBe(bounceClass);
});

test.each([
  ['很抱歉，您的邮件投递失败。\n收件人：nobody@163.com\n原因：550 User not found', 'nobody@163.com'],
  ['postmaster@qq.com\n退信原因：收件人邮件地址（nobody@qq.com）不存在', 'postmaster@qq.com'],
  ['由 postmaster@qq.com 发出。收件人邮件地址（nobody@qq.com）不存在', 'nobody@qq.com'],
  ['write to help@x.example\n  nobody@x.example\n', 'nobody@x.example'],
  ['无人知晓', ''],
])('the prose %j names %j', (text, recipient) => {
  expect(guessDeliveryReports(text, '', '系统退信').map((report) => report.recipient)).toEqual([recipient]);
});
