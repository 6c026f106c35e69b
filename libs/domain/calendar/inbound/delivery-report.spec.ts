import { readDeliveryStatus } from './delivery-report.js';

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
  ["rfc822; o'brien@example.ie", "o'brien@example.ie"],
  ["rfc822; 'a@x.example'", 'a@x.example'],
  ['rfc822; "zhang san"@x.example', '"zhang san"@x.example'],
  ['rfc822; a@[192.0.2.1]', 'a@[192.0.2.1]'],
  [String.raw`utf-8; \x{7528}\x{6237}@x.example`, '用户@x.example'],
  [String.raw`utf-8; \x{D800}\x{A}\x{110000}@x.example`, String.raw`\x{d800}\x{a}\x{110000}@x.example`],
])('the recipient of %j is read', (field, recipient) => {
  const [report] = readDeliveryStatus(`Final-Recipient: ${field}\nAction: failed\nStatus: 5.1.1\n`);
  expect(report!.recipient).toBe(recipient);
});

test.each([
  ['Status: 2.0.0', 'delivered'],
  ['Action: relay\nStatus: 2.1.5', 'delivered'],
  ['Action: failed\nStatus: 2.1.5', 'failed'],
  ['Status: 4.4.1', 'delayed'],
  ['Status: 5.1.1', 'failed'],
])('%j tells that it is %s', (fields, action) => {
  const [report] = readDeliveryStatus(`Final-Recipient: rfc822; a@x.example\n${fields}\n`);
  expect(report!.action).toBe(action);
});

test.each([
  ['Diagnostic-Code: smtp; 550 5.1.1 User unknown', '5.1.1'],
  ['Status: 550\nDiagnostic-Code: smtp; 550-5.2.2 Full', '5.2.2'],
  ['Diagnostic-Code: smtp; 550 #5.1.0 Address rejected', '5.1.0'],
  ['Diagnostic-Code: smtp; 550 5.1.1.7 is listed', ''],
  ['Status: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 User unknown', '5.0.0'],
])('the status of %j is %j', (fields, status) => {
  const [report] = readDeliveryStatus(`Final-Recipient: rfc822; a@x.example\nAction: failed\n${fields}\n`);
  expect(report!.status).toBe(status);
});

test('an action among the fields of the message counts for recipients without one', () => {
  const reports = readDeliveryStatus(
    'Reporting-MTA: dns; mx.x.example\nAction: failed\n\nFinal-Recipient: rfc822; a@x.example\nStatus: 4.7.0\n',
  );
  expect(reports.map((report) => [report.recipient, report.action])).toEqual([['a@x.example', 'failed']]);
});

test.each([
  ['Final-Recipient: rfc822; *****@**********', 'Original-Recipient: rfc822;zhang@x.example'],
  ['Final-Recipient: rfc822; zhang', 'Original-Recipient: rfc822; zhang@x.example'],
  ['Final-Recipient: LOCAL; \\zhang', 'X-Actual-Recipient: rfc822; zhang@x.example'],
])('where "%s" is no address, "%s" tells', (final, other) => {
  const [report] = readDeliveryStatus(`${final}\nAction: failed\nStatus: 5.1.1\n${other}\n`);
  expect(report!.recipient).toBe('zhang@x.example');
});
