import type { SmsSettings } from '#config/notification-config.js';
import { aliyunRequest, gatewayRequest, tencentRequest, type SmsMessage } from './sms-requests.js';

const message: SmsMessage = {
  id: '0193-row',
  phone: '+8613800000001',
  signName: '对接平台',
  templateId: 'SMS_1',
  values: [
    ['event', "海洋 装备(一)*'!~"],
    ['time', '12月1日 14:00'],
  ],
};
const settings: SmsSettings = {
  provider: 'aliyun',
  url: null,
  keyId: 'testId',
  keySecret: 'testSecret',
  appId: '1400000001',
  region: 'cn-hangzhou',
};
const now = new Date('2026-11-22T12:00:00.123Z');

// The expected signatures were computed apart, with Python's hmac and urllib.
test('Alibaba Cloud: sorted query, its signature, and the row as OutId', () => {
  const { url, body } = aliyunRequest(message, settings, now, 'nonce-1');
  const query = new URLSearchParams(body);
  expect(url).toBe('https://dysmsapi.aliyuncs.com');
  expect(Object.fromEntries(query)).toEqual({
    AccessKeyId: 'testId',
    Action: 'SendSms',
    Format: 'JSON',
    OutId: '0193-row',
    PhoneNumbers: '13800000001',
    RegionId: 'cn-hangzhou',
    SignName: '对接平台',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: 'nonce-1',
    SignatureVersion: '1.0',
    TemplateCode: 'SMS_1',
    TemplateParam: JSON.stringify({ event: "海洋 装备(一)*'!~", time: '12月1日 14:00' }),
    Timestamp: '2026-11-22T12:00:00Z',
    Version: '2017-05-25',
    Signature: 'rmEx8eWz7wDXdOOsFW4Pq7g2d9s=',
  });
});

test('Tencent Cloud: the headers and the signature over them', () => {
  const { url, body, headers } = tencentRequest(message, { ...settings, region: 'ap-guangzhou' }, now);
  expect(url).toBe('https://sms.tencentcloudapi.com');
  expect(JSON.parse(body)).toEqual({
    PhoneNumberSet: ['+8613800000001'],
    SmsSdkAppId: '1400000001',
    SignName: '对接平台',
    TemplateId: 'SMS_1',
    TemplateParamSet: ["海洋 装备(一)*'!~", '12月1日 14:00'],
    SessionContext: '0193-row',
  });
  expect(headers).toEqual({
    'content-type': 'application/json; charset=utf-8',
    'x-tc-action': 'SendSms',
    'x-tc-version': '2021-01-11',
    'x-tc-timestamp': '1795348800',
    'x-tc-region': 'ap-guangzhou',
    authorization:
      'TC3-HMAC-SHA256 Credential=testId/2026-11-22/sms/tc3_request, SignedHeaders=content-type;host;x-tc-action, ' +
      'Signature=3a745b6d31e0ef3a500bec1d617efb4dd49f49895872fd21c297a8293c74e07b',
  });
});

test('a gateway of one’s own gets names, and the row’s id as idempotency key', () => {
  const own = { ...settings, provider: 'http' as const, url: 'http://sms.intranet/send' };
  const { url, body, headers } = gatewayRequest(message, own);
  expect(url).toBe('http://sms.intranet/send');
  expect(headers['idempotency-key']).toBe('0193-row');
  expect(JSON.parse(body)).toEqual({
    id: '0193-row',
    to: '+8613800000001',
    sign: '对接平台',
    template: 'SMS_1',
    variables: { event: "海洋 装备(一)*'!~", time: '12月1日 14:00' },
  });
});
