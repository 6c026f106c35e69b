import { createHash, randomBytes } from 'node:crypto';

export const SESSION_COOKIE = 'duijie_session';

/** 256 random bits, base64url: session cookies, one-time links. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored instead of a token: SHA-256, hex. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
