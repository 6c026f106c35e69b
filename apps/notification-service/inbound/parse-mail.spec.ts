import { classifyMail } from '#libs/domain/calendar/inbound/classify-mail.js';
import { parseMail } from './parse-mail.js';

const GBK: Record<string, number[]> = {
  自动回复: [0xd7, 0xd4, 0xb6, 0xaf, 0xbb, 0xd8, 0xb8, 0xb4],
  系统退信: [0xcf, 0xb5, 0xcd, 0xb3, 0xcd, 0xcb, 0xd0, 0xc5],
  不存在: [0xb2, 0xbb, 0xb4, 0xe6, 0xd4, 0xda],
};
/** A mail of these lines, with the words above in octets of GBK. */
function mailOf(...lines: string[]): Buffer {
  const words = new RegExp(`(${Object.keys(GBK).join('|')})`);
  const text = lines.join('\r\n').split(words);
  return Buffer.concat(text.map((part) => Buffer.from(GBK[part] ?? part)));
}

test('a subject in raw GBK is read', async () => {
  const answer = await parseMail(mailOf('From: a@x.example', 'Subject: 自动回复: x', '', 'x'));
  expect([answer.subject, classifyMail(answer).kind]).toEqual(['自动回复: x', 'automatic']);
  const bounce = await parseMail(
    mailOf('Return-Path: <>', 'From: postmaster@x.example', 'Subject: 系统退信', '', 'x'),
  );
  expect([bounce.subject, classifyMail(bounce).kind]).toEqual(['系统退信', 'delivery-report']);
});

test('a report in raw GBK is read', async () => {
  const { deliveryStatus } = await parseMail(
    mailOf(
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      'Content-Transfer-Encoding: 8bit',
      '',
      'Final-Recipient: rfc822; a@x.example',
      'Diagnostic-Code: smtp; 550 不存在',
      '--b--',
    ),
  );
  expect(deliveryStatus[0]).toContain('550 不存在');
});

test.each([
  ['name="winmail.dat"', 'AAAA', 'application/ms-tnef'],
  ['name="att0001.dat"', 'eJ8+IgEA', 'application/ms-tnef'],
  ['name="data.bin"', 'AAAA', 'application/octet-stream'],
])('octets with %s beginning %s are %s', async (parameter, content, type) => {
  const { otherParts } = await parseMail(
    mailOf(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      `Content-Type: application/octet-stream; ${parameter}`,
      'Content-Transfer-Encoding: base64',
      '',
      content,
      '--b--',
    ),
  );
  expect(otherParts).toEqual([type]);
});

test('a mail in which no part is found is read as it was sent', async () => {
  const broken = ['Content-Type: multipart/mixed;', 'boundary=b', '', '--b', '', 'Sorry', '--b--'];
  expect((await parseMail(mailOf(...broken))).text).toBe('Sorry');
  const whole = [
    'Content-Type: multipart/mixed;',
    ' boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    '--b--',
  ];
  expect((await parseMail(mailOf(...whole))).text).toBe('');
});

test('a part whose type is left empty does not spoil the others', async () => {
  const report = 'Final-Recipient: rfc822; a@x.example';
  const parts = [
    '--b',
    'Content-Type: ',
    '',
    'x',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    report,
  ];
  const { deliveryStatus, otherParts } = await parseMail(
    mailOf('Content-Type: multipart/report; boundary=b', '', ...parts, '--b--'),
  );
  expect([deliveryStatus.join('').trim(), otherParts]).toEqual([
    report,
    ['text/plain', 'message/delivery-status'],
  ]);
});
