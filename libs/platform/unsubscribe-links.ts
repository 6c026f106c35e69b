import { Injectable } from '@nestjs/common';
import { TOPIC_GROUPS, type TopicGroup } from '#libs/domain/notifications/channel-choices.js';
import { Signer } from './secrets.js';

const PURPOSE = 'unsubscribe';

/** Links that end the mails of some groups of topics to one person, without signing in (RFC 8058). */
@Injectable()
export class UnsubscribeLinks {
  constructor(private readonly signer: Signer) {}

  token(personId: string, groups: readonly TopicGroup[]): string {
    const names = groups.join('-');
    return [personId, names, this.signer.sign(PURPOSE, `${personId} ${names}`)].join('.');
  }

  /** Whose mails of which groups; null when nobody gave out this token. */
  read(token: string): { readonly personId: string; readonly groups: readonly TopicGroup[] } | null {
    const [personId = '', names = '', signature = ''] = token.split('.');
    const groups = names.split('-').flatMap((name) => TOPIC_GROUPS.find((one) => one === name) ?? []);
    if (groups.length === 0 || !this.signer.verify(PURPOSE, `${personId} ${names}`, signature)) return null;
    return { personId, groups };
  }
}
