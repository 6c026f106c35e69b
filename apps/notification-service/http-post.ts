import type { HttpAnswer } from './robots/robot-answers.js';
import type { HttpRequest } from './robots/robot-requests.js';

const TIMEOUT_MS = 10_000;
const MOST_OCTETS = 64 * 1024;

/** Posts a request and reads the beginning of the answer; redirects are not followed. Never throws. */
export async function httpPost(request: HttpRequest): Promise<HttpAnswer> {
  try {
    const answer = await fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const retryAfterMs = waitOf(answer.headers);
    const body = await readSome(answer);
    return { status: answer.status, body, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  } catch (error) {
    const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
    return { status: null, body: cause?.code ?? cause?.message ?? message ?? String(error) };
  }
}

/** The connection was never there: nothing can have been said. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Whether a request that nobody answered may have been heard all the same. */
export const mayHaveArrived = ({ status, body }: HttpAnswer): boolean =>
  status === null && !NEVER_SENT.has(body);

async function readSome(answer: Response): Promise<string> {
  if (answer.body === null) return '';
  const chunks: Uint8Array[] = [];
  let octets = 0;
  for await (const chunk of answer.body) {
    chunks.push(chunk);
    octets += chunk.length;
    if (octets > MOST_OCTETS) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_OCTETS).toString('utf8');
}

/** Seconds in Retry-After (RFC 9110 §10.2.3) or in the header of 飞书's gateway. */
function waitOf(headers: Headers): number | null {
  const seconds = Number(headers.get('x-ogw-ratelimit-reset') ?? headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
