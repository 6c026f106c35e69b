import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { AppError } from '#libs/contracts/app-error.js';
import type { EventPage, EventQuery, EventView } from '#libs/contracts/events/event-views.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { canSeeEvent } from '#libs/domain/access/event-access.js';
import { writeInvitation } from '#libs/domain/calendar/write-invitation.js';
import { loadFeedEvent } from '#libs/persistence/inbound/feed-events.js';
import { PUBLIC_EVENT } from '#libs/persistence/public-events.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { PublicUrl } from '#libs/platform/public-url.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { publicEntry } from '../calendars/feed-entries.js';
import { readEvent, toEventView, type EventDetailRecord } from './event-details.js';
import {
  EVENT_COLUMNS,
  EVENT_TABLES,
  eventSearch,
  Filter,
  likePattern,
  readPage,
  toEventRow,
  type EventRecord,
} from './event-rows.js';
import { onlineRoomFor } from './online-room.js';

/** What the public sees of events. */
@Injectable()
export class EventReaderService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** Upcoming events come soonest first, all others latest first. */
  async list(query: EventQuery): Promise<EventPage> {
    const now = this.clock.now();
    const upcoming = (at: string) => `(e.ends_at > ${at} AND e.state NOT IN ('held', 'archived'))`;
    const filter = new Filter()
      .always(PUBLIC_EVENT)
      .with(query.programme, (value) => `e.programme_id = ${value}`)
      .with(query.kind, (value) => `e.kind = ${value}`)
      .with(query.q && likePattern(query.q), eventSearch)
      .with(query.time && now, (at) => (query.time === 'upcoming' ? upcoming(at) : `NOT ${upcoming(at)}`));
    const order = query.time === 'upcoming' ? 'e.starts_at, e.id' : 'e.starts_at DESC, e.id';
    const select = { columns: EVENT_COLUMNS, tables: EVENT_TABLES, order, filter };
    const { rows, total } = await readPage<EventRecord>(this.transactions.manager, select, query);
    return {
      rows: rows.map((row) => toEventRow(row, now)),
      total,
      page: query.page,
      pageSize: query.pageSize,
    };
  }

  async detail(actor: Actor | null, id: string): Promise<EventView> {
    const event = await this.visible(actor, id);
    return toEventView(this.transactions.manager, event, actor, this.clock.now());
  }

  /**
   * The event as an iCalendar object that any calendar program takes in: METHOD:PUBLISH (RFC 5546 §3.2.1). Who may see
   * the online room on the event's page has it here, too.
   */
  async calendar(actor: Actor | null, id: string): Promise<string> {
    const { manager } = this.transactions;
    const event = await loadFeedEvent(manager, id);
    if (event === null) throw new AppError('record.not-found', { what: '活动' });
    const context = {
      organizer: { name: this.config.mailFrom.name, email: this.config.mailFrom.address },
      link: (path: string) => this.publicUrl.link(path),
    };
    return writeInvitation(publicEntry(event, context, await onlineRoomFor(manager, actor, id)));
  }

  private async visible(actor: Actor | null, id: string): Promise<EventDetailRecord> {
    const event = await readEvent(this.transactions.manager, id);
    if (event === null || !canSeeEvent(actor, event))
      throw new AppError('record.not-found', { what: '活动' });
    return event;
  }
}
