import type { ComposedMail, OutgoingNotification } from './outgoing-notification.js';

/** What became of a try on any channel. */
export type Verdict =
  | { readonly kind: 'sent'; readonly response: string; readonly mail?: ComposedMail }
  /** Another try may succeed; `waitMs` when the other side said how long to wait. */
  | { readonly kind: 'deferred'; readonly response: string; readonly waitMs?: number }
  | { readonly kind: 'refused'; readonly response: string }
  /** Not tried: its turn comes at `until`. */
  | { readonly kind: 'not-yet'; readonly until: Date };

/** Sends rows of one channel. Never throws for what the other side does: that is the verdict. */
export interface ChannelSender {
  deliver(row: OutgoingNotification): Promise<Verdict>;
  /** Mail domains to leave alone at the moment. */
  pausedDomains?(now: number): string[];
  close?(): void;
}
