import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  ContactView,
  NewOrganisation,
  OrganisationPage,
  OrganisationPatch,
  OrganisationQuery,
  OrganisationView,
} from '#libs/contracts/organisations/organisation.js';
import { isMemberOf, isStaff, type Actor } from '#libs/domain/access/actor.js';
import {
  contactReason,
  mayEditOrganisation,
  mayManageMembers,
  maySeeMembers,
  maySeeOrganisation,
  mayVerifyOrganisation,
  statusAfterEdit,
} from '#libs/domain/access/organisation-access.js';
import { Clock } from '#libs/platform/clock.js';
import { brokenConstraint, Transactions } from '#libs/platform/database/transactions.js';
import { auditOrganisation } from './organisation-audit.js';
import { CodesService } from '../codes/codes.service.js';
import { organisationCodes, organisationColumns } from './organisation-fields.js';
import {
  findOrganisation,
  holdsContactGrant,
  listOrganisations,
  type OrganisationRecord,
} from './organisation-queries.js';

/** Organisations: list, detail, registration, edit and the sealed contact. */
@Injectable()
export class OrganisationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly codes: CodesService,
  ) {}

  async list(actor: Actor | null, query: OrganisationQuery): Promise<OrganisationPage> {
    const found = await listOrganisations(this.transactions.manager, actor, query);
    return { ...found, page: query.page, pageSize: query.pageSize };
  }

  async read(actor: Actor | null, id: string): Promise<OrganisationView> {
    const { manager } = this.transactions;
    const organisation = await this.find(manager, actor, id);
    return this.view(actor, organisation, await holdsContactGrant(manager, actor, id));
  }

  /** Readings by staff and by holders of a grant are written to the audit log. */
  async readContact(actor: Actor, id: string): Promise<ContactView> {
    return this.transactions.run(async ({ manager }) => {
      const organisation = await this.find(manager, actor, id);
      const reason = contactReason(actor, organisation, await holdsContactGrant(manager, actor, id));
      if (reason === null) throw new AppError('organisation.contact-sealed');
      if (reason !== 'member') {
        await auditOrganisation(manager, actor, 'read-sealed', id, { fields: ['contact'], reason });
      }
      const rows: ContactView[] = await manager.query(
        'SELECT contact_name AS name, contact_phone AS phone, contact_email AS email FROM organisation WHERE id = $1',
        [id],
      );
      return rows[0]!;
    });
  }

  /** The creator becomes the owner; the organisation waits for verification. */
  async create(actor: Actor, body: NewOrganisation): Promise<OrganisationView> {
    await this.codes.check(organisationCodes(body));
    const now = this.clock.now();
    const columns = {
      ...organisationColumns(body),
      created_by: actor.personId,
      created_at: now,
      updated_at: now,
    };
    const names = Object.keys(columns);
    const id = await this.refuseSecondUscc(columns, () =>
      this.transactions.run(async ({ manager }) => {
        const rows: { id: string }[] = await manager.query(
          `INSERT INTO organisation (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})
           RETURNING id`,
          Object.values(columns),
        );
        await manager.query(
          `INSERT INTO membership (organisation_id, person_id, role, title, created_at) VALUES ($1, $2, 'owner', $3, $4)`,
          [rows[0]!.id, actor.personId, body.title || null, now],
        );
        await auditOrganisation(manager, actor, 'register-organisation', rows[0]!.id, { name: body.name });
        return rows[0]!.id;
      }),
    );
    return this.readAsMember(actor, id);
  }

  async edit(actor: Actor, id: string, body: OrganisationPatch): Promise<OrganisationView> {
    await this.codes.check(organisationCodes(body));
    const columns = organisationColumns(body);
    await this.refuseSecondUscc(columns, () =>
      this.transactions.run(async ({ manager }) => {
        const before = await this.find(manager, actor, id, true);
        if (!mayEditOrganisation(actor, before)) throw new AppError('auth.forbidden');
        if (body.basedOn !== undefined && Date.parse(body.basedOn) !== before.updatedAt.getTime())
          throw new AppError('record.changed');
        await this.write(manager, actor, before, columns);
      }),
    );
    return this.read(actor, id);
  }

  private async write(
    manager: EntityManager,
    actor: Actor,
    before: OrganisationRecord,
    columns: Record<string, unknown>,
  ): Promise<void> {
    const after = {
      name: before.name,
      kind: before.kind,
      uscc: before.uscc,
      ...columns,
    } as Pick<OrganisationRecord, 'name' | 'kind' | 'uscc'>;
    const status = statusAfterEdit(actor, before.status, before, after);
    const changes: Record<string, unknown> = { ...columns, updated_at: this.clock.now() };
    if (status !== before.status) {
      Object.assign(changes, { status, status_note: null, verified_by: null, verified_at: null });
    }
    const names = Object.keys(changes);
    await manager.query(
      `UPDATE organisation SET ${names.map((name, i) => `${name} = $${i + 2}`).join(', ')} WHERE id = $1`,
      [before.id, ...Object.values(changes)],
    );
    const detail = { fields: Object.keys(columns), from: before.status, to: status };
    await auditOrganisation(manager, actor, 'edit-organisation', before.id, detail);
  }

  /** The organisation when the actor may see it; what may not be seen does not exist. */
  async find(
    manager: EntityManager,
    actor: Actor | null,
    id: string,
    lock = false,
  ): Promise<OrganisationRecord> {
    const organisation = await findOrganisation(manager, id, lock);
    if (organisation === null || !maySeeOrganisation(actor, organisation))
      throw new AppError('organisation.not-found');
    return organisation;
  }

  /** The actor was loaded before the organisation existed: adds the new membership. */
  private readAsMember(actor: Actor, id: string): Promise<OrganisationView> {
    const membership = {
      organisationId: id,
      organisationKind: '',
      organisationVerified: false,
      role: 'owner' as const,
    };
    return this.read({ ...actor, memberships: [...actor.memberships, membership] }, id);
  }

  private async refuseSecondUscc<Result>(
    columns: Record<string, unknown>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (brokenConstraint(error) !== 'organisation_uscc') throw error;
      const rows: { name: string }[] = await this.transactions.manager.query(
        'SELECT name FROM organisation WHERE uscc = $1',
        [columns['uscc']],
      );
      throw new AppError('organisation.uscc-taken', { name: rows[0]?.name ?? '' });
    }
  }

  private view(actor: Actor | null, organisation: OrganisationRecord, holdsGrant: boolean): OrganisationView {
    const inside = isStaff(actor) || isMemberOf(actor, organisation.id);
    return {
      ...organisation,
      statusNote: inside ? organisation.statusNote : null,
      verifiedAt: organisation.verifiedAt?.toISOString() ?? null,
      createdAt: organisation.createdAt.toISOString(),
      updatedAt: organisation.updatedAt.toISOString(),
      myRole: actor?.memberships.find((m) => m.organisationId === organisation.id)?.role ?? null,
      may: {
        edit: mayEditOrganisation(actor, organisation),
        manageMembers: mayManageMembers(actor, organisation),
        seeMembers: maySeeMembers(actor, organisation),
        readContact: contactReason(actor, organisation, holdsGrant) !== null,
        verify: mayVerifyOrganisation(actor),
      },
    };
  }
}
