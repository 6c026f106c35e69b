import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);
/** Fewer bytes than this are not worth the work. */
const GZIP_FROM = 1024;

/** A calendar to subscribe to. */
export interface FeedFile {
  readonly text: string;
  /** {@link hashOf} its text. */
  readonly hash: string;
  readonly changedAt: Date;
}

/** What two equal calendars have in common and no others. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 27);

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
 * Answers with a calendar, in gzip to whoever takes it, or with 304 when the reader has it already (RFC 9110 §13.2).
 * Null = nothing to send.
 */
export async function sendFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  feed: FeedFile | string,
  { name, use }: SendOptions,
): Promise<string | Buffer | null> {
  const isFile = use === 'file';
  const { text, hash, changedAt } =
    typeof feed === 'string' ? { text: feed, hash: hashOf(feed), changedAt: null } : feed;
  const zipped = takesGzip(request) && Buffer.byteLength(text) >= GZIP_FROM;
  // Other bytes under a strong tag of their own (RFC 9110 §8.8.3.3); a reader may come with either.
  const tags = [`"${hash}"`, `"${hash}-gzip"`];
  void reply.headers({
    'content-type': isFile ? 'text/calendar; charset=utf-8; method=PUBLISH' : 'text/calendar; charset=utf-8',
    'content-disposition': `${isFile ? 'attachment' : 'inline'}; filename="${name}.ics"`,
    etag: tags[zipped ? 1 : 0]!,
    ...(changedAt && { 'last-modified': changedAt.toUTCString() }),
    vary: isFile ? 'accept-encoding, cookie' : 'accept-encoding',
    'cache-control': CACHE_CONTROL[use],
    ...(use === 'secret-feed' ? { 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' } : {}),
  });
  if (hasAlready(request, tags, changedAt)) {
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

/** Tags win over times (RFC 9110 §13.1.3). */
function hasAlready(request: FastifyRequest, tags: readonly string[], changedAt: Date | null): boolean {
  const match = request.headers['if-none-match'];
  if (match !== undefined)
    return match
      .split(',')
      .some((tag) => tag.trim() === '*' || tags.includes(tag.trim().replace(/^W\//, '')));
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return changedAt !== null && changedAt.getTime() <= since;
}
