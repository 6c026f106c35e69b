import { Injectable } from '@nestjs/common';
import { TOPIC_GROUPS, type TopicGroup } from '#libs/domain/notifications/channel-choices.js';
import { Signer } from './secrets.js';

const PURPOSE = 'unsubscribe';

/** Links that end the mails of one group of topics to one person, without signing in (RFC 8058). */
@Injectable()
export class UnsubscribeLinks {
  constructor(private readonly signer: Signer) {}

  token(personId: string, group: TopicGroup): string {
    return [personId, group, this.signer.sign(PURPOSE, `${personId} ${group}`)].join('.');
  }

  /** Whose mails of which group; null when nobody gave out this token. */
  read(token: string): { readonly personId: string; readonly group: TopicGroup } | null {
    const [personId = '', name = '', signature = ''] = token.split('.');
    const group = TOPIC_GROUPS.find((one) => one === name);
    if (group === undefined || !this.signer.verify(PURPOSE, `${personId} ${group}`, signature)) return null;
    return { personId, group };
  }
}
