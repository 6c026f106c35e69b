import { z } from 'zod';

/** Variables of what comes in by mail. Without INBOUND_ADDRESS nothing is read and invitations ask for no answer by mail. */
export const inboundEnvironment = {
  INBOUND_ADDRESS: z.email().optional(),
  INBOUND_AUTHSERV_IDS: z.string().default(''),
  INBOUND_SMTP_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  INBOUND_SMTP_HOST: z.string().min(1).default('127.0.0.1'),
  INBOUND_LMTP: z.enum(['0', '1', 'true', 'false']).default('0'),
  INBOUND_IMAP_URL: z
    .string()
    .refine((value) => /^imaps?:\/\//.test(value), { message: 'must start with imap:// or imaps://' })
    .optional(),
  INBOUND_IMAP_SECONDS: z.coerce.number().min(1).max(3600).default(30),
  INBOUND_HTTP_TOKEN: z.string().min(32).optional(),
  INBOUND_KEEP_DAYS: z.coerce.number().int().min(0).max(3650).default(180),
  INBOUND_MAX_MB: z.coerce.number().int().min(1).max(50).default(10),
};

type Environment = z.infer<z.ZodObject<typeof inboundEnvironment>>;

export interface InboundConfig {
  readonly inbound: {
    /** Mailbox that answers go to; the invitation's key stands behind a `+`. null = no answers by mail. */
    readonly address: string | null;
    /** authserv-ids of our own mail servers (RFC 8601 §2.5), lower case. */
    readonly authservIds: readonly string[];
    /** The listener for our own mail server; null = off. */
    readonly listen: { readonly host: string; readonly port: number; readonly lmtp: boolean } | null;
    /** A mailbox to look into; null = off. */
    readonly imap: { readonly url: string; readonly everyMs: number } | null;
    /** Bearer token of POST /api/inbound/mail; null = off. */
    readonly httpToken: string | null;
    readonly maxBytes: number;
    /** After so many days the texts of mails are deleted; null = never. */
    readonly keepDays: number | null;
  };
}

export function inboundConfig(e: Environment): InboundConfig {
  const ids = e.INBOUND_AUTHSERV_IDS.split(',').map((id) => id.trim().toLowerCase());
  return {
    inbound: {
      address: e.INBOUND_ADDRESS?.toLowerCase() ?? null,
      authservIds: ids.filter((id) => id !== ''),
      listen:
        e.INBOUND_SMTP_PORT === undefined
          ? null
          : {
              host: e.INBOUND_SMTP_HOST,
              port: e.INBOUND_SMTP_PORT,
              lmtp: ['1', 'true'].includes(e.INBOUND_LMTP),
            },
      imap:
        e.INBOUND_IMAP_URL === undefined
          ? null
          : { url: e.INBOUND_IMAP_URL, everyMs: Math.round(e.INBOUND_IMAP_SECONDS * 1000) },
      httpToken: e.INBOUND_HTTP_TOKEN ?? null,
      maxBytes: e.INBOUND_MAX_MB * 1024 * 1024,
      keepDays: e.INBOUND_KEEP_DAYS === 0 ? null : e.INBOUND_KEEP_DAYS,
    },
  };
}
