import type { SmsSettings } from '#config/notification-config.js';
import type { HttpAnswer } from '../robots/robot-answers.js';

/** `later`: the number or the account had its share for now. */
export type SmsAnswer =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later'; readonly waitMs: number }
  | { readonly kind: 'retry' }
  | { readonly kind: 'refused' };

const HOUR = 3_600_000;
const LATER = new Map([
  ['isv.BUSINESS_LIMIT_CONTROL', HOUR],
  ['Throttling.User', 60_000],
  ['LimitExceeded.DeliveryFrequencyLimit', 60_000],
  ['LimitExceeded.PhoneNumberThirtySecondLimit', 60_000],
  ['LimitExceeded.PhoneNumberOneHourLimit', HOUR],
  ['RequestLimitExceeded', 60_000],
]);
const BUSY = new Set([
  'isp.SYSTEM_ERROR',
  'isp.GATEWAY_SERVICE_UNAVAILABLE',
  'ServiceUnavailable',
  'InternalError',
  'InternalError.Timeout',
]);

/**
 * What a provider's answer means: business errors come with HTTP 200. What concerns the day's quota, template, signature,
 * number or content is refused: another try would be refused too.
 */
export function readSmsAnswer(provider: SmsSettings['provider'], answer: HttpAnswer): SmsAnswer {
  if (answer.status === null || answer.status >= 500) return { kind: 'retry' };
  if (answer.status === 429) return { kind: 'later', waitMs: answer.retryAfterMs ?? 60_000 };
  const code = provider === 'http' ? gatewayCode(answer) : providerCode(provider, answer.body);
  if (code === 'OK' || code === 'Ok') return { kind: 'sent' };
  if (code === null) return { kind: answer.status < 300 ? 'retry' : 'refused' };
  const waitMs = LATER.get(code);
  if (waitMs !== undefined) return { kind: 'later', waitMs };
  return { kind: BUSY.has(code) ? 'retry' : 'refused' };
}

interface Parsed {
  readonly Code?: unknown;
  readonly code?: unknown;
  readonly Response?: {
    readonly Error?: { readonly Code?: unknown };
    readonly SendStatusSet?: readonly { readonly Code?: unknown }[];
  };
}

function parse(body: string): Parsed | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' ? parsed : null;
  } catch {
    return null;
  }
}

function providerCode(provider: 'aliyun' | 'tencent', body: string): string | null {
  const parsed = parse(body);
  const code =
    provider === 'aliyun'
      ? parsed?.Code
      : (parsed?.Response?.Error?.Code ?? parsed?.Response?.SendStatusSet?.[0]?.Code);
  return typeof code === 'string' ? code : null;
}

/** A gateway accepts with any 2xx, unless its JSON names a `code` other than 0 or "OK". */
function gatewayCode({ status, body }: HttpAnswer): string | null {
  if (status === null || status >= 300) return null;
  const code = parse(body)?.code;
  if (code === undefined || code === 0 || code === '0' || code === 'OK') return 'OK';
  return typeof code === 'string' || typeof code === 'number' ? String(code) : null;
}
