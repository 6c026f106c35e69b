/** A kept mail whose turn has come. */
export interface WaitingMail {
  readonly id: string;
  readonly raw: Buffer;
  /** '' is the empty return path; null when the way in does not tell. */
  readonly envelopeFrom: string | null;
  readonly recipients: readonly string[];
  readonly authenticatedSender: string | null;
  readonly receivedAt: Date;
  /** An organizer looked at it and said that it speaks for the attendee. */
  readonly vouched: boolean;
}

/** What was decided about a mail, as its row keeps it. */
export interface MailOutcome {
  readonly outcome:
    'apply' | 'ignore' | 'quarantine' | 'proposal' | 'refresh' | 'bounce' | 'delay' | 'complaint' | 'forward';
  readonly reason: string | null;
  readonly detail: Record<string, unknown>;
  readonly eventId: string | null;
  readonly calendarObjectId: string | null;
  /** Notifications that were written and may leave. */
  readonly wake: readonly string[];
}

export function plainOutcome(outcome: MailOutcome['outcome'], reason: string | null): MailOutcome {
  return { outcome, reason, detail: {}, eventId: null, calendarObjectId: null, wake: [] };
}
