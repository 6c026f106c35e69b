import { createHmac } from 'node:crypto';

/**
 * 钉钉 加签: HMAC-SHA256 with the secret as key over `timestamp\nsecret`, base64; the timestamp in milliseconds. Both go
 * into the query, URL-encoded. https://open.dingtalk.com/document/robots/customize-robot-security-settings
 */
export const dingtalkSign = (timestampMs: number, secret: string): string =>
  createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64');

/**
 * 飞书 签名校验: HMAC-SHA256 with `timestamp\nsecret` as key over nothing, base64; the timestamp in seconds. Both go into
 * the JSON body as strings. https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export const feishuSign = (timestampS: number, secret: string): string =>
  createHmac('sha256', `${timestampS}\n${secret}`).update('').digest('base64');
