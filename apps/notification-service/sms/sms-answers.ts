import { UNKNOWN_WHETHER_SENT } from '#libs/contracts/notifications/own-responses.js';
import type { Verdict } from '../channel-sender.js';
import { mayHaveArrived } from '../http-post.js';
import type { SmsSettings } from '#config/notification-config.js';
import type { HttpAnswer } from '../robots/robot-answers.js';

/** `later`: the number or the account had its share for now. `unknown`: it may have been sent. */
export type SmsAnswer =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later'; readonly waitMs: number }
  | { readonly kind: 'retry' }
  | { readonly kind: 'unknown' }
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
]);
const UNANSWERED = new Set(['InternalError.Timeout']);
/** An answer of a machine that takes nothing in hand; of other 5xx nobody knows (RFC 9110 §15.6). */
const UNAVAILABLE = 503;

/**
 * What a provider's answer means: business errors come with HTTP 200. What concerns the day's quota, template, signature,
 * number or content is refused: another try would be refused too.
 */
export function readSmsAnswer(provider: SmsSettings['provider'], answer: HttpAnswer): SmsAnswer {
  if (answer.status === null) return { kind: mayHaveArrived(answer) ? 'unknown' : 'retry' };
  if (answer.status >= 500) return { kind: answer.status === UNAVAILABLE ? 'retry' : 'unknown' };
  if (answer.status === 429) return { kind: 'later', waitMs: answer.retryAfterMs ?? 60_000 };
  const code = provider === 'http' ? gatewayCode(answer) : providerCode(provider, answer.body);
  if (code === 'OK' || code === 'Ok') return { kind: 'sent' };
  if (code === null) return { kind: answer.status < 300 ? 'unknown' : 'refused' };
  if (UNANSWERED.has(code)) return { kind: 'unknown' };
  const waitMs = LATER.get(code);
  if (waitMs !== undefined) return { kind: 'later', waitMs };
  return { kind: BUSY.has(code) ? 'retry' : 'refused' };
}

/**
 * What becomes of a message after an answer. Neither Alibaba Cloud nor Tencent Cloud knows idempotency (OutId and
 * SessionContext only come back in reports), so a message that may have been sent is sent again only where missing it is
 * worse than reading it twice: `urgent`. A gateway of one's own takes the row's id for an idempotency key.
 */
export function smsVerdict(
  provider: SmsSettings['provider'],
  answer: HttpAnswer,
  urgent: boolean,
): Exclude<Verdict, { kind: 'not-yet' }> {
  const meaning = readSmsAnswer(provider, answer);
  const response = `${answer.status ?? 'no answer'} ${answer.body}`.trim();
  if (meaning.kind === 'later') return { kind: 'deferred', response, waitMs: meaning.waitMs };
  if (meaning.kind === 'retry') return { kind: 'deferred', response };
  if (meaning.kind !== 'unknown') return { kind: meaning.kind, response };
  if (provider === 'http' || urgent) return { kind: 'deferred', response };
  return { kind: 'unknown', response: UNKNOWN_WHETHER_SENT + response };
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
