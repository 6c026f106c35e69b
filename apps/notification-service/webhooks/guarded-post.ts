import { lookup, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress } from '#libs/domain/notifications/private-address.js';

export interface WebhookAnswer {
  /** null: nobody answered, `body` says why. */
  readonly status: number | null;
  readonly body: string;
  readonly durationMs: number;
}

const TIMEOUT_MS = 15_000;
const MOST_OCTETS = 8 * 1024;

class PrivateAddressError extends Error {}

/** Checks what the name means at the moment of the connection: between a check and a use it could mean something else. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error !== null) return callback(error, '', 4);
    const refused = addresses.find(({ address }) => isPrivateAddress(address));
    if (refused !== undefined)
      return callback(
        new PrivateAddressError(`${hostname} is a private address (${refused.address}).`),
        '',
        4,
      );
    const [first] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first!.address, first!.family);
  });
};

/**
 * Posts to an address that somebody entered. Private addresses are refused unless `privateHosts` names the host (or
 * host:port); redirects are not followed, answers are read to 8 KB. Never throws.
 */
export async function guardedPost(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  privateHosts: readonly string[],
): Promise<WebhookAnswer> {
  const started = performance.now();
  const done = (status: number | null, text: string): WebhookAnswer => ({
    status,
    body: text,
    durationMs: Math.round(performance.now() - started),
  });
  try {
    const target = new URL(url);
    const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const free = privateHosts.includes(host) || privateHosts.includes(target.host.toLowerCase());
    if (target.protocol !== 'https:' && !(free && target.protocol === 'http:'))
      return done(null, 'Only https is called.');
    if (!free && isIP(host) !== 0 && isPrivateAddress(host))
      return done(null, `${host} is a private address.`);
    const { status, text } = await post(target, body, headers, free);
    return done(status, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return done(null, message === '' ? (code ?? 'failed') : message);
  }
}

function post(
  target: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  free: boolean,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = (target.protocol === 'https:' ? https : http).request(
      target,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        agent: false,
        ...(free ? {} : { lookup: publicOnly }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let octets = 0;
        const answer = () => {
          const text = Buffer.concat(chunks).subarray(0, MOST_OCTETS).toString('utf8');
          resolve({ status: response.statusCode ?? 0, text });
        };
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          octets += chunk.length;
          if (octets < MOST_OCTETS) return;
          answer();
          response.destroy();
        });
        response.on('end', answer);
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
