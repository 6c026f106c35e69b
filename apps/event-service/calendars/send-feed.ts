import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FeedFile } from './feeds.service.js';

interface SendOptions {
  readonly name: string;
  /** A secret address: no cache in between, no search engine, no referrer. */
  readonly secret: boolean;
}

/** Answers with a calendar file, or with 304 when the reader has it already (RFC 9110 §13.2). Null = nothing to send. */
export function sendFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  file: FeedFile,
  options: SendOptions,
): string | null {
  const etag = `"${createHash('sha256').update(file.text).digest('base64url').slice(0, 27)}"`;
  void reply.headers({
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `inline; filename="${options.name}.ics"`,
    etag,
    'last-modified': file.changedAt.toUTCString(),
    'cache-control': options.secret ? 'private, no-cache' : 'public, max-age=300, must-revalidate',
    ...(options.secret ? { 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' } : {}),
  });
  if (!isFresh(request, etag, file.changedAt)) return file.text;
  void reply.code(304);
  return null;
}

function isFresh(request: FastifyRequest, etag: string, changedAt: Date): boolean {
  const match = request.headers['if-none-match'];
  if (match !== undefined) {
    return match.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(changedAt.getTime() / 1000) * 1000 <= since;
}
