import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { AppError } from '#libs/contracts/app-error.js';
import type { CalendarLinksView, PersonalFeed } from '#libs/contracts/notifications/feeds.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { addToCalendarLinks } from '#libs/domain/calendar/add-to-calendar.js';
import type { CalendarInvitation } from '#libs/domain/calendar/invitation.js';
import { splitByDay, writeFeed } from '#libs/domain/calendar/write-feed.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import {
  currentFeed,
  readFeed,
  renewFeed,
  revokeFeeds,
  type FeedRow,
} from '#libs/persistence/inbound/calendar-feeds.js';
import {
  loadFeedEvents,
  loadPersonalEntries,
  type FeedEvent,
} from '#libs/persistence/inbound/feed-events.js';
import { feedChangedAt } from '#libs/persistence/inbound/feed-version.js';
import { PUBLIC_EVENT } from '#libs/persistence/public-events.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { PublicUrl } from '#libs/platform/public-url.js';
import { Signer } from '#libs/platform/secrets.js';
import { onlineRoomFor } from '../events/online-room.js';
import { linkDescription, personalEntry, placeOf, publicEntry, type FeedContext } from './feed-entries.js';
import { hashOf, type FeedFile } from './send-feed.js';

const PURPOSE = 'calendar-feed';
const REFRESH_HOURS = 1;

/** Calendars to subscribe to: public, per programme, and personal behind a secret address. */
@Injectable()
export class FeedsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly signer: Signer,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** All public events, or those of one programme. */
  async publicFeed(slug: string | null, byDay: boolean): Promise<FeedFile> {
    const { manager } = this.transactions;
    const [programme] = await manager.query<{ name: string }[]>(
      'SELECT name FROM programme WHERE slug = $1',
      [slug],
    );
    if (slug !== null && programme === undefined) throw new AppError('record.not-found');
    const events = await loadFeedEvents(manager, slug, this.clock.now());
    const path = slug === null ? '/api/calendar/public.ics' : `/api/programmes/${slug}/calendar.ics`;
    const name = programme?.name ?? `${this.config.mailFrom.name}活动日历`;
    const entries = events.map((event) => publicEntry(event, this.context()));
    return this.write(name, path, { entries, byDay, version: path, feedId: null });
  }

  /** What the person behind a secret address is invited to. @throws AppError `feed.not-found` */
  async personal(token: string, byDay: boolean): Promise<FeedFile> {
    const [id = '', signature = ''] = token.split('.');
    const now = this.clock.now();
    const feed = this.signer.verify(PURPOSE, id, signature)
      ? await readFeed(this.transactions.manager, id, now)
      : null;
    if (feed === null) throw new AppError('feed.not-found');
    const entries = await loadPersonalEntries(this.transactions.manager, feed.personId, now);
    const path = this.pathOf(feed);
    const events = entries.map((entry) => personalEntry(entry, this.context()));
    const name = `${this.config.mailFrom.name}：我的日程`;
    // Under its id: the address is secret.
    const version = `personal ${feed.id}`;
    return this.write(name, path, { entries: events, byDay, version, feedId: feed.id });
  }

  async mine(actor: Actor): Promise<PersonalFeed> {
    return this.view(await currentFeed(this.transactions.manager, actor.personId));
  }

  /** A new secret address; the one before ends. */
  renew(actor: Actor): Promise<PersonalFeed> {
    return this.transactions.run(async ({ manager }) => {
      const feed = await renewFeed(manager, actor.personId, this.clock.now());
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'renew-calendar-feed',
        subjectKind: 'person',
        subjectId: actor.personId,
      });
      return this.view(feed);
    });
  }

  revoke(actor: Actor): Promise<PersonalFeed> {
    return this.transactions.run(async ({ manager }) => {
      await revokeFeeds(manager, actor.personId, this.clock.now());
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'revoke-calendar-feed',
        subjectKind: 'person',
        subjectId: actor.personId,
      });
      return { feed: null };
    });
  }

  /** Ways to put one public event into a calendar; with the online room for those who see it on the event's page. */
  async links(actor: Actor | null, eventId: string): Promise<CalendarLinksView> {
    const { manager } = this.transactions;
    const [event] = await manager.query<
      (Pick<FeedEvent, 'title' | 'startsAt' | 'endsAt' | 'venue' | 'address'> & { slug: string | null })[]
    >(
      `SELECT e.title, e.starts_at AS "startsAt", e.ends_at AS "endsAt", v.name AS venue, v.address, p.slug
       FROM event e LEFT JOIN venue v ON v.id = e.venue_id LEFT JOIN programme p ON p.id = e.programme_id
       WHERE e.id = $1 AND ${PUBLIC_EVENT}`,
      [eventId],
    );
    if (event === undefined) throw new AppError('record.not-found');
    const onlineRoom = await onlineRoomFor(manager, actor, eventId);
    const links = addToCalendarLinks({
      title: event.title,
      start: event.startsAt,
      end: event.endsAt,
      description: linkDescription(this.publicUrl.link(`/events/${eventId}`), onlineRoom),
      location: placeOf(event, onlineRoom),
    });
    return {
      ...links,
      ics: this.publicUrl.link(`/api/events/${eventId}/calendar.ics`),
      subscribe: {
        all: webcal(this.publicUrl.link('/api/calendar/public.ics')),
        programme:
          event.slug === null
            ? null
            : webcal(this.publicUrl.link(`/api/programmes/${event.slug}/calendar.ics`)),
      },
    };
  }

  private async write(
    name: string,
    path: string,
    feed: {
      readonly entries: readonly CalendarInvitation[];
      readonly byDay: boolean;
      readonly version: string;
      readonly feedId: string | null;
    },
  ): Promise<FeedFile> {
    const { entries, byDay, version, feedId } = feed;
    const text = writeFeed({
      name,
      description: '',
      source: this.publicUrl.link(byDay ? `${path}?days=true` : path),
      refreshHours: REFRESH_HOURS,
      color: 'teal',
      events: byDay ? entries.flatMap(splitByDay) : [...entries],
    });
    const hash = hashOf(text);
    const key = byDay ? `${version} by day` : version;
    return {
      text,
      hash,
      changedAt: await feedChangedAt(
        this.transactions.manager,
        { feed: key, feedId },
        hash,
        this.clock.now(),
      ),
    };
  }

  private context(): FeedContext {
    return {
      organizer: { name: this.config.mailFrom.name, email: this.config.mailFrom.address },
      link: (path) => this.publicUrl.link(path),
    };
  }

  private pathOf(feed: FeedRow): string {
    return `/api/calendar/personal/${feed.id}.${this.signer.sign(PURPOSE, feed.id)}/calendar.ics`;
  }

  private view(feed: FeedRow | null): PersonalFeed {
    if (feed === null) return { feed: null };
    const url = this.publicUrl.link(this.pathOf(feed));
    const createdAt = feed.createdAt.toISOString();
    return {
      feed: { url, webcal: webcal(url), createdAt, lastReadAt: feed.lastReadAt?.toISOString() ?? null },
    };
  }
}

const webcal = (url: string) => url.replace(/^https?:/, 'webcal:');
