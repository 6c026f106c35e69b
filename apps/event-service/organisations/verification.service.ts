import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { OrganisationView } from '#libs/contracts/organisations/organisation.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { auditOrganisation } from './organisation-audit.js';
import { findOwners } from './organisation-queries.js';
import { OrganisationsService } from './organisations.service.js';

type Outcome = 'verified' | 'rejected';

/** An organizer's look at an organisation; its owners are told by mail. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly organisations: OrganisationsService,
  ) {}

  verify(actor: Actor, id: string, note: string | null): Promise<OrganisationView> {
    return this.decide(actor, id, 'verified', note);
  }

  reject(actor: Actor, id: string, note: string): Promise<OrganisationView> {
    return this.decide(actor, id, 'rejected', note);
  }

  private async decide(
    actor: Actor,
    id: string,
    outcome: Outcome,
    note: string | null,
  ): Promise<OrganisationView> {
    await this.transactions.run(async (transaction) => {
      const { manager } = transaction;
      const organisation = await this.organisations.find(manager, actor, id, true);
      if (organisation.status === outcome) throw new AppError(`organisation.already-${outcome}`);
      const now = this.clock.now();
      const verifiedAt = outcome === 'verified' ? now : null;
      await manager.query(
        `UPDATE organisation SET status = $2, status_note = $3, verified_by = $4, verified_at = $5, updated_at = $6
         WHERE id = $1`,
        [id, outcome, note, verifiedAt === null ? null : actor.personId, verifiedAt, now],
      );
      const action = outcome === 'verified' ? 'verify-organisation' : 'reject-organisation';
      await auditOrganisation(manager, actor, action, id, { from: organisation.status, note });
      await this.tellOwners(transaction, { id, name: organisation.name }, outcome, note, now);
    });
    return this.organisations.read(actor, id);
  }

  private async tellOwners(
    { manager, afterCommit }: Transaction,
    organisation: { id: string; name: string },
    outcome: Outcome,
    note: string | null,
    now: Date,
  ): Promise<void> {
    const mails: string[] = [];
    for (const owner of await findOwners(manager, organisation.id)) {
      const mail = await writeMail(manager, {
        topic: 'organisation-verified',
        dedupeKey: `organisation-verified:${organisation.id}:${owner.id}:${now.toISOString()}`,
        streamKey: `organisation-verified:${organisation.id}:${owner.id}`,
        personId: owner.id,
        toAddress: owner.email,
        toName: owner.name,
        locale: owner.locale,
        payload: {
          organisation: organisation.name,
          outcome,
          note,
          link: `/organisations/${organisation.id}`,
        },
      });
      if (mail !== null) mails.push(mail);
    }
    afterCommit(() => this.queue.wake('send-notification', mails));
  }
}
