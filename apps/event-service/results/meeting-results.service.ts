import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  FollowUpView,
  MeetingOutcome,
  MeetingResult,
  WriteFollowUp,
} from '#libs/contracts/results/meeting-result.js';
import { isOrganizer, isStaff, type Actor } from '#libs/domain/access/actor.js';
import { sidesOf } from '#libs/domain/access/deal-access.js';
import {
  followUpSide,
  mayRecordOutcome,
  maySeeMeetingResult,
  type MeetingParties,
} from '#libs/domain/access/meeting-result-access.js';
import { canTransition } from '#libs/domain/evidence/state-machine.js';
import { meetingMachine } from '#libs/domain/evidence/state-machines.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { canUndoOutcome, lockEvent, settleSlot, undoOutcome } from './undo-outcome.js';

interface MeetingRecord extends MeetingParties {
  id: string;
  status: MeetingResult['status'];
  startsAt: Date | null;
  outcomeAt: Date | null;
  outcomeBy: string | null;
  outcomeById: string | null;
  dealId: string | null;
  dealNo: string | null;
}

const MEETING = `
  SELECT m.id, m.status, m.enterprise_id AS "enterpriseId", m.institute_id AS "instituteId",
         m.enterprise_person_id AS "enterprisePersonId", m.institute_person_id AS "institutePersonId",
         m.starts_at AS "startsAt", m.outcome_at AS "outcomeAt", p.name AS "outcomeBy", m.outcome_by AS "outcomeById",
         d.id AS "dealId", d.deal_no AS "dealNo"
  FROM meeting m LEFT JOIN person p ON p.id = m.outcome_by
  LEFT JOIN LATERAL (SELECT d.id, d.deal_no FROM deal d
    WHERE (d.meeting_id = m.id OR d.match_id = m.match_id) AND d.stage <> 'terminated' ORDER BY d.created_at LIMIT 1) d ON true
  WHERE m.id = $1`;

const recorded = (meeting: MeetingRecord): boolean =>
  meeting.status === 'held' || meeting.status === 'no_show';

const recordedIt = (actor: Actor, meeting: MeetingRecord): boolean =>
  isOrganizer(actor) || actor.personId === meeting.outcomeById;

