import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { DealStage } from '#libs/contracts/results/deal.js';
import type { AcceptNeed, NeedAcceptanceView } from '#libs/contracts/results/need-acceptance.js';
import { isStaff, type Actor } from '#libs/domain/access/actor.js';
import {
  mayAcceptNeed,
  seesAcceptance,
  type NeedForAcceptance,
} from '#libs/domain/access/need-acceptance-access.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { moveNeed } from './move-need.js';

interface NeedRecord extends NeedForAcceptance {
  status: string;
  acceptedAt: Date | null;
  statement: string | null;
  acceptedBy: string | null;
  organisation: string | null;
  dealId: string | null;
  dealNo: string | null;
  deals: { id: string; dealNo: string; title: string; stage: DealStage; instituteId: string }[];
}

const NEED = `
  SELECT n.organisation_id AS "organisationId", n.status, n.disclosure, a.created_at AS "acceptedAt", a.statement,
         p.name AS "acceptedBy", o.name AS organisation, d.id AS "dealId", d.deal_no AS "dealNo",
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'dealNo', x.deal_no, 'title', x.title,
                     'stage', x.stage, 'instituteId', x.institute_id) ORDER BY x.deal_no)
                   FROM deal x WHERE x.need_id = n.id AND x.stage <> 'terminated'), '[]') AS deals
  FROM need n LEFT JOIN need_acceptance a ON a.need_id = n.id LEFT JOIN person p ON p.id = a.accepted_by
  LEFT JOIN organisation o ON o.id = a.organisation_id LEFT JOIN deal d ON d.id = a.deal_id
  WHERE n.id = $1`;

/** The enterprise's own word that its need is solved. */
@Injectable()
export class NeedAcceptanceService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  view(actor: Actor | null, needId: string): Promise<NeedAcceptanceView> {
    return read(this.transactions.manager, actor, needId);
  }

  async accept(actor: Actor, needId: string, body: AcceptNeed): Promise<NeedAcceptanceView> {
    return this.transactions.run(async ({ manager }) => {
      const need = await find(manager, needId);
      if (seesAcceptance(actor, need, instituteIds(need)) === 'nothing') throw notFound();
      if (!mayAcceptNeed(actor, need)) throw new AppError('need.accept-only-owner');
      if (need.acceptedAt !== null) throw new AppError('need.accepted-already');
      if (body.dealId !== null && !need.deals.some((deal) => deal.id === body.dealId))
        throw new AppError('record.not-found', { what: '对接' });
      const now = this.clock.now();
      if (!(await moveNeed(manager, needId, 'accept', actor.personId, now)))
        throw new AppError('need.accept-not-contracted');
      await manager.query(
        `INSERT INTO need_acceptance (need_id, accepted_by, organisation_id, deal_id, statement, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [needId, actor.personId, need.organisationId, body.dealId, body.statement, now],
      );
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'accept-solution',
        subjectKind: 'need',
        subjectId: needId,
        detail: { dealId: body.dealId },
      });
      return read(manager, actor, needId);
    });
  }
}

const notFound = (): AppError => new AppError('record.not-found', { what: '需求' });
const instituteIds = (need: NeedRecord): string[] => need.deals.map((deal) => deal.instituteId);

async function find(manager: EntityManager, needId: string): Promise<NeedRecord> {
  const rows = await manager.query<NeedRecord[]>(NEED, [needId]);
  if (rows[0] === undefined) throw notFound();
  return rows[0];
}

async function read(
  manager: EntityManager,
  actor: Actor | null,
  needId: string,
): Promise<NeedAcceptanceView> {
  const need = await find(manager, needId);
  const sees = seesAcceptance(actor, need, instituteIds(need));
  if (sees === 'nothing') throw notFound();
  const isOwner = mayAcceptNeed(actor, need);
  const full = sees === 'everything';
  const ownDeals = isOwner || isStaff(actor) ? need.deals : [];
  return {
    accepted: need.acceptedAt !== null,
    acceptedAt: need.acceptedAt?.toISOString() ?? null,
    statement: full ? need.statement : null,
    acceptedBy: full ? need.acceptedBy : null,
    organisation: full ? need.organisation : null,
    deal: full && need.dealId !== null ? { id: need.dealId, dealNo: need.dealNo ?? '' } : null,
    isOwner,
    mayAccept: isOwner && need.status === 'contracted',
    deals: ownDeals.map(({ id, dealNo, title, stage }) => ({ id, dealNo, title, stage })),
  };
}
