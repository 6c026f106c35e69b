import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { FirstAdministratorBody } from '#libs/contracts/identity/auth.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { hasAdministrator, lockFirstAdministrator } from '#libs/persistence/identity/first-administrator.js';
import { useToken } from '#libs/persistence/identity/one-time-tokens.js';
import { hashPassword } from '#libs/platform/auth/passwords.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { requireGoodPassword } from './password-check.js';
import { SessionWriter, type Origin } from './session-writer.js';

/** The link that the start of an empty platform prints. */
@Injectable()
export class FirstAdministratorService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly sessions: SessionWriter,
  ) {}

  /** Creates the administrator and signs them in: the token of the session's cookie. */
  async create(body: FirstAdministratorBody, origin: Origin): Promise<string> {
    const now = this.clock.now();
    return this.transactions.run(async ({ manager }) => {
      await lockFirstAdministrator(manager);
      if ((await useToken(manager, 'first_administrator', body.token, now)) === null)
        throw new AppError('auth.link-invalid');
      if (await hasAdministrator(manager)) throw new AppError('auth.administrator-exists');
      requireGoodPassword(body.password, body);
      const rows: { id: string }[] = await manager.query(
        `INSERT INTO person (email, name, password_hash, platform_roles, email_verified_at, created_at)
         VALUES ($1, $2, $3, '{administrator}', $4, $4) ON CONFLICT (email) DO NOTHING RETURNING id`,
        [body.email, body.name, await hashPassword(body.password), now],
      );
      const id = rows[0]?.id;
      if (id === undefined) throw new AppError('auth.email-taken', { email: body.email });
      await writeAudit(manager, {
        actorId: id,
        action: 'create-first-administrator',
        subjectKind: 'person',
        subjectId: id,
      });
      return this.sessions.open(manager, id, origin);
    });
  }
}
