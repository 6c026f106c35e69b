import { Injectable } from '@nestjs/common';
import { choicesFor, groupOf, type TopicGroup } from '#libs/domain/notifications/channel-choices.js';
import { answerToken } from '#libs/platform/answer-links.js';
import { PublicUrl } from '#libs/platform/public-url.js';
import { Signer } from '#libs/platform/secrets.js';
import { UnsubscribeLinks } from '#libs/platform/unsubscribe-links.js';
import type { OutgoingNotification } from './outgoing-notification.js';

/** Addresses in a mail that only its recipient should know. */
export interface PersonalLinks {
  /** Path of the page on which an invitation is answered; null when there is nothing to answer. */
  readonly answer: string | null;
  /** Ends mails of this kind; null for mails that answer what somebody did, or keep a calendar right. */
  readonly unsubscribe: string | null;
}

/** Signs the links of a mail, before it is written in another thread. */
@Injectable()
export class MailLinks {
  constructor(
    private readonly unsubscribeLinks: UnsubscribeLinks,
    private readonly signer: Signer,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** Of a mail that says `also` as well. */
  of(row: OutgoingNotification, also: readonly OutgoingNotification[] = []): PersonalLinks {
    const asks = row.method === 'REQUEST' && row.calendarObjectId !== null;
    return {
      answer: asks ? `/rsvp/${answerToken(this.signer, row.calendarObjectId)}` : null,
      unsubscribe: this.unsubscribe(row.personId, [row, ...also]),
    };
  }

  /** Ends everything that the mail is about. */
  private unsubscribe(personId: string | null, rows: readonly OutgoingNotification[]): string | null {
    const groups = [...new Set<TopicGroup>(rows.map(({ topic }) => groupOf(topic)))].filter((group) =>
      choicesFor(group, 'mail').includes('off'),
    );
    if (personId === null || groups.length === 0) return null;
    const token = this.unsubscribeLinks.token(personId, groups);
    return `${this.publicUrl.base()}/api/unsubscribe/${encodeURIComponent(token)}`;
  }
}
