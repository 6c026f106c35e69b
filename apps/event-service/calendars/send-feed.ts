import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);
/** Fewer bytes than this are not worth the work. */
const GZIP_FROM = 1024;

interface SendOptions {
  readonly name: string;
  /**
   * A calendar to subscribe to, for everybody or behind a secret address (no cache in between, no search engine, no
   * referrer), or a file to save. What is in the file may be for its reader only.
   */
  readonly use: 'public-feed' | 'secret-feed' | 'file';
}

const CACHE_CONTROL = {
  'public-feed': 'public, max-age=300, must-revalidate',
  'secret-feed': 'private, no-cache',
  file: 'private, no-cache',
} as const;

/**
 * Answers with a calendar, in gzip to whoever takes it, or with 304 when the reader has these very bytes (RFC 9110 §13.1.2).
 * There is no Last-Modified: a calendar changes as well when an event leaves it, which no time of what is left in it
 * tells. Null = nothing to send.
 */
export async function sendFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
  { name, use }: SendOptions,
): Promise<string | Buffer | null> {
  const isFile = use === 'file';
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 27);
  const zipped = takesGzip(request) && Buffer.byteLength(text) >= GZIP_FROM;
  // Other bytes under a strong tag of their own (RFC 9110 §8.8.3.3); a reader may come with either.
  const tags = [`"${hash}"`, `"${hash}-gzip"`];
  void reply.headers({
    'content-type': isFile ? 'text/calendar; charset=utf-8; method=PUBLISH' : 'text/calendar; charset=utf-8',
    'content-disposition': `${isFile ? 'attachment' : 'inline'}; filename="${name}.ics"`,
    etag: tags[zipped ? 1 : 0]!,
    vary: isFile ? 'accept-encoding, cookie' : 'accept-encoding',
    'cache-control': CACHE_CONTROL[use],
    ...(use === 'secret-feed' ? { 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' } : {}),
  });
  if (hasAlready(request, tags)) {
    void reply.code(304);
    return null;
  }
  if (!zipped) return text;
  void reply.header('content-encoding', 'gzip');
  return compress(text);
}

function takesGzip(request: FastifyRequest): boolean {
  const accepted = (request.headers['accept-encoding'] ?? '').split(',');
  return accepted.some((coding) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(coding));
}

function hasAlready(request: FastifyRequest, tags: readonly string[]): boolean {
  const match = request.headers['if-none-match'] ?? '';
  return match.split(',').some((tag) => tag.trim() === '*' || tags.includes(tag.trim().replace(/^W\//, '')));
}
