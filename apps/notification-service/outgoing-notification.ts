import type { Answer } from '#libs/domain/calendar/inbound/decide-statement.js';

/** A claimed row of the outbox, as it is needed to write and send the mail. */
export interface OutgoingNotification {
  readonly id: string;
  readonly streamKey: string;
  readonly topic: string;
  readonly channel: string;
  readonly personId: string | null;
  readonly eventId: string | null;
  /** Robot that says it. */
  readonly endpointId: string | null;
  /** May be put together with later rows of its stream. */
  readonly merges: boolean;
  readonly toAddress: string;
  readonly toName: string | null;
  readonly locale: 'zh-CN' | 'en';
  readonly payload: unknown;
  readonly method: 'REQUEST' | 'CANCEL' | 'DECLINECOUNTER' | null;
  /** JSON of a `StoredInvitation`, which only whoever writes the calendar part has to read. */
  readonly invitation: string | null;
  /** Time that its provider's pace gave it; null = none was asked for. */
  readonly slotAt: Date | null;
  /** Number of this try, from 1. */
  readonly attempts: number;
  readonly messageId: string;
  /** Programme of the event; its templates may replace the platform's words. */
  readonly programmeId: string | null;
  readonly calendarObjectId: string | null;
  /** Key of the address that the attendee's calendar answers to. */
  readonly replyKey: string | null;
  /** What the attendee answered, while it holds; null before. */
  readonly answer: Answer | null;
  /** Message-ID of the first mail about the same calendar object. */
  readonly threadId: string | null;
}

export interface ComposedMail {
  readonly subject: string;
  /** The bytes of the message, RFC 5322. */
  readonly raw: Buffer;
}

/** The mail cannot be written, now or later. */
export class MailNotWritableError extends Error {
  override readonly name = 'MailNotWritableError';
}
