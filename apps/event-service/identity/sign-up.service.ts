import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { EmailBody, SignUpBody } from '#libs/contracts/identity/auth.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { issueToken, useToken, voidTokens } from '#libs/persistence/identity/one-time-tokens.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { hashPassword } from '#libs/platform/auth/passwords.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { AttemptsService } from './attempts.service.js';
import { LIFETIMES } from './limits.js';
import { requireGoodPassword } from './password-check.js';
import { findAccount, type Account } from './person-queries.js';

/** What a link of a verification mail makes true when it is followed. */
interface SignUpPayload {
  readonly name?: string;
  readonly passwordHash?: string;
}

/** Sign-up and verification of the address. No answer says whether an address is registered: only mails do. */
@Injectable()
export class SignUpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly attempts: AttemptsService,
  ) {}

  async signUp(body: SignUpBody, ip: string): Promise<void> {
    requireGoodPassword(body.password, body);
    await this.attempts.count('sign-up-ip', ip);
    await this.attempts.count('mail-address', body.email);
    const passwordHash = await hashPassword(body.password);
    await this.transactions.run(async (transaction) => {
      const { manager } = transaction;
      const created: { id: string }[] = await manager.query(
        `INSERT INTO person (email, name, password_hash, locale, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (email) DO NOTHING RETURNING id`,
        [body.email, body.name, passwordHash, body.locale, this.clock.now()],
      );
      const account = (await findAccount(manager, body.email))!;
      if (created.length > 0) await audit(manager, 'sign-up', account.id);
      if (account.verified || account.disabled) await this.mailAlreadyRegistered(transaction, account);
      else await this.mailVerification(transaction, account, { name: body.name, passwordHash }, body.next);
    });
  }

  /** A second mail for the newest sign-up of an address that is not verified yet. */
  async resend(body: EmailBody): Promise<void> {
    await this.attempts.count('mail-address', body.email);
    await this.transactions.run(async (transaction) => {
      const account = await findAccount(transaction.manager, body.email);
      if (account === null || account.verified || account.disabled) return;
      const rows: { payload: SignUpPayload }[] = await transaction.manager.query(
        `SELECT payload FROM one_time_token WHERE kind = 'verify_email' AND person_id = $1 ORDER BY id DESC LIMIT 1`,
        [account.id],
      );
      await this.mailVerification(transaction, account, rows[0]?.payload ?? {}, body.next);
    });
  }

  /**
   * Each mail carries name and password of the sign-up that caused it: somebody who signs up with a foreign address
   * cannot leave a password of theirs in the account that its owner verifies.
   */
  async verifyEmail(token: string): Promise<void> {
    const now = this.clock.now();
    await this.transactions.run(async ({ manager }) => {
      const used = await useToken(manager, 'verify_email', token, now);
      if (used?.personId == null) throw new AppError('auth.link-invalid');
      const payload = used.payload as SignUpPayload;
      await manager.query(
        `UPDATE person SET email_verified_at = $2, name = coalesce($3, name), password_hash = coalesce($4, password_hash)
         WHERE id = $1 AND email_verified_at IS NULL`,
        [used.personId, now, payload.name ?? null, payload.passwordHash ?? null],
      );
      await voidTokens(manager, 'verify_email', used.personId, now);
      await audit(manager, 'verify-email', used.personId);
    });
  }

  private async mailVerification(
    { manager, afterCommit }: Transaction,
    account: Account,
    payload: SignUpPayload,
    next: string | undefined,
  ): Promise<void> {
    const token = await issueToken(manager, {
      kind: 'verify_email',
      email: account.email,
      personId: account.id,
      payload: { ...payload },
      now: this.clock.now(),
      lifetimeMs: LIFETIMES.verifyEmail,
    });
    const onward = next === undefined ? '' : `&next=${encodeURIComponent(next)}`;
    const mail = await writeMail(manager, {
      topic: 'verify-email',
      dedupeKey: `verify-email:${token.id}`,
      personId: account.id,
      toAddress: account.email,
      toName: payload.name ?? account.name,
      locale: account.locale,
      payload: { link: `/verify-email?token=${token.raw}${onward}` },
    });
    if (mail !== null) afterCommit(() => this.queue.wake('send-notification', [mail]));
  }

  private async mailAlreadyRegistered(
    { manager, afterCommit }: Transaction,
    account: Account,
  ): Promise<void> {
    const mail = await writeMail(manager, {
      topic: 'already-registered',
      dedupeKey: `already-registered:${account.id}:${this.clock.now().toISOString()}`,
      personId: account.id,
      toAddress: account.email,
      toName: account.name,
      locale: account.locale,
      payload: { link: '/sign-in' },
    });
    if (mail !== null) afterCommit(() => this.queue.wake('send-notification', [mail]));
  }
}

const audit = (manager: EntityManager, action: string, personId: string): Promise<void> =>
  writeAudit(manager, { actorId: personId, action, subjectKind: 'person', subjectId: personId });
