import { readRobotAnswer } from './robot-answers.js';

test.each([
  ['wecom-robot', 200, '{"errcode":0,"errmsg":"ok"}', { kind: 'sent' }],
  [
    'wecom-robot',
    200,
    '{"errcode":45009,"errmsg":"api freq out of limit"}',
    { kind: 'rate', waitMs: 60_000 },
  ],
  ['wecom-robot', 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', { kind: 'config' }],
  ['wecom-robot', 200, '{"errcode":40058,"errmsg":"too long"}', { kind: 'refused' }],
  ['wecom-robot', 200, '{"errcode":-1,"errmsg":"busy"}', { kind: 'retry' }],
  ['dingtalk-robot', 200, '{"errcode":130101,"errmsg":"send too fast"}', { kind: 'rate', waitMs: 600_000 }],
  ['dingtalk-robot', 200, '{"errcode":310000,"errmsg":"sign not match"}', { kind: 'config' }],
  ['feishu-robot', 200, '{"code":0,"msg":"success","StatusCode":0}', { kind: 'sent' }],
  ['feishu-robot', 200, '{"StatusCode":0,"StatusMessage":"success"}', { kind: 'sent' }],
  ['feishu-robot', 200, '{"code":11232,"msg":"frequency limited"}', { kind: 'rate', waitMs: 60_000 }],
  ['feishu-robot', 400, '{"code":19021,"msg":"sign match fail"}', { kind: 'config' }],
  ['feishu-robot', 200, '{"code":9499,"msg":"Bad Request"}', { kind: 'refused' }],
  ['wecom-robot', 200, '<html>', { kind: 'retry' }],
  ['wecom-robot', 200, 'null', { kind: 'retry' }],
  ['wecom-robot', 404, '', { kind: 'refused' }],
  ['wecom-robot', 502, '{"errcode":0}', { kind: 'retry' }],
  ['wecom-robot', null, 'ECONNREFUSED', { kind: 'retry' }],
  ['feishu-robot', 429, '', { kind: 'rate', waitMs: 60_000 }],
] as const)('%s, HTTP %s, %s', (kind, status, body, expected) => {
  expect(readRobotAnswer(kind, { status, body })).toEqual(expected);
});

test('a service that says how long to wait is believed', () => {
  expect(readRobotAnswer('feishu-robot', { status: 429, body: '', retryAfterMs: 5_000 })).toEqual({
    kind: 'rate',
    waitMs: 5_000,
  });
});
