import { readSmsAnswer, smsVerdict } from './sms-answers.js';

test.each([
  ['aliyun', 200, '{"Code":"OK","BizId":"1"}', { kind: 'sent' }],
  ['aliyun', 200, '{"Code":"isv.BUSINESS_LIMIT_CONTROL"}', { kind: 'later', waitMs: 3_600_000 }],
  ['aliyun', 200, '{"Code":"isv.DAY_LIMIT_CONTROL"}', { kind: 'refused' }],
  ['aliyun', 200, '{"Code":"isv.SMS_SIGNATURE_ILLEGAL"}', { kind: 'refused' }],
  ['aliyun', 200, '{"Code":"isp.SYSTEM_ERROR"}', { kind: 'retry' }],
  ['tencent', 200, '{"Response":{"SendStatusSet":[{"Code":"Ok"}]}}', { kind: 'sent' }],
  [
    'tencent',
    200,
    '{"Response":{"SendStatusSet":[{"Code":"LimitExceeded.DeliveryFrequencyLimit"}]}}',
    { kind: 'later', waitMs: 60_000 },
  ],
  [
    'tencent',
    200,
    '{"Response":{"SendStatusSet":[{"Code":"FailedOperation.PhoneNumberInBlacklist"}]}}',
    { kind: 'refused' },
  ],
  ['tencent', 200, '{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure"}}}', { kind: 'refused' }],
  ['http', 202, '', { kind: 'sent' }],
  ['http', 200, '{"code":0}', { kind: 'sent' }],
  ['http', 200, '{"code":4001}', { kind: 'refused' }],
  ['http', 403, '', { kind: 'refused' }],
  ['http', 503, '{"code":0}', { kind: 'retry' }],
  ['aliyun', 200, 'oops', { kind: 'unknown' }],
  ['aliyun', 504, '', { kind: 'unknown' }],
  ['tencent', 200, '{"Response":{"Error":{"Code":"InternalError.Timeout"}}}', { kind: 'unknown' }],
  ['tencent', null, 'ECONNREFUSED', { kind: 'retry' }],
  ['tencent', null, 'ETIMEDOUT', { kind: 'unknown' }],
  ['http', 429, '', { kind: 'later', waitMs: 60_000 }],
] as const)('%s, HTTP %s, %s', (provider, status, body, expected) => {
  expect(readSmsAnswer(provider, { status, body })).toEqual(expected);
});

test.each([
  ['aliyun', false, 'unknown'],
  ['tencent', false, 'unknown'],
  ['aliyun', true, 'deferred'],
  ['http', false, 'deferred'],
] as const)('of %s, urgent %s: what nobody answered is %s', (provider, urgent, kind) => {
  const silent = { status: null, body: 'The operation was aborted due to timeout' };
  expect(smsVerdict(provider, silent, urgent)).toMatchObject({ kind });
  // What never left is sent again.
  expect(smsVerdict(provider, { status: null, body: 'ECONNREFUSED' }, urgent).kind).toBe('deferred');
});