/** Whether meetings took place, and what both sides said afterwards. */
@Injectable()
export class MeetingResultsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async view(actor: Actor, id: string): Promise<MeetingResult> {
    return this.read(this.transactions.manager, actor, await find(this.transactions.manager, actor, id));
  }

  async recordOutcome(actor: Actor, id: string, outcome: MeetingOutcome): Promise<MeetingResult> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      await lockEvent(manager, id);
      const meeting = await find(manager, actor, id, 'FOR UPDATE OF m');
      if (meeting.status !== outcome) {
        await this.write(manager, actor, meeting, outcome);
        const mails = await settleSlot(manager, id, outcome, this.clock.now());
        afterCommit(() => this.queue.wake('send-notification', mails));
      }
      return this.read(manager, actor, await find(manager, actor, id));
    });
  }

  /** Takes a recorded outcome back: a slip of the finger, before anything was built on it. */
  async undoOutcome(actor: Actor, id: string): Promise<MeetingResult> {
    return this.transactions.run(async ({ manager }) => {
      await lockEvent(manager, id);
      const meeting = await find(manager, actor, id, 'FOR UPDATE OF m');
      const { status } = meeting;
      if (!recorded(meeting) || !canTransition(meetingMachine, status, 'scheduled'))
        throw new AppError('outcome.nothing-to-undo');
      if (!recordedIt(actor, meeting)) throw new AppError('auth.forbidden');
      const now = this.clock.now();
      if (!(await canUndoOutcome(manager, meeting, isOrganizer(actor), now)))
        throw new AppError('outcome.undo-too-late');
      await undoOutcome(manager, id, { actorId: actor.personId, from: status }, now);
      return this.read(manager, actor, await find(manager, actor, id));
    });
  }

  async writeFollowUp(actor: Actor, id: string, body: WriteFollowUp): Promise<MeetingResult> {
    return this.transactions.run(async ({ manager }) => {
      const meeting = await find(manager, actor, id, 'FOR UPDATE OF m');
      const side = followUpSide(actor, meeting, body.side);
      if (side === null) throw new AppError('auth.forbidden');
      if (!recorded(meeting)) throw new AppError('meeting.follow-up-too-early');
      await manager.query(
        `INSERT INTO follow_up (meeting_id, side, person_id, rating, next_step, note, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
         ON CONFLICT (meeting_id, side) DO UPDATE SET person_id = excluded.person_id, rating = excluded.rating,
           next_step = excluded.next_step, note = excluded.note, updated_at = excluded.updated_at`,
        [id, side, actor.personId, body.rating, body.nextStep, body.note, this.clock.now()],
      );
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'write-follow-up',
        subjectKind: 'meeting',
        subjectId: id,
        detail: { side, rating: body.rating, nextStep: body.nextStep },
      });
      return this.read(manager, actor, meeting);
    });
  }

  private async write(
    manager: EntityManager,
    actor: Actor,
    meeting: MeetingRecord,
    outcome: MeetingOutcome,
  ): Promise<void> {
    const { status } = meeting;
    if (!canTransition(meetingMachine, status, outcome)) throw new AppError('meeting.no-outcome-possible');
    if (!mayRecordOutcome(actor, meeting, recorded(meeting)))
      throw new AppError(recorded(meeting) ? 'meeting.outcome-recorded' : 'auth.forbidden');
    const now = this.clock.now();
    if (meeting.startsAt === null || meeting.startsAt > now) throw new AppError('meeting.not-started');
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE meeting SET status = $2, outcome_at = $3, outcome_by = $4, updated_at = $3
       WHERE id = $1 AND status = $5 RETURNING id`,
      [meeting.id, outcome, now, actor.personId, status],
    );
    if (rows.length === 0) throw new AppError('record.changed');
    await writeAudit(manager, {
      actorId: actor.personId,
      action: recorded(meeting) ? 'correct-meeting-outcome' : 'record-meeting-outcome',
      subjectKind: 'meeting',
      subjectId: meeting.id,
      detail: { from: status, to: outcome },
    });
  }

  private async read(manager: EntityManager, actor: Actor, meeting: MeetingRecord): Promise<MeetingResult> {
    const started = meeting.startsAt !== null && meeting.startsAt <= this.clock.now();
    const isOutcomePossible = meeting.status === 'scheduled' || recorded(meeting);
    const written = await followUps(manager, meeting.id);
    const side = followUpSide(actor, meeting);
    return {
      meetingId: meeting.id,
      status: meeting.status,
      startsAt: meeting.startsAt?.toISOString() ?? null,
      outcomeAt: meeting.outcomeAt?.toISOString() ?? null,
      outcomeBy: meeting.outcomeBy,
      side,
      mayRecord: isOutcomePossible && started && mayRecordOutcome(actor, meeting, recorded(meeting)),
      mayUndo:
        recordedIt(actor, meeting) &&
        (await canUndoOutcome(manager, meeting, isOrganizer(actor), this.clock.now())),
      mayFollowUp: side !== null && recorded(meeting),
      mayOpenDeal: meeting.status === 'held' && meeting.dealId === null && (isStaff(actor) || side !== null),
      deal: meeting.dealId === null ? null : { id: meeting.dealId, dealNo: meeting.dealNo ?? '' },
      followUps: written.filter((one) => isStaff(actor) || sidesOf(actor, meeting).includes(one.side)),
    };
  }
}

async function find(
  manager: EntityManager,
  actor: Actor,
  id: string,
  lock: '' | 'FOR UPDATE OF m' = '',
): Promise<MeetingRecord> {
  const rows = await manager.query<MeetingRecord[]>(`${MEETING} ${lock}`, [id]);
  if (rows[0] === undefined || !maySeeMeetingResult(actor, rows[0]))
    throw new AppError('record.not-found', { what: '洽谈' });
  return rows[0];
}

async function followUps(manager: EntityManager, meetingId: string): Promise<FollowUpView[]> {
  const rows = await manager.query<(Omit<FollowUpView, 'updatedAt'> & { updatedAt: Date })[]>(
    `SELECT f.side, f.rating, f.next_step AS "nextStep", f.note, p.name AS by, f.updated_at AS "updatedAt"
     FROM follow_up f JOIN person p ON p.id = f.person_id WHERE f.meeting_id = $1 ORDER BY f.side`,
    [meetingId],
  );
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}
