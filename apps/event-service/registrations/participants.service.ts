import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { ParticipantPage, ParticipantsQuery } from '#libs/contracts/registrations/organizer.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import {
  countParticipants,
  countStatuses,
  findEventHead,
  listParticipants,
  type EventHead,
} from './participants.js';
import { participantSheet } from './participant-sheet.js';

/** An event's registrations, as its organizers see them. */
@Injectable()
export class ParticipantsService {
  constructor(private readonly transactions: Transactions) {}

  async list(eventId: string, query: ParticipantsQuery): Promise<ParticipantPage> {
    const { manager } = this.transactions;
    const head = await this.head(eventId);
    const filter = { eventId, statuses: query.status, q: query.q };
    const { page, pageSize } = query;
    const rows = await listParticipants(manager, filter, { limit: pageSize, offset: (page - 1) * pageSize });
    const total = await countParticipants(manager, filter);
    return { rows, total, page, pageSize, ...head, counts: await countStatuses(manager, eventId) };
  }

  async export(
    actor: Actor,
    eventId: string,
    query: ParticipantsQuery,
  ): Promise<{ title: string; bytes: Buffer }> {
    const { manager } = this.transactions;
    const head = await this.head(eventId);
    const filter = { eventId, statuses: query.status, q: query.q };
    const rows = await listParticipants(manager, filter, { limit: null, offset: 0 });
    await writeAudit(manager, {
      actorId: actor.personId,
      action: 'export-registrations',
      subjectKind: 'event',
      subjectId: eventId,
      detail: { rows: rows.length },
    });
    return { title: head.event.title, bytes: await participantSheet(head, rows) };
  }

  private async head(eventId: string): Promise<EventHead> {
    const head = await findEventHead(this.transactions.manager, eventId);
    if (head === null) throw new AppError('record.not-found', { what: '活动' });
    return head;
  }
}
