import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  PreferencesBody,
  PreferencesView,
  UnsubscribeView,
} from '#libs/contracts/notifications/preferences.js';
import type { Actor } from '#libs/domain/access/actor.js';
import {
  choiceOf,
  choicesFor,
  cleanChoices,
  PERSONAL_CHANNELS,
  TOPIC_GROUPS,
  type Choices,
} from '#libs/domain/notifications/channel-choices.js';
import { preferencesOf, type StoredPreferences } from '#libs/domain/notifications/preferences.js';
import { endMails } from '#libs/persistence/notifications/end-mails.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { UnsubscribeLinks } from '#libs/platform/unsubscribe-links.js';

interface Row extends StoredPreferences {
  readonly locale: 'zh-CN' | 'en';
  readonly phone: string | null;
}

/** What a person wants to hear, where and when. */
@Injectable()
export class PreferencesService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly links: UnsubscribeLinks,
  ) {}

  async read(personId: string): Promise<PreferencesView> {
    const [row] = await this.transactions.manager.query<Row[]>(
      `SELECT p.locale, p.phone, c.choices, c.quiet_hours AS "quietHours", c.quiet_from AS "quietFrom",
              c.quiet_until AS "quietUntil", c.digest_at AS "digestAt", c.wecom_user_id AS "wecomUserId"
       FROM person p LEFT JOIN notification_preference c ON c.person_id = p.id WHERE p.id = $1`,
      [personId],
    );
    if (row === undefined) throw new AppError('unsubscribe.not-valid');
    const preferences = preferencesOf(row);
    const { choices } = preferences;
    return {
      ...preferences,
      locale: row.locale,
      phone: row.phone,
      channels: { sms: this.config.sms !== null, wecomApp: this.config.wecomApp !== null },
      table: TOPIC_GROUPS.map((group) => ({
        group,
        cells: PERSONAL_CHANNELS.map((channel) => ({
          channel,
          allowed: [...choicesFor(group, channel)],
          chosen: choiceOf(choices, group, channel),
        })),
      })),
    };
  }

  async change(actor: Actor, body: PreferencesBody): Promise<PreferencesView> {
    await this.transactions.run(async ({ manager }) => {
      await manager.query(
        `INSERT INTO notification_preference (person_id, choices, quiet_hours, quiet_from, quiet_until, digest_at,
           wecom_user_id, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (person_id) DO UPDATE SET choices = excluded.choices, quiet_hours = excluded.quiet_hours,
           quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, digest_at = excluded.digest_at,
           wecom_user_id = excluded.wecom_user_id, updated_at = excluded.updated_at`,
        [
          actor.personId,
          JSON.stringify(cleanChoices(body.choices as Choices)),
          body.quietHours,
          body.quietFrom,
          body.quietUntil,
          body.digestAt,
          body.wecomUserId || null,
          this.clock.now(),
        ],
      );
      await manager.query('UPDATE person SET locale = $2 WHERE id = $1', [actor.personId, body.locale]);
    });
    return this.read(actor.personId);
  }

  async unsubscribeState(token: string): Promise<UnsubscribeView> {
    const { personId, groups } = this.open(token);
    const { choices } = await this.read(personId);
    const [group, ...others] = groups;
    const subscribed = groups.some((one) => choiceOf(choices, one, 'mail') !== 'off');
    return { group: group!, ...(others.length === 0 ? {} : { others }), subscribed };
  }

  /** Ends the mails of the token's groups; as often as it is asked. */
  async unsubscribe(token: string): Promise<UnsubscribeView> {
    const { personId, groups } = this.open(token);
    await this.transactions.run(async ({ manager }) => {
      for (const group of groups) await endMails(manager, personId, group, this.clock.now());
    });
    return this.unsubscribeState(token);
  }

  private open(token: string) {
    const opened = this.links.read(token);
    if (opened === null) throw new AppError('unsubscribe.not-valid');
    return opened;
  }
}
