import type { EntityManager } from 'typeorm';
import type { KnownAnswer } from '#libs/domain/calendar/inbound/decide-statement.js';
import {
  isKnownUid,
  lockInvitedByAddress,
  lockInvitedByKey,
  type InvitedRow,
} from '#libs/persistence/inbound/load-invited.js';

/** An invitation that a mail speaks of, with what counts of it while the mail is decided. */
export interface Guest {
  readonly row: InvitedRow;
  answers: readonly KnownAnswer[];
}

/** The invitations that one mail speaks of: each is looked up and locked once, however often the mail names it. */
export class GuestBook {
  private readonly uids = new Map<string, Promise<boolean>>();
  private readonly asked = new Map<string, Promise<InvitedRow | null>>();
  private readonly guests = new Map<string, Guest>();

  constructor(private readonly manager: EntityManager) {}

  isKnown(uid: string): Promise<boolean> {
    let known = this.uids.get(uid);
    if (known === undefined) this.uids.set(uid, (known = isKnownUid(this.manager, uid)));
    return known;
  }

  byAddress(uid: string, addresses: readonly string[]): Promise<Guest | null> {
    return this.find(['address', uid, ...addresses], () =>
      lockInvitedByAddress(this.manager, uid, addresses),
    );
  }

  byKey(uid: string, keys: readonly string[]): Promise<Guest | null> {
    return this.find(['key', uid, ...keys], () => lockInvitedByKey(this.manager, uid, keys));
  }

  private async find(question: string[], ask: () => Promise<InvitedRow | null>): Promise<Guest | null> {
    const key = JSON.stringify(question);
    let answer = this.asked.get(key);
    if (answer === undefined) this.asked.set(key, (answer = ask()));
    const row = await answer;
    if (row === null) return null;
    const guest = this.guests.get(row.id) ?? { row, answers: row.answers };
    this.guests.set(row.id, guest);
    return guest;
  }
}
