import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AnnouncementBody, AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { spreadNext } from '#libs/persistence/notifications/spread.js';
import { workBacklog } from '#libs/persistence/notifications/sync-invitations.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { EventEditorService } from './event-editor.service.js';
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
    private readonly states: EventStatesService,
    private readonly clock: Clock,
  ) {}

  preview(actor: Actor, id: string, body: AnnouncementBody): Promise<AnnouncementView> {
    return this.transactions.tryOut(async (transaction) => {
      const { manager } = transaction;
      // Spreading waits for the event's row and not the other way round: its lock comes first here, too.
      await spreadNext(manager, 0, this.clock.now());
      const since = await newestId(manager);
      if ('change' in body) await this.editor.apply(transaction, actor, id, body.change);
      else await this.states.apply(transaction, actor, id, body.transition);
      const now = this.clock.now();
      while (await workBacklog(manager, id, now));
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
