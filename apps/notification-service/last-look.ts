import { Injectable } from '@nestjs/common';
import { OWN_RESPONSES } from '#libs/contracts/notifications/own-responses.js';
import {
  choiceOf,
  groupOf,
  PERSONAL_CHANNELS,
  type Choices,
  type PersonalChannel,
} from '#libs/domain/notifications/channel-choices.js';
import { isPointless, type Occasion } from '#libs/domain/notifications/pointless.js';
import { DEFAULT_PREFERENCES } from '#libs/domain/notifications/preferences.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import type { OutgoingNotification } from './outgoing-notification.js';

interface EventRow {
  readonly state: string;
  readonly startsAt: Date;
}

/** Reminders of one event leave together: so long what was read of it serves the next. */
const FRESH_MS = 2_000;
const MOST_EVENTS = 100;

/**
 * Looks once more at messages that may have waited, until morning or for a digest: what became pointless meanwhile, or is
 * not wanted any more, is dropped. Invitations by mail are not looked at: they keep calendars right.
 */
@Injectable()
export class LastLook {
  private readonly events = new Map<string, { readonly at: number; readonly event: EventRow | null }>();

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Whether a row is worth a look: most mails are not. */
  concerns({ topic, channel, merges, personId }: OutgoingNotification): boolean {
    if (topic === 'event-reminder') return true;
    if (personId === null) return false;
    return merges || channel !== 'mail' || ['market', 'matches'].includes(groupOf(topic));
  }

  /** True when the row is not to be sent any more; then it is cancelled, with what else of its digest is unwanted. */
  async drops(row: OutgoingNotification): Promise<boolean> {
    const now = this.clock.now();
    if (isPointless(row.topic, row.payload as Occasion, now))
      return this.cancel([row.id], row, OWN_RESPONSES.tooLate);
    if (row.topic === 'event-reminder' && !(await this.holds(row, now)))
      return this.cancel([row.id], row, OWN_RESPONSES.eventChanged);
    return this.cancel(await this.unwanted(row), row, OWN_RESPONSES.unwanted);
  }

  /** What a reminder says of its event is still so. */
  private async holds({ eventId, payload }: OutgoingNotification, now: Date): Promise<boolean> {
    if (eventId === null) return true;
    const event = await this.eventOf(eventId, now.getTime());
    const { startsAt } = payload as Occasion;
    if (event === null || event.state === 'cancelled' || event.state === 'draft') return false;
    return !startsAt || Math.abs(new Date(startsAt).getTime() - event.startsAt.getTime()) < 1000;
  }

  private async eventOf(id: string, now: number): Promise<EventRow | null> {
    const known = this.events.get(id);
    if (known !== undefined && Math.abs(now - known.at) < FRESH_MS) return known.event;
    const [event = null] = await this.transactions.manager.query<EventRow[]>(
      'SELECT state, starts_at AS "startsAt" FROM event WHERE id = $1',
      [id],
    );
    if (this.events.size >= MOST_EVENTS) this.events.clear();
    this.events.set(id, { at: now, event });
    return event;
  }

  /** The row, and of a digest everything that waits with it, as far as its person does not want it any more. */
  private async unwanted(row: OutgoingNotification): Promise<string[]> {
    const channel = PERSONAL_CHANNELS.find((one) => one === row.channel);
    if (row.personId === null || channel === undefined) return [];
    const [chosen] = await this.transactions.manager.query<{ choices: Choices }[]>(
      'SELECT choices FROM notification_preference WHERE person_id = $1',
      [row.personId],
    );
    const choices = chosen?.choices ?? DEFAULT_PREFERENCES.choices;
    const waiting = row.merges ? await this.stream(row) : [row];
    return waiting.filter(({ topic }) => isOff(choices, topic, channel)).map(({ id }) => id);
  }

  private stream(row: OutgoingNotification): Promise<{ id: string; topic: string }[]> {
    return this.transactions.manager.query(
      "SELECT id, topic FROM notification WHERE stream_key = $1 AND status = 'queued'",
      [row.streamKey],
    );
  }

  private async cancel(ids: readonly string[], row: OutgoingNotification, why: string): Promise<boolean> {
    if (ids.length === 0) return false;
    await this.transactions.manager.query(
      "UPDATE notification SET status = 'cancelled', last_error = $2 WHERE id = ANY($1) AND status = 'queued'",
      [ids, why],
    );
    return ids.includes(row.id);
  }
}

const isOff = (choices: Choices, topic: string, channel: PersonalChannel): boolean =>
  choiceOf(choices, groupOf(topic), channel) === 'off';
