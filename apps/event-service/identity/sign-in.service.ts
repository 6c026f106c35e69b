import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { SessionsView, SignInBody } from '#libs/contracts/identity/auth.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { revokeSessions } from '#libs/persistence/identity/sessions.js';
import { verifyPassword } from '#libs/platform/auth/passwords.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { AttemptsService } from './attempts.service.js';
import { findAccount, type Account } from './person-queries.js';
import { SessionWriter, type Origin } from './session-writer.js';

interface SessionRow {
  id: string;
  userAgent: string | null;
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** Signing in and out, and the list of a person's sessions. */
@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly attempts: AttemptsService,
    private readonly sessions: SessionWriter,
  ) {}

  /** The token of the new session's cookie. Attempts are counted before the password is looked at. */
  async signIn(body: SignInBody, origin: Origin): Promise<string> {
    await this.attempts.count('sign-in-ip', origin.ip);
    await this.attempts.count('sign-in-address', body.email);
    const account = await findAccount(this.transactions.manager, body.email);
    const fits = await verifyPassword(account?.passwordHash ?? null, body.password);
    if (account === null || !fits) throw new AppError('auth.wrong-credentials');
    await this.attempts.forget('sign-in-address', body.email);
    await this.attempts.uncount('sign-in-ip', origin.ip);
    requireUsable(account);
    return this.transactions.run(async ({ manager }) => {
      const token = await this.sessions.open(manager, account.id, origin);
      await this.audit(manager, account.id, 'sign-in');
      return token;
    });
  }

  async signOut(token: string | null): Promise<void> {
    if (token !== null) await this.sessions.close(this.transactions.manager, token);
  }

  async signOutEverywhere(actor: Actor): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      await revokeSessions(manager, actor.personId, this.clock.now());
      await this.audit(manager, actor.personId, 'sign-out-everywhere');
    });
  }

  async list(actor: Actor): Promise<SessionsView> {
    const rows: SessionRow[] = await this.transactions.manager.query(
      `SELECT id, user_agent AS "userAgent", ip, created_at AS "createdAt", last_seen_at AS "lastSeenAt" FROM session
       WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY last_seen_at DESC, id`,
      [actor.personId, this.clock.now()],
    );
    return {
      rows: rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        current: row.id === actor.sessionId,
      })),
    };
  }

  async revoke(actor: Actor, sessionId: string): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      const [, ended]: [unknown[], number] = await manager.query(
        'UPDATE session SET revoked_at = $3 WHERE id = $1 AND person_id = $2 AND revoked_at IS NULL',
        [sessionId, actor.personId, this.clock.now()],
      );
      if (ended === 0) throw new AppError('session.not-found');
      await this.audit(manager, actor.personId, 'revoke-session');
    });
  }

  private audit(manager: Transactions['manager'], personId: string, action: string): Promise<void> {
    return writeAudit(manager, { actorId: personId, action, subjectKind: 'person', subjectId: personId });
  }
}

/** Said only to somebody who knows the password. */
function requireUsable(account: Account): void {
  if (account.disabled) throw new AppError('auth.account-disabled');
  if (!account.verified) throw new AppError('auth.email-not-verified', { email: account.email });
}
