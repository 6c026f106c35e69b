import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  InvitationBody,
  InvitationsView,
  Joined,
  JoinPreview,
} from '#libs/contracts/organisations/members.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { mayManageMembers } from '#libs/domain/access/organisation-access.js';
import {
  findToken,
  issueToken,
  useToken,
  type UsedToken,
} from '#libs/persistence/identity/one-time-tokens.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { auditOrganisation } from './organisation-audit.js';
import { AttemptsService } from '../identity/attempts.service.js';
import { LIFETIMES } from '../identity/limits.js';
import { OrganisationsService } from './organisations.service.js';

interface InvitationPayload {
  readonly role: 'owner' | 'member';
  readonly title: string | null;
  readonly inviterId: string;
  readonly inviter: string;
}

const OPEN = `kind = 'join_organisation' AND used_at IS NULL`;

/** Invitations of colleagues: a mail with a link; who holds the link joins with the account they sign in with. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly attempts: AttemptsService,
    private readonly organisations: OrganisationsService,
  ) {}

  async list(actor: Actor, id: string): Promise<InvitationsView> {
    const { manager } = this.transactions;
    await this.managed(manager, actor, id);
    const rows: {
      id: string;
      email: string;
      payload: InvitationPayload;
      createdAt: Date;
      expiresAt: Date;
    }[] = await manager.query(
      `SELECT id, email, payload, created_at AS "createdAt", expires_at AS "expiresAt" FROM one_time_token
         WHERE ${OPEN} AND organisation_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id`,
      [id, this.clock.now()],
    );
    return {
      rows: rows.map(({ payload, ...row }) => ({
        id: row.id,
        email: row.email,
        role: payload.role,
        invitedBy: payload.inviter,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
      })),
    };
  }

  /** A second invitation of the same address replaces the first. */
  async invite(actor: Actor, id: string, body: InvitationBody): Promise<InvitationsView> {
    await this.managed(this.transactions.manager, actor, id);
    await this.refuseMember(id, body.email);
    await this.attempts.count('invite-person', actor.personId);
    await this.attempts.count('mail-address', body.email);
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const organisation = await this.managed(manager, actor, id);
      const now = this.clock.now();
      await manager.query(
        `UPDATE one_time_token SET used_at = $3 WHERE ${OPEN} AND organisation_id = $1 AND email = $2`,
        [id, body.email, now],
      );
      const payload: InvitationPayload = {
        role: body.role,
        title: body.title || null,
        inviterId: actor.personId,
        inviter: actor.name,
      };
      const token = await issueToken(manager, {
        kind: 'join_organisation',
        email: body.email,
        organisationId: id,
        payload: { ...payload },
        now,
        lifetimeMs: LIFETIMES.joinOrganisation,
      });
      const people: { id: string; name: string; locale: 'zh-CN' | 'en' }[] = await manager.query(
        'SELECT id, name, locale FROM person WHERE email = $1',
        [body.email],
      );
      const mail = await writeMail(manager, {
        topic: 'join-organisation',
        dedupeKey: `join-organisation:${token.id}`,
        personId: people[0]?.id ?? null,
        toAddress: body.email,
        toName: people[0]?.name ?? null,
        locale: people[0]?.locale ?? actor.locale,
        payload: {
          link: `/join?token=${token.raw}`,
          organisation: organisation.name,
          inviter: actor.name,
        },
      });
      await auditOrganisation(manager, actor, 'invite-member', id, { email: body.email, role: body.role });
      if (mail !== null) afterCommit(() => this.queue.wake('send-notification', [mail]));
    });
    return this.list(actor, id);
  }

  async withdraw(actor: Actor, id: string, invitationId: string): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      await this.managed(manager, actor, id);
      const [rows]: [{ email: string }[], number] = await manager.query(
        `UPDATE one_time_token SET used_at = $3 WHERE ${OPEN} AND id = $1 AND organisation_id = $2 RETURNING email`,
        [invitationId, id, this.clock.now()],
      );
      if (rows[0] === undefined) throw new AppError('organisation.invitation-not-found');
      await auditOrganisation(manager, actor, 'withdraw-invitation', id, { email: rows[0].email });
    });
  }

  /** What the invited person sees before joining. */
  async preview(raw: string): Promise<JoinPreview> {
    const { manager } = this.transactions;
    const token = await findToken(manager, 'join_organisation', raw, this.clock.now());
    if (token === null) throw new AppError('auth.link-invalid');
    const { name, payload } = await this.invitedTo(manager, token);
    return { organisation: name, inviter: payload.inviter, email: token.email ?? '', role: payload.role };
  }

  /** The link works once; somebody who belongs to the organisation already does not use it up. */
  async join(actor: Actor, raw: string): Promise<Joined> {
    return this.transactions.run(async ({ manager }) => {
      const now = this.clock.now();
      const token = await useToken(manager, 'join_organisation', raw, now);
      if (token === null) throw new AppError('auth.link-invalid');
      const { id, name, payload } = await this.invitedTo(manager, token);
      const created: unknown[] = await manager.query(
        `INSERT INTO membership (organisation_id, person_id, role, title, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (organisation_id, person_id) DO NOTHING RETURNING id`,
        [id, actor.personId, payload.role, payload.title, now],
      );
      if (created.length === 0) throw new AppError('organisation.you-are-member', { name });
      await auditOrganisation(manager, actor, 'join-organisation', id, {
        invitedAddress: token.email,
        role: payload.role,
        inviterId: payload.inviterId,
      });
      return { organisationId: id, name };
    });
  }

  private async invitedTo(
    manager: EntityManager,
    token: UsedToken,
  ): Promise<{ id: string; name: string; payload: InvitationPayload }> {
    const rows: { id: string; name: string }[] = await manager.query(
      'SELECT id, name FROM organisation WHERE id = $1',
      [token.organisationId],
    );
    if (rows[0] === undefined) throw new AppError('auth.link-invalid');
    return { ...rows[0], payload: token.payload as unknown as InvitationPayload };
  }

  private async managed(manager: EntityManager, actor: Actor, id: string): Promise<{ name: string }> {
    const organisation = await this.organisations.find(manager, actor, id);
    if (!mayManageMembers(actor, organisation)) throw new AppError('auth.forbidden');
    return organisation;
  }

  private async refuseMember(id: string, email: string): Promise<void> {
    const rows: unknown[] = await this.transactions.manager.query(
      `SELECT 1 FROM membership m JOIN person p ON p.id = m.person_id WHERE m.organisation_id = $1 AND p.email = $2`,
      [id, email],
    );
    if (rows.length > 0) throw new AppError('organisation.already-member', { email });
  }
}
