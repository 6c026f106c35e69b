import type { ComposedMail, OutgoingNotification } from './outgoing-notification.js';

interface Shared {
  /** Rows that were claimed to be sent together with the row; the verdict is theirs too. */
  readonly also?: readonly OutgoingNotification[];
}

interface Tried extends Shared {
  /** What the other side said. */
  readonly response: string;
}

/** What became of a try on any channel. */
export type Verdict =
  | (Tried & { readonly kind: 'sent'; readonly mail?: ComposedMail })
  /** Another try may succeed; `waitMs` when the other side said how long to wait. */
  | (Tried & { readonly kind: 'deferred'; readonly waitMs?: number })
  | (Tried & { readonly kind: 'refused' })
  /** It may have arrived, and another try would say it twice: left to a person. */
  | (Tried & { readonly kind: 'unknown' })
  /** Not tried: its turn comes at `until`; `slot` is the time that its provider's pace gave it. */
  | (Shared & { readonly kind: 'not-yet'; readonly until: Date; readonly slot?: Date });

/** Sends rows of one channel. Never throws for what the other side does: that is the verdict. */
export interface ChannelSender {
  deliver(row: OutgoingNotification): Promise<Verdict>;
  /** Mail domains to leave alone at the moment. */
  pausedDomains?(now: Date): Promise<string[]>;
  close?(): void;
}
