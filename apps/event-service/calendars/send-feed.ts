import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);
/** Fewer bytes than this are not worth the work. */
const GZIP_FROM = 1024;

/** A calendar file and when it last changed. */
export interface FeedFile {
  readonly text: string;
  readonly changedAt: Date;
}

interface SendOptions {
  readonly name: string;
  /** A secret address: no cache in between, no search engine, no referrer. */
  readonly secret: boolean;
  /** A file to save, not a calendar to subscribe to: what is cached is asked for again each time. */
  readonly download?: boolean;
}

/**
 * Answers with a calendar file, in gzip to whoever takes it, or with 304 when the reader has it already (RFC 9110
 * §13.2). Null = nothing to send.
 */
export async function sendFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  file: FeedFile,
  options: SendOptions,
): Promise<string | Buffer | null> {
  const { secret, download = false } = options;
  const hash = createHash('sha256').update(file.text).digest('base64url').slice(0, 27);
  const zipped = takesGzip(request) && Buffer.byteLength(file.text) >= GZIP_FROM;
  // Other bytes under a strong tag of their own (RFC 9110 §8.8.3.3); a reader may come with either.
  const tags = [`"${hash}"`, `"${hash}-gzip"`];
  void reply.headers({
    'content-type': download
      ? 'text/calendar; charset=utf-8; method=PUBLISH'
      : 'text/calendar; charset=utf-8',
    'content-disposition': `${download ? 'attachment' : 'inline'}; filename="${options.name}.ics"`,
    etag: tags[zipped ? 1 : 0]!,
    vary: 'accept-encoding',
    'last-modified': file.changedAt.toUTCString(),
    'cache-control': cacheControl(secret, download),
    ...(secret ? { 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' } : {}),
  });
  if (isFresh(request, tags, file.changedAt)) {
    void reply.code(304);
    return null;
  }
  if (!zipped) return file.text;
  void reply.header('content-encoding', 'gzip');
  return compress(file.text);
}

function cacheControl(secret: boolean, download: boolean): string {
  if (secret) return 'private, no-cache';
  return download ? 'no-cache' : 'public, max-age=300, must-revalidate';
}

function takesGzip(request: FastifyRequest): boolean {
  const accepted = (request.headers['accept-encoding'] ?? '').split(',');
  return accepted.some((coding) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(coding));
}

function isFresh(request: FastifyRequest, tags: readonly string[], changedAt: Date): boolean {
  const match = request.headers['if-none-match'];
  if (match !== undefined) {
    return match
      .split(',')
      .some((tag) => tag.trim() === '*' || tags.includes(tag.trim().replace(/^W\//, '')));
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(changedAt.getTime() / 1000) * 1000 <= since;
}
