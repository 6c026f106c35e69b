import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { CorrectDeal, DealStage, DealTransition } from '#libs/contracts/results/deal.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { maySeeDeal } from '#libs/domain/access/deal-access.js';
import {
  amountProblems,
  paymentProblems,
  signingProblems,
  type FactProblem,
} from '#libs/domain/evidence/deal-facts.js';
import { toFen } from '#libs/domain/evidence/money.js';
import { statesAfter } from '#libs/domain/evidence/state-machine.js';
import { dealMachine } from '#libs/domain/evidence/state-machines.js';
import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { CodesService } from '../codes/codes.service.js';
import { dealSteps, lockDeal, type DealRecord } from './deal-queries.js';
import { moveNeed } from './move-need.js';

/** Moves deals through their stages, with the facts each stage needs, and takes the need along. */
@Injectable()
export class DealStepsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly codes: CodesService,
  ) {}

  async transition(actor: Actor, id: string, step: DealTransition): Promise<void> {
    if (step.action === 'sign')
      await this.codes.check({ contractKind: ['contract-kind', step.contractKind] });
    await this.transactions.run(async ({ manager }) => {
      const deal = await lockedFor(manager, actor, id);
      const to = await nextStage(manager, deal, step);
      refuse(this.problems(step));
      const now = this.clock.now();
      await this.write(manager, deal, to, step, now);
      await manager.query(
        'INSERT INTO deal_step (deal_id, from_stage, to_stage, note, actor_id, at) VALUES ($1, $2, $3, $4, $5, $6)',
        [id, deal.stage, to, step.note, actor.personId, now],
      );
      const { action, note, ...facts } = step;
      await writeAudit(manager, {
        actorId: actor.personId,
        action: `${action.replaceAll('_', '-')}-deal`,
        subjectKind: 'deal',
        subjectId: id,
        detail: { from: deal.stage, to, note, ...facts },
      });
      if (deal.need_id !== null) await takeNeedAlong(manager, deal, deal.need_id, to, actor.personId, now);
    });
  }

  /** Puts recorded amounts right; the audit log keeps old and new. */
  async correct(actor: Actor, id: string, body: CorrectDeal): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      const deal = await lockedFor(manager, actor, id);
      if (deal.contract_amount === null || deal.technology_amount === null || deal.stage === 'terminated')
        throw new AppError('deal.no-contract');
      const contractAmount = body.contractAmount ?? deal.contract_amount;
      const technologyAmount = body.technologyAmount ?? deal.technology_amount;
      refuse(amountProblems({ contractAmount, technologyAmount }));
      if (body.paidAmount !== undefined && deal.paid_amount === null)
        throw new AppError('deal.step-not-possible');
      const paidAmount = body.paidAmount ?? deal.paid_amount;
      if (paidAmount !== null) refuse(paymentProblems(paidAmount));
      const changed = changes(deal, { contractAmount, technologyAmount, paidAmount });
      if (Object.keys(changed).length === 0) return;
      await manager.query(
        'UPDATE deal SET contract_amount = $2, technology_amount = $3, paid_amount = $4, updated_at = $5 WHERE id = $1',
        [id, contractAmount, technologyAmount, paidAmount, this.clock.now()],
      );
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'correct-deal',
        subjectKind: 'deal',
        subjectId: id,
        detail: { note: body.note, changed },
      });
    });
  }

  private problems(step: DealTransition): FactProblem[] {
    if (step.action === 'sign') return signingProblems(step, shanghaiDay(this.clock.now()));
    return step.action === 'record_payment' ? paymentProblems(step.paidAmount) : [];
  }

  private async write(
    manager: EntityManager,
    deal: DealRecord,
    to: DealStage,
    step: DealTransition,
    now: Date,
  ): Promise<void> {
    const signed = step.action === 'sign' ? step : null;
    const paid = step.action === 'record_payment' ? step.paidAmount : null;
    await manager.query(
      `UPDATE deal SET stage = $2, updated_at = $3, contract_kind = coalesce($4, contract_kind),
              contract_no = coalesce($5, contract_no), signed_on = coalesce($6, signed_on),
              contract_amount = coalesce($7, contract_amount), technology_amount = coalesce($8, technology_amount),
              paid_amount = coalesce($9, paid_amount)
       WHERE id = $1`,
      [
        deal.id,
        to,
        now,
        signed?.contractKind ?? null,
        signed?.contractNo ?? null,
        signed?.signedOn ?? null,
        signed?.contractAmount ?? null,
        signed?.technologyAmount ?? null,
        paid,
      ],
    );
  }
}

async function lockedFor(manager: EntityManager, actor: Actor, id: string): Promise<DealRecord> {
  const deal = await lockDeal(manager, id);
  if (
    deal === null ||
    !maySeeDeal(actor, { enterpriseId: deal.enterprise_id, instituteId: deal.institute_id })
  )
    throw new AppError('record.not-found', { what: '对接' });
  return deal;
}

function refuse(problems: readonly FactProblem[]): void {
  if (problems.length > 0) throw new AppError('request.invalid', {}, problems);
}

/** A resumed deal goes back to the stage in which it stalled. */
async function nextStage(manager: EntityManager, deal: DealRecord, step: DealTransition): Promise<DealStage> {
  const possible = statesAfter(dealMachine, deal.stage, step.action);
  if (step.action !== 'resume') {
    if (possible[0] === undefined) throw new AppError('deal.step-not-possible');
    return possible[0];
  }
  const stalled = (await dealSteps(manager, deal.id)).findLast((earlier) => earlier.to_stage === 'stalled');
  const back = possible.find((stage) => stage === stalled?.from_stage);
  if (back === undefined) throw new AppError('deal.step-not-possible');
  return back;
}

/** An intent engages the need, a contract makes it contracted, and the end of its last contract opens it again. */
async function takeNeedAlong(
  manager: EntityManager,
  deal: DealRecord,
  needId: string,
  to: DealStage,
  actorId: string,
  now: Date,
): Promise<void> {
  if (to === 'intent' || to === 'signed') await moveNeed(manager, needId, 'engage', actorId, now);
  if (to === 'signed') await moveNeed(manager, needId, 'contract', actorId, now);
  if (to !== 'terminated' || deal.signed_on === null) return;
  await manager.query('SELECT 1 FROM need WHERE id = $1 FOR UPDATE', [needId]);
  const others = await manager.query<unknown[]>(
    `SELECT 1 FROM deal WHERE need_id = $1 AND id <> $2 AND signed_on IS NOT NULL AND stage <> 'terminated' LIMIT 1`,
    [needId, deal.id],
  );
  if (others.length === 0) await moveNeed(manager, needId, 'terminate_contract', actorId, now);
}

type Amounts = { contractAmount: string; technologyAmount: string; paidAmount: string | null };

function changes(deal: DealRecord, next: Amounts): Record<string, { old: string; new: string }> {
  const old = {
    contractAmount: deal.contract_amount,
    technologyAmount: deal.technology_amount,
    paidAmount: deal.paid_amount,
  };
  const names = ['contractAmount', 'technologyAmount', 'paidAmount'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const before = old[name];
      const after = next[name];
      return before === null || after === null || toFen(before) === toFen(after)
        ? []
        : [[name, { old: before, new: after }]];
    }),
  );
}
