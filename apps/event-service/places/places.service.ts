import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { PlacesView } from '#libs/contracts/notifications/places.js';
import { isOrganizer, isOwnerOf, type Actor } from '#libs/domain/access/actor.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { RobotsService } from './robots.service.js';
import { WebhooksService } from './webhooks.service.js';

/** Robots and webhooks of an organisation together, and who may set them: its owners, and organizers. */
@Injectable()
export class PlacesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly robots: RobotsService,
    private readonly webhooks: WebhooksService,
  ) {}

  async ofOrganisation(actor: Actor, id: string): Promise<PlacesView> {
    const organisation = await this.managed(actor, id);
    return { organisation, robots: await this.robots.list(id), webhooks: await this.webhooks.list(id) };
  }

  async ofPlatform(): Promise<PlacesView> {
    return { organisation: null, robots: await this.robots.list(null), webhooks: [] };
  }

  /** @throws AppError organisation.not-found, place.not-yours */
  async managed(actor: Actor, id: string): Promise<{ id: string; name: string }> {
    const [organisation] = await this.transactions.manager.query<{ id: string; name: string }[]>(
      'SELECT id, name FROM organisation WHERE id = $1',
      [id],
    );
    if (organisation === undefined) throw new AppError('organisation.not-found');
    if (!isOrganizer(actor) && !isOwnerOf(actor, id)) throw new AppError('place.not-yours');
    return organisation;
  }
}
