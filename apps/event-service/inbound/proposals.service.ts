import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import {
  lockProposal,
  settleProposal,
  writeDeclinedProposal,
  type LockedProposal,
} from '#libs/persistence/inbound/decline-proposal.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { EventEditorService } from '../events/event-editor.service.js';
import { EventPreviewService } from '../events/event-preview.service.js';
import { lockEvent } from '../events/event-steps.js';

/** What an organizer does about other times that attendees proposed. */
@Injectable()
export class ProposalsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    private readonly editor: EventEditorService,
    private readonly previews: EventPreviewService,
  ) {}

  /**
   * Moves the event to the proposed time, which asks everybody again, and its agenda and meetings with it. A meeting is
   * moved on the timetable's board, where its table and the counterpart are in sight.
   */
  accept(actor: Actor, id: string): Promise<void> {
    return this.transactions.run((transaction) => this.take(transaction, actor, id));
  }

  /** Who would get what if the proposal were accepted; nothing is changed. */
  async foretell(actor: Actor, id: string): Promise<AnnouncementView> {
    const proposal = await lockProposal(this.transactions.manager, id);
    if (proposal === null) throw new AppError('proposal.not-found');
    return this.previews.foretell(proposal.eventId, (transaction) => this.take(transaction, actor, id));
  }

  /**
   * Notes that a proposal was followed in another way, as a meeting is on the timetable: its proposer got the update and
   * is told nothing more.
   */
  close(actor: Actor, id: string): Promise<void> {
    return this.transactions.run(async ({ manager }) => {
      const proposal = await this.open(manager, id);
      if (!proposal.taken) throw new AppError('proposal.not-taken');
      await this.settle(manager, actor, id, 'accepted');
    });
  }

  /** Leaves the time as it is and tells the proposer. */
  async decline(actor: Actor, id: string, note: string): Promise<void> {
    await this.transactions.run(async ({ manager, afterCommit }) => {
      await this.open(manager, id);
      await this.settle(manager, actor, id, 'declined');
      const wake = await writeDeclinedProposal(manager, id, note, this.clock.now());
      if (wake !== null) afterCommit(() => this.queue.wake('send-notification', [wake]));
    });
  }

  private async take(transaction: Transaction, actor: Actor, id: string): Promise<void> {
    const { manager } = transaction;
    // First, as declining does: whoever comes second finds it decided, and the move is taken back with all the rest.
    const proposal = await this.open(manager, id);
    if (proposal.kind === 'meeting') throw new AppError('proposal.of-meeting');
    const event = await lockEvent(manager, proposal.eventId);
    if (proposal.startsAt <= this.clock.now()) throw new AppError('proposal.past');
    if (isSameTime(proposal, event)) throw new AppError('proposal.same-time');
    await this.editor.apply(transaction, actor, proposal.eventId, {
      startsAt: proposal.startsAt.toISOString(),
      endsAt: proposal.endsAt.toISOString(),
      updatedAt: event.updatedAt.toISOString(),
      moveAlong: true,
    });
    await this.settle(manager, actor, id, 'accepted');
  }

  private async open(manager: EntityManager, id: string): Promise<LockedProposal> {
    const proposal = await lockProposal(manager, id);
    if (proposal === null) throw new AppError('proposal.not-found');
    if (proposal.status !== 'open') throw new AppError('proposal.decided');
    return proposal;
  }

  private async settle(
    manager: EntityManager,
    actor: Actor,
    id: string,
    status: 'accepted' | 'declined',
  ): Promise<void> {
    await settleProposal(manager, id, { status, by: actor.personId, now: this.clock.now() });
    await writeAudit(manager, {
      actorId: actor.personId,
      action: status === 'accepted' ? 'accept-proposal' : 'decline-proposal',
      subjectKind: 'calendar_proposal',
      subjectId: id,
    });
  }
}

type Span = Pick<LockedProposal, 'startsAt' | 'endsAt'>;

const isSameTime = (one: Span, other: Span): boolean =>
  one.startsAt.getTime() === other.startsAt.getTime() && one.endsAt.getTime() === other.endsAt.getTime();
