import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { ChangePasswordBody, EmailBody, ResetPasswordBody } from '#libs/contracts/identity/auth.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { issueToken, useToken, voidTokens } from '#libs/persistence/identity/one-time-tokens.js';
import { revokeSessions } from '#libs/persistence/identity/sessions.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { hashPassword, verifyPassword } from '#libs/platform/auth/passwords.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { AttemptsService } from './attempts.service.js';
import { LIFETIMES } from './limits.js';
import { requireGoodPassword } from './password-check.js';
import { findAccount, lockAccount } from './person-queries.js';

/** Forgotten, reset and changed passwords. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly attempts: AttemptsService,
  ) {}

  /** Mails a link when the address is registered; the answer does not say whether it is. */
  async forgot({ email }: EmailBody): Promise<void> {
    await this.attempts.count('mail-address', email);
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const account = await findAccount(manager, email);
      if (account === null || account.disabled) return;
      const token = await issueToken(manager, {
        kind: 'reset_password',
        email,
        personId: account.id,
        now: this.clock.now(),
        lifetimeMs: LIFETIMES.resetPassword,
      });
      const mail = await writeMail(manager, {
        topic: 'reset-password',
        dedupeKey: `reset-password:${token.id}`,
        personId: account.id,
        toAddress: email,
        toName: account.name,
        locale: account.locale,
        payload: { link: `/reset-password?token=${token.raw}` },
      });
      if (mail !== null) afterCommit(() => this.queue.wake('send-notification', [mail]));
    });
  }

  /** Sets a new password, ends every session and lifts the lock-out. The mail also proves the address. */
  async reset(body: ResetPasswordBody): Promise<void> {
    const now = this.clock.now();
    const email = await this.transactions.run(async ({ manager }) => {
      const used = await useToken(manager, 'reset_password', body.token, now);
      const account = used?.personId == null ? null : await lockAccount(manager, used.personId);
      if (account === null || account.disabled) throw new AppError('auth.link-invalid');
      requireGoodPassword(body.password, account);
      await manager.query(
        'UPDATE person SET password_hash = $2, email_verified_at = coalesce(email_verified_at, $3) WHERE id = $1',
        [account.id, await hashPassword(body.password), now],
      );
      await voidTokens(manager, 'reset_password', account.id, now);
      await voidTokens(manager, 'verify_email', account.id, now);
      const sessions = await revokeSessions(manager, account.id, now);
      await this.audit(manager, account.id, 'reset-password', { sessions });
      return account.email;
    });
    await this.attempts.forget('sign-in-address', email);
  }

  /** Needs the current password; the other sessions end. */
  async change(actor: Actor, body: ChangePasswordBody): Promise<void> {
    await this.attempts.count('sign-in-address', actor.email);
    const account = await findAccount(this.transactions.manager, actor.email);
    const fits = await verifyPassword(account?.passwordHash ?? null, body.current);
    if (account === null || !fits) throw new AppError('auth.password-wrong');
    await this.attempts.forget('sign-in-address', actor.email);
    requireGoodPassword(body.password, account);
    const passwordHash = await hashPassword(body.password);
    const now = this.clock.now();
    await this.transactions.run(async ({ manager }) => {
      const [, changed]: [unknown[], number] = await manager.query(
        'UPDATE person SET password_hash = $3 WHERE id = $1 AND password_hash = $2',
        [account.id, account.passwordHash, passwordHash],
      );
      if (changed === 0) throw new AppError('record.changed');
      await voidTokens(manager, 'reset_password', account.id, now);
      const sessions = await revokeSessions(manager, account.id, now, actor.sessionId);
      await this.audit(manager, account.id, 'change-password', { sessions });
    });
  }

  private audit(
    manager: Transactions['manager'],
    personId: string,
    action: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    return writeAudit(manager, {
      actorId: personId,
      action,
      subjectKind: 'person',
      subjectId: personId,
      detail,
    });
  }
}
