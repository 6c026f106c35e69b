import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { PeoplePage, PeopleQuery, PersonRow, RolesBody } from '#libs/contracts/identity/people.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { revokeSessions } from '#libs/persistence/identity/sessions.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';

type PersonRecord = Omit<PersonRow, 'createdAt'> & { createdAt: Date };

const FIELDS = `p.id, p.name, p.email, p.phone, p.platform_roles AS roles, p.created_at AS "createdAt",
  p.email_verified_at IS NOT NULL AS "emailVerified", p.disabled_at IS NOT NULL AS disabled,
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'role', m.role) ORDER BY m.id)
            FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = p.id), '[]')
    AS organisations`;

const FOUND = `
  ($1::text IS NULL OR strpos(lower(p.name), lower($1)) > 0 OR strpos(p.email, lower($1)) > 0
     OR strpos(p.phone, $1) > 0
     OR EXISTS (SELECT 1 FROM membership m JOIN organisation o ON o.id = m.organisation_id
                WHERE m.person_id = p.id AND strpos(lower(o.name), lower($1)) > 0))
  AND ($2::text IS NULL OR $2 = ANY (p.platform_roles))
  AND ($3::boolean IS NULL OR (p.disabled_at IS NOT NULL) = $3)`;

const view = (row: PersonRecord): PersonRow => ({ ...row, createdAt: row.createdAt.toISOString() });

/** The administrator's list of people: roles, disabling. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async list(query: PeopleQuery): Promise<PeoplePage> {
    const { manager } = this.transactions;
    const { page, pageSize } = query;
    const filter = [query.q || null, query.role ?? null, query.disabled ?? null];
    const counted: { total: number }[] = await manager.query(
      `SELECT count(*)::int AS total FROM person p WHERE ${FOUND}`,
      filter,
    );
    const rows: PersonRecord[] = await manager.query(
      `SELECT ${FIELDS} FROM person p WHERE ${FOUND} ORDER BY p.created_at DESC, p.id LIMIT $4 OFFSET $5`,
      [...filter, pageSize, (page - 1) * pageSize],
    );
    return { rows: rows.map(view), total: counted[0]!.total, page, pageSize };
  }

  async setRoles(actor: Actor, id: string, { roles }: RolesBody): Promise<PersonRow> {
    return this.transactions.run(async ({ manager }) => {
      const before = await this.lock(manager, id, !roles.includes('administrator'));
      await manager.query('UPDATE person SET platform_roles = $2 WHERE id = $1', [id, roles]);
      await this.audit(manager, actor, 'set-platform-roles', id, { before: before.roles, after: roles });
      return this.read(manager, id);
    });
  }

  /** Ends all sessions at once. */
  async disable(actor: Actor, id: string): Promise<PersonRow> {
    return this.transactions.run(async ({ manager }) => {
      const before = await this.lock(manager, id, true);
      if (!before.disabled) {
        const now = this.clock.now();
        await manager.query('UPDATE person SET disabled_at = $2 WHERE id = $1', [id, now]);
        const sessions = await revokeSessions(manager, id, now);
        await this.audit(manager, actor, 'disable-person', id, { sessions });
      }
      return this.read(manager, id);
    });
  }

  async enable(actor: Actor, id: string): Promise<PersonRow> {
    return this.transactions.run(async ({ manager }) => {
      const before = await this.lock(manager, id, false);
      if (before.disabled) {
        await manager.query('UPDATE person SET disabled_at = NULL WHERE id = $1', [id]);
        await this.audit(manager, actor, 'enable-person', id, {});
      }
      return this.read(manager, id);
    });
  }

  /**
   * Locks the person and, when the change ends a person's being administrator, every administrator in the order of
   * ids, so that two administrators cannot remove each other at the same moment.
   */
  private async lock(manager: EntityManager, id: string, endsAdministrator: boolean): Promise<PersonRow> {
    if (endsAdministrator) {
      const administrators: { id: string; name: string }[] = await manager.query(
        `SELECT id, name FROM person WHERE 'administrator' = ANY (platform_roles) AND disabled_at IS NULL
         ORDER BY id FOR UPDATE`,
      );
      const only = administrators.length === 1 ? administrators[0]! : null;
      if (only?.id === id) throw new AppError('person.last-administrator', { name: only.name });
    }
    await manager.query('SELECT 1 FROM person WHERE id = $1 FOR UPDATE', [id]);
    return this.read(manager, id);
  }

  private async read(manager: EntityManager, id: string): Promise<PersonRow> {
    const rows: PersonRecord[] = await manager.query(`SELECT ${FIELDS} FROM person p WHERE p.id = $1`, [id]);
    if (rows[0] === undefined) throw new AppError('person.not-found');
    return view(rows[0]);
  }

  private audit(
    manager: EntityManager,
    actor: Actor,
    action: string,
    id: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    return writeAudit(manager, {
      actorId: actor.personId,
      action,
      subjectKind: 'person',
      subjectId: id,
      detail,
    });
  }
}
