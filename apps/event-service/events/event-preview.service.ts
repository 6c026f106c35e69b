import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AnnouncementBody, AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { spreadNext } from '#libs/persistence/notifications/spread.js';
import { workBacklog } from '#libs/persistence/notifications/sync-invitations.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { EventEditorService } from './event-editor.service.js';
import { EventPartsService } from './event-parts.service.js';
import { EventStatesService } from './event-states.service.js';
import { readAnnouncement } from './read-announcement.js';

const BATCH = 500;

/**
 * Tells what an organizer's step would send by taking it, reading what it wrote into the outbox, and taking everything
 * back: so the preview cannot differ from what is sent.
 */
@Injectable()
export class EventPreviewService {
  constructor(
    private readonly transactions: Transactions,
    private readonly editor: EventEditorService,
    private readonly parts: EventPartsService,
    private readonly states: EventStatesService,
    private readonly clock: Clock,
  ) {}

  preview(actor: Actor, id: string, body: AnnouncementBody): Promise<AnnouncementView> {
    return this.foretell(id, (transaction) => {
      if ('change' in body) return this.editor.apply(transaction, actor, id, body.change);
      if ('tables' in body) return this.parts.applyTables(transaction, actor, id, body.tables);
      return this.states.apply(transaction, actor, id, body.transition);
    });
  }

  /** The same of any step that changes one event. */
  foretell(eventId: string, step: (transaction: Transaction) => Promise<unknown>): Promise<AnnouncementView> {
    return this.transactions.tryOut(async (transaction) => {
      const { manager } = transaction;
      // Spreading waits for the event's row and not the other way round: its lock comes first here, too.
      await spreadNext(manager, 0, this.clock.now());
      const since = await newestId(manager);
      await step(transaction);
      const now = this.clock.now();
      while (await workBacklog(manager, eventId, now));
      while ((await spreadNext(manager, BATCH, now)) === BATCH);
      return readAnnouncement(manager, since, now);
    });
  }
}

/** Ids made later are greater (uuidv7). */
async function newestId(manager: EntityManager): Promise<string> {
  const [row] = await manager.query<[{ id: string }]>('SELECT uuidv7() AS id');
  return row.id;
}
