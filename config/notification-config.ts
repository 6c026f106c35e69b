import { z } from 'zod';
import { readPaceRules, type PaceRule } from '#libs/domain/notifications/send-pace.js';

/** Variables of the notification service, beside SMTP_URL and MAIL_FROM. */
export const notificationEnvironment = {
  MAIL_PACE: z
    .string()
    .default('qq.com+foxmail.com+vip.qq.com=120,163.com+126.com+yeah.net=120')
    .transform((value, context): PaceRule[] => {
      if (value.trim() === 'off') return [];
      try {
        return readPaceRules(value);
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
        return z.NEVER;
      }
    }),
  MAIL_REPLY_TO: z.email().optional(),
  MAIL_RETURN_PATH: z.email().optional(),
  DKIM_DOMAIN: z.string().min(3).max(253).optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,63}$/)
    .default('duijie'),
  DKIM_KEY_FILE: z.string().min(1).optional(),
  WECOM_API_URL: z.url().default('https://qyapi.weixin.qq.com'),
  DINGTALK_API_URL: z.url().default('https://oapi.dingtalk.com'),
  FEISHU_API_URL: z.url().default('https://open.feishu.cn'),
  WECOM_CORP_ID: z.string().min(1).optional(),
  WECOM_AGENT_ID: z.coerce.number().int().optional(),
  WECOM_APP_SECRET: z.string().min(1).optional(),
  SMS_PROVIDER: z.enum(['aliyun', 'tencent', 'http']).optional(),
  SMS_URL: z.url().optional(),
  SMS_KEY_ID: z.string().default(''),
  SMS_KEY_SECRET: z.string().default(''),
  SMS_APP_ID: z.string().default(''),
  SMS_REGION: z.string().default('cn-hangzhou'),
  WEBHOOK_PRIVATE_HOSTS: z.string().default(''),
};

type Environment = z.infer<z.ZodObject<typeof notificationEnvironment>>;

/** An SMS provider, or any gateway behind `url`. */
export interface SmsSettings {
  readonly provider: 'aliyun' | 'tencent' | 'http';
  /** null = the provider's own address. */
  readonly url: string | null;
  readonly keyId: string;
  readonly keySecret: string;
  /** SmsSdkAppId of Tencent Cloud. */
  readonly appId: string;
  readonly region: string;
}

/** The application of a 企业微信 corporation that messages its members. */
export interface WecomApp {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
}

export interface NotificationConfig {
  /** Messages a minute to providers that throttle. */
  readonly mailPace: readonly PaceRule[];
  /** Where answers of people go; null = no Reply-To, answers reach the sender's address. */
  readonly mailReplyTo: string | null;
  /** Envelope sender: bounces come back to `local+token@domain`; null = the sender's address without a token. */
  readonly mailReturnPath: string | null;
  /** null = mails leave unsigned (a relay may sign them). */
  readonly dkim: { readonly domain: string; readonly selector: string; readonly keyFile: string } | null;
  /** Base URLs of the robots' services, without a trailing slash. */
  readonly robotUrls: { readonly wecom: string; readonly dingtalk: string; readonly feishu: string };
  /** null = nobody is told by SMS. */
  readonly sms: SmsSettings | null;
  /** null = no application messages of 企业微信. */
  readonly wecomApp: WecomApp | null;
  /** Hosts (`host` or `host:port`) that webhooks may reach although their addresses are private. */
  readonly webhookPrivateHosts: readonly string[];
}

export function notificationConfig(e: Environment): NotificationConfig {
  const base = (url: string) => url.replace(/\/+$/, '');
  return {
    mailPace: e.MAIL_PACE,
    mailReplyTo: e.MAIL_REPLY_TO ?? null,
    mailReturnPath: e.MAIL_RETURN_PATH ?? null,
    dkim:
      e.DKIM_DOMAIN === undefined || e.DKIM_KEY_FILE === undefined
        ? null
        : { domain: e.DKIM_DOMAIN, selector: e.DKIM_SELECTOR, keyFile: e.DKIM_KEY_FILE },
    robotUrls: {
      wecom: base(e.WECOM_API_URL),
      dingtalk: base(e.DINGTALK_API_URL),
      feishu: base(e.FEISHU_API_URL),
    },
    sms: smsSettings(e),
    wecomApp:
      e.WECOM_CORP_ID === undefined || e.WECOM_AGENT_ID === undefined || e.WECOM_APP_SECRET === undefined
        ? null
        : { corpId: e.WECOM_CORP_ID, agentId: e.WECOM_AGENT_ID, secret: e.WECOM_APP_SECRET },
    webhookPrivateHosts: e.WEBHOOK_PRIVATE_HOSTS.split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
  };
}

function smsSettings(e: Environment): SmsSettings | null {
  if (e.SMS_PROVIDER === undefined) return null;
  return {
    provider: e.SMS_PROVIDER,
    url: e.SMS_URL ?? null,
    keyId: e.SMS_KEY_ID,
    keySecret: e.SMS_KEY_SECRET,
    appId: e.SMS_APP_ID,
    region: e.SMS_REGION,
  };
}
