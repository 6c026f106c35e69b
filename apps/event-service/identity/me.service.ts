import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import type { Me, MeAnswer, MeBody } from '#libs/contracts/identity/me.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';

const ME = `
  SELECT p.id, p.email, p.name, p.phone, p.locale, p.platform_roles AS roles,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind, 'status', o.status,
                     'role', m.role) ORDER BY m.id)
                   FROM membership m JOIN organisation o ON o.id = m.organisation_id
                   WHERE m.person_id = p.id), '[]') AS organisations
  FROM person p WHERE p.id = $1`;

/** The signed-in person's own record. */
@Injectable()
export class MeService {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async read(actor: Actor | null): Promise<MeAnswer> {
    const mailbox = this.config.smtpUrl === null;
    if (actor === null) return { person: null, mailbox };
    const rows: Me[] = await this.transactions.manager.query(ME, [actor.personId]);
    return { person: rows[0] ?? null, mailbox };
  }

  async change(actor: Actor, body: MeBody): Promise<MeAnswer> {
    await this.transactions.run(async ({ manager }) => {
      await manager.query(
        `UPDATE person SET name = coalesce($2, name), locale = coalesce($3, locale),
           phone = CASE WHEN $4 THEN $5 ELSE phone END WHERE id = $1`,
        [
          actor.personId,
          body.name ?? null,
          body.locale ?? null,
          body.phone !== undefined,
          body.phone ?? null,
        ],
      );
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'edit-profile',
        subjectKind: 'person',
        subjectId: actor.personId,
        detail: { fields: Object.keys(body) },
      });
    });
    return this.read(actor);
  }
}
