import { createHash, createHmac } from 'node:crypto';
import type { SmsSettings } from '#config/notification-config.js';
import type { HttpRequest } from '../robots/robot-requests.js';

/** One message by an approved template; `values` in the order of the template's variables. */
export interface SmsMessage {
  /** Id of the row: comes back in the provider's reports. */
  readonly id: string;
  /** E.164, e.g. +8613800000000. */
  readonly phone: string;
  readonly signName: string;
  readonly templateId: string;
  readonly values: readonly (readonly [variable: string, value: string])[];
}

export function smsRequest(
  message: SmsMessage,
  settings: SmsSettings,
  now: Date,
  nonce: string,
): HttpRequest {
  if (settings.provider === 'aliyun') return aliyunRequest(message, settings, now, nonce);
  if (settings.provider === 'tencent') return tencentRequest(message, settings, now);
  return gatewayRequest(message, settings);
}

/** RFC 3986 as Alibaba Cloud wants it: also `!'()*` are encoded. */
const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** SendSms 2017-05-25 with signature version 1.0 (HMAC-SHA1 over the sorted query). */
export function aliyunRequest(
  message: SmsMessage,
  settings: SmsSettings,
  now: Date,
  nonce: string,
): HttpRequest {
  const parameters: Record<string, string> = {
    AccessKeyId: settings.keyId,
    Action: 'SendSms',
    Format: 'JSON',
    OutId: message.id,
    PhoneNumbers: message.phone.replace(/^\+86/, ''),
    RegionId: settings.region,
    SignName: message.signName,
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: nonce,
    SignatureVersion: '1.0',
    TemplateCode: message.templateId,
    TemplateParam: JSON.stringify(Object.fromEntries(message.values)),
    Timestamp: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    Version: '2017-05-25',
  };
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${percent(name)}=${percent(parameters[name]!)}`)
    .join('&');
  const signature = createHmac('sha1', `${settings.keySecret}&`)
    .update(`POST&%2F&${percent(query)}`)
    .digest('base64');
  return {
    url: settings.url ?? 'https://dysmsapi.aliyuncs.com',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `${query}&Signature=${percent(signature)}`,
  };
}

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SendSms 2021-01-11 with TC3-HMAC-SHA256. */
export function tencentRequest(message: SmsMessage, settings: SmsSettings, now: Date): HttpRequest {
  const url = settings.url ?? 'https://sms.tencentcloudapi.com';
  const { host } = new URL(url);
  const body = JSON.stringify({
    PhoneNumberSet: [message.phone],
    SmsSdkAppId: settings.appId,
    SignName: message.signName,
    TemplateId: message.templateId,
    TemplateParamSet: message.values.map(([, value]) => value),
    SessionContext: message.id,
  });
  const timestamp = Math.floor(now.getTime() / 1000);
  const day = now.toISOString().slice(0, 10);
  const contentType = 'application/json; charset=utf-8';
  const signedHeaders = 'content-type;host;x-tc-action';
  const canonical = [
    'POST',
    '/',
    '',
    `content-type:${contentType}`,
    `host:${host}`,
    'x-tc-action:sendsms',
    '',
    signedHeaders,
    hex(body),
  ].join('\n');
  const scope = `${day}/sms/tc3_request`;
  const derive = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = derive(derive(derive(`TC3${settings.keySecret}`, day), 'sms'), 'tc3_request');
  const signature = derive(key, ['TC3-HMAC-SHA256', timestamp, scope, hex(canonical)].join('\n')).toString(
    'hex',
  );
  return {
    url,
    body,
    headers: {
      'content-type': contentType,
      'x-tc-action': 'SendSms',
      'x-tc-version': '2021-01-11',
      'x-tc-timestamp': String(timestamp),
      'x-tc-region': settings.region,
      authorization: `TC3-HMAC-SHA256 Credential=${settings.keyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
    },
  };
}

/** Any gateway of one's own: JSON with the row's id, which also is the idempotency key. */
export function gatewayRequest(message: SmsMessage, settings: SmsSettings): HttpRequest {
  return {
    url: settings.url ?? '',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      authorization: `Bearer ${settings.keySecret}`,
      'idempotency-key': message.id,
    },
    body: JSON.stringify({
      id: message.id,
      to: message.phone,
      sign: message.signName,
      template: message.templateId,
      variables: Object.fromEntries(message.values),
    }),
  };
}
