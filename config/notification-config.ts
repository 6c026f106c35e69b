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
  WEBHOOK_PRIVATE_HOSTS: z.string().default(''),
};

type Environment = z.infer<z.ZodObject<typeof notificationEnvironment>>;

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
    webhookPrivateHosts: e.WEBHOOK_PRIVATE_HOSTS.split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
  };
}
