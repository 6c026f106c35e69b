import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { AnswerBody, AnswerView, EventAnswers } from '#libs/contracts/notifications/answers.js';
import { lockInvitedById } from '#libs/persistence/inbound/load-invited.js';
import { loadEventAnswers, loadProposals, type AnswerRow } from '#libs/persistence/inbound/event-answers.js';
import { recordAnswers } from '#libs/persistence/inbound/record-statement.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { answeredObject } from '#libs/platform/answer-links.js';
import { Signer } from '#libs/platform/secrets.js';
import { readAnswer } from './read-answer.js';

/** Answers to invitations: given on the web, and seen by organizers whatever way they came. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly signer: Signer,
  ) {}

  /** What the link of an invitation shows; changes nothing. */
  async read(token: string): Promise<AnswerView> {
    return readAnswer(this.transactions.manager, this.objectOf(token), this.clock.now());
  }

  /** Takes an answer. The same answer again is the same statement and is not written twice. */
  async give(token: string, body: AnswerBody): Promise<AnswerView> {
    const id = this.objectOf(token);
    const now = this.clock.now();
    return this.transactions.run(async ({ manager }) => {
      const invited = await lockInvitedById(manager, id);
      const before = await readAnswer(manager, id, now);
      if (invited === null || before.state !== 'open') throw new AppError('answer.closed');
      if (before.answer === body.answer && before.comment === body.comment) return before;
      const said = { answer: body.answer, comment: body.comment, channel: 'web' } as const;
      const about = { calendarObjectId: id, instance: null, sequence: invited.sequence };
      await recordAnswers(manager, [{ ...said, ...about, statedAt: now, inboundMailId: null, now }]);
      return readAnswer(manager, id, now);
    });
  }

  async ofEvent(eventId: string): Promise<EventAnswers> {
    const { manager } = this.transactions;
    await checkEvent(manager, eventId);
    const rows = await loadEventAnswers(manager, eventId);
    const proposals = await loadProposals(manager, eventId, this.clock.now());
    const instant = (date: Date) => date.toISOString();
    return {
      counts: countAnswers(rows.filter((row) => row.kind === 'event')),
      rows: rows.map((row) => ({
        ...row,
        startsAt: instant(row.startsAt),
        endsAt: instant(row.endsAt),
        statedAt: row.statedAt === null ? null : instant(row.statedAt),
      })),
      proposals: proposals.map((row) => ({
        ...row,
        startsAt: instant(row.startsAt),
        endsAt: instant(row.endsAt),
        currentStartsAt: instant(row.currentStartsAt),
        currentEndsAt: instant(row.currentEndsAt),
        statedAt: instant(row.statedAt),
      })),
    };
  }

  private objectOf(token: string): string {
    const id = answeredObject(this.signer, token);
    if (id === null) throw new AppError('answer.not-found');
    return id;
  }
}

async function checkEvent(manager: EntityManager, eventId: string): Promise<void> {
  const rows = await manager.query<unknown[]>('SELECT 1 FROM event WHERE id = $1', [eventId]);
  if (rows.length === 0) throw new AppError('record.not-found');
}

function countAnswers(rows: readonly AnswerRow[]): EventAnswers['counts'] {
  const count = (answer: AnswerRow['answer']) => rows.filter((row) => row.answer === answer).length;
  return {
    invited: rows.length,
    accepted: count('ACCEPTED'),
    declined: count('DECLINED'),
    tentative: count('TENTATIVE'),
    delegated: count('DELEGATED'),
    waiting: count(null),
  };
}
