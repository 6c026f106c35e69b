import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '#config/config.js';
import { AppError } from '#libs/contracts/app-error.js';
import type { CreateDeal, DealQuery, DealView } from '#libs/contracts/results/deal.js';
import { isStaff, type Actor } from '#libs/domain/access/actor.js';
import { mayOpenDeal, maySeeDeal } from '#libs/domain/access/deal-access.js';
import { dealNumber } from '#libs/domain/evidence/deal-facts.js';
import { allowedActions } from '#libs/domain/evidence/state-machine.js';
import { dealMachine } from '#libs/domain/evidence/state-machines.js';
import { shanghaiClock } from '#libs/domain/time/shanghai-time.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { takeSerial } from '#libs/persistence/serials/take-serial.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { existingDealNo, lockOrigin, type DealOrigin } from './deal-origin.js';
import { dealEvidence, dealSteps, findDeal, listDeals, titled, toDealRow } from './deal-queries.js';

type Sides = DealOrigin & { enterprise_id: string; institute_id: string };

/** Deals (对接): opening, reading and listing them. */
@Injectable()
export class DealsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Staff see every deal, members those of their organisations. */
  async list(actor: Actor, query: DealQuery) {
    const { rows, total } = await listDeals(this.transactions.manager, {
      q: query.q === undefined || query.q === '' ? null : query.q,
      stages: query.stage,
      programmeId: query.programmeId ?? null,
      needId: query.needId ?? null,
      organisationIds: isStaff(actor) ? null : actor.memberships.map((m) => m.organisationId),
      limit: query.pageSize,
      offset: (query.page - 1) * query.pageSize,
    });
    return { rows: rows.map(toDealRow), total, page: query.page, pageSize: query.pageSize };
  }

  view(actor: Actor, id: string): Promise<DealView> {
    return this.read(this.transactions.manager, actor, id);
  }

  async create(actor: Actor, body: CreateDeal): Promise<DealView> {
    return this.transactions.run(async ({ manager }) => {
      const origin = await lockOrigin(manager, body);
      const sides = openableBy(actor, origin, body.meetingId === undefined ? '匹配 match' : '洽谈 meeting');
      const dealNo = await existingDealNo(manager, sides);
      if (dealNo !== null) throw new AppError('deal.exists', { dealNo });
      const id = await this.insert(manager, actor, sides, body);
      return this.read(manager, actor, id);
    });
  }

  private async insert(
    manager: EntityManager,
    actor: Actor,
    origin: Sides,
    body: CreateDeal,
  ): Promise<string> {
    const now = this.clock.now();
    const { year } = shanghaiClock(now);
    const dealNo = dealNumber(year, await takeSerial(manager, `deal:${year}`));
    const title = body.title ?? (origin.title === null || origin.title === '' ? dealNo : origin.title);
    const rows = await manager.query<{ id: string }[]>(
      `INSERT INTO deal (deal_no, title, need_id, capability_id, match_id, meeting_id, event_id, enterprise_id,
                         institute_id, note, created_by, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) RETURNING id`,
      [
        dealNo,
        title,
        origin.need_id,
        origin.capability_id,
        origin.match_id,
        origin.meeting_id,
        origin.event_id,
        origin.enterprise_id,
        origin.institute_id,
        body.note,
        actor.personId,
        now,
      ],
    );
    const id = rows[0]!.id;
    await manager.query(
      `INSERT INTO deal_step (deal_id, from_stage, to_stage, note, actor_id, at) VALUES ($1, NULL, 'lead', $2, $3, $4)`,
      [id, body.note, actor.personId, now],
    );
    await writeAudit(manager, {
      actorId: actor.personId,
      action: 'open-deal',
      subjectKind: 'deal',
      subjectId: id,
      detail: { dealNo, matchId: origin.match_id, meetingId: origin.meeting_id },
    });
    return id;
  }

  private async read(manager: EntityManager, actor: Actor, id: string): Promise<DealView> {
    const deal = await findDeal(manager, id);
    if (
      deal === null ||
      !maySeeDeal(actor, { enterpriseId: deal.enterprise_id, instituteId: deal.institute_id })
    )
      throw new AppError('record.not-found', { what: '对接' });
    const steps = await dealSteps(manager, id);
    return {
      ...toDealRow(deal),
      need: titled(deal.need_id, deal.need),
      capability: titled(deal.capability_id, deal.capability),
      meetingId: deal.meeting_id,
      contractKind: deal.contract_kind,
      contractNo: deal.contract_no,
      note: deal.note,
      createdBy: deal.created_by,
      createdAt: deal.created_at.toISOString(),
      actions: allowedActions(dealMachine, deal.stage),
      correctable: deal.contract_amount !== null && deal.stage !== 'terminated',
      uploadMaxBytes: this.config.uploadMaxBytes,
      steps: steps.map((step) => ({
        from: step.from_stage,
        to: step.to_stage,
        note: step.note,
        by: step.by,
        at: step.at.toISOString(),
      })),
      evidence: await dealEvidence(manager, id),
    };
  }
}

function openableBy(actor: Actor, origin: DealOrigin | null, what: string): Sides {
  const { enterprise_id, institute_id } = origin ?? {};
  if (!origin || (!isStaff(actor) && (!enterprise_id || !institute_id)))
    throw new AppError('record.not-found', { what });
  if (!enterprise_id || !institute_id) throw new AppError('deal.sides-unknown');
  const sides = { enterpriseId: enterprise_id, instituteId: institute_id };
  const decision = mayOpenDeal(actor, sides, origin.mutual);
  if (decision === 'hidden') throw new AppError('record.not-found', { what });
  if (decision === 'not-mutual') throw new AppError('deal.not-mutual');
  return { ...origin, enterprise_id, institute_id };
}
