import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { Config } from '#config/config.js';
import { hashToken, newToken, SESSION_COOKIE } from '#libs/platform/auth/session-cookie.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { LIFETIMES } from './limits.js';

/** Where a request comes from. */
export interface Origin {
  readonly ip: string;
  readonly userAgent: string | null;
  /** Token of the session cookie that the browser sent, if any. */
  readonly oldToken: string | null;
}

export function originOf(request: FastifyRequest): Origin {
  const agent = request.headers['user-agent'];
  const cookies = (request as FastifyRequest & { cookies?: Record<string, string | undefined> }).cookies;
  return {
    ip: request.ip,
    userAgent: agent === undefined || agent === '' ? null : agent.slice(0, 300),
    oldToken: cookies?.[SESSION_COOKIE] ?? null,
  };
}

/** Opens sessions and sets their cookies. */
@Injectable()
export class SessionWriter {
  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Opens a session; the one that the browser had before ends. Returns the cookie's token. */
  async open(manager: EntityManager, personId: string, origin: Origin): Promise<string> {
    const now = this.clock.now();
    const token = newToken();
    if (origin.oldToken !== null) await this.close(manager, origin.oldToken);
    await manager.query(
      `INSERT INTO session (person_id, token_hash, user_agent, ip, created_at, last_seen_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $5, $6)`,
      [
        personId,
        hashToken(token),
        origin.userAgent,
        origin.ip,
        now,
        new Date(now.getTime() + LIFETIMES.session),
      ],
    );
    return token;
  }

  /** Ends the session of a cookie's token; nothing happens when it has ended. */
  async close(manager: EntityManager, token: string): Promise<void> {
    await manager.query('UPDATE session SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL', [
      hashToken(token),
      this.clock.now(),
    ]);
  }

  setCookie(reply: FastifyReply, token: string): void {
    void reply.setCookie(SESSION_COOKIE, token, { ...this.attributes(), maxAge: LIFETIMES.session / 1000 });
  }

  clearCookie(reply: FastifyReply): void {
    void reply.clearCookie(SESSION_COOKIE, this.attributes());
  }

  private attributes(): { httpOnly: true; sameSite: 'lax'; secure: boolean; path: string } {
    return { httpOnly: true, sameSite: 'lax', secure: this.config.cookieSecure, path: '/' };
  }
}
