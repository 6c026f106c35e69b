import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { MemberPatch, MembersView, MemberView } from '#libs/contracts/organisations/members.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { mayManageMembers, mayRemoveMember, maySeeMembers } from '#libs/domain/access/organisation-access.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { auditOrganisation } from './organisation-audit.js';
import { OrganisationsService } from './organisations.service.js';

type MemberRow = Omit<MemberView, 'joinedAt' | 'me'> & { joinedAt: Date };

/** Members of an organisation. Changes lock the organisation, so that an owner always remains. */
@Injectable()
export class MembersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly organisations: OrganisationsService,
  ) {}

  async list(actor: Actor, id: string): Promise<MembersView> {
    const { manager } = this.transactions;
    const organisation = await this.organisations.find(manager, actor, id);
    if (!maySeeMembers(actor, organisation)) throw new AppError('auth.forbidden');
    const rows: MemberRow[] = await manager.query(
      `SELECT p.id AS "personId", p.name, p.email, m.title, m.role, m.created_at AS "joinedAt"
       FROM membership m JOIN person p ON p.id = m.person_id WHERE m.organisation_id = $1
       ORDER BY m.role = 'owner' DESC, m.created_at, m.id`,
      [id],
    );
    return {
      rows: rows.map((row) => ({
        ...row,
        joinedAt: row.joinedAt.toISOString(),
        me: row.personId === actor.personId,
      })),
    };
  }

  async change(actor: Actor, id: string, personId: string, body: MemberPatch): Promise<MembersView> {
    await this.transactions.run(async ({ manager }) => {
      const organisation = await this.organisations.find(manager, actor, id, true);
      if (!mayManageMembers(actor, organisation)) throw new AppError('auth.forbidden');
      const before = await this.member(manager, id, personId);
      if (body.role === 'member' && before.role === 'owner') await this.requireOtherOwner(manager, id);
      await manager.query(
        `UPDATE membership SET role = coalesce($3, role), title = CASE WHEN $4 THEN $5 ELSE title END
         WHERE organisation_id = $1 AND person_id = $2`,
        [id, personId, body.role ?? null, body.title !== undefined, body.title || null],
      );
      await auditOrganisation(manager, actor, 'change-member', id, {
        personId,
        from: before.role,
        to: body.role ?? before.role,
      });
    });
    return this.list(actor, id);
  }

  /** Removes a member, or the actor leaves. */
  async remove(actor: Actor, id: string, personId: string): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      const organisation = await this.organisations.find(manager, actor, id, true);
      if (!mayRemoveMember(actor, organisation, personId)) throw new AppError('auth.forbidden');
      const before = await this.member(manager, id, personId);
      if (before.role === 'owner') await this.requireOtherOwner(manager, id);
      await manager.query('DELETE FROM membership WHERE organisation_id = $1 AND person_id = $2', [
        id,
        personId,
      ]);
      const action = personId === actor.personId ? 'leave-organisation' : 'remove-member';
      await auditOrganisation(manager, actor, action, id, { personId });
    });
  }

  private async member(
    manager: EntityManager,
    id: string,
    personId: string,
  ): Promise<{ role: 'owner' | 'member' }> {
    const rows: { role: 'owner' | 'member' }[] = await manager.query(
      'SELECT role FROM membership WHERE organisation_id = $1 AND person_id = $2',
      [id, personId],
    );
    if (rows[0] === undefined) throw new AppError('organisation.member-not-found');
    return rows[0];
  }

  private async requireOtherOwner(manager: EntityManager, id: string): Promise<void> {
    const rows: { owners: number }[] = await manager.query(
      `SELECT count(*)::int AS owners FROM membership WHERE organisation_id = $1 AND role = 'owner'`,
      [id],
    );
    if (rows[0]!.owners < 2) throw new AppError('organisation.last-owner');
  }
}
