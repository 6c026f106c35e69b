import type { ItipMessage } from './itip-message.js';
import type { CalendarFault } from './read-calendar-lines.js';

/** A calendar part, read in the worker thread. */
export interface CalendarPart {
  readonly contentType: string;
  /** `method` of its Content-Type, upper case, or null. */
  readonly methodParameter: string | null;
  readonly message: ItipMessage | null;
  readonly fault: CalendarFault | null;
  readonly reason: string;
}

/** A mail taken apart: everything that the decisions look at. Structured-cloneable. */
export interface MailFacts {
  /** Addresses in lower case. */
  readonly from: readonly string[];
  readonly fromName: string;
  /** To and Cc. */
  readonly to: readonly string[];
  /** Delivered-To, X-Original-To, Envelope-To: where a mail server put it. */
  readonly deliveredTo: readonly string[];
  readonly subject: string;
  readonly messageId: string | null;
  /** Message-IDs of In-Reply-To and References, without brackets. */
  readonly answers: readonly string[];
  /** Date in milliseconds since 1970. */
  readonly date: number | null;
  /** Unfolded fields, topmost first, names in lower case. */
  readonly headers: readonly (readonly [string, string])[];
  /** Lower case, e.g. `multipart/report`, and its report-type. */
  readonly contentType: string;
  readonly reportType: string | null;
  readonly text: string;
  readonly calendars: readonly CalendarPart[];
  readonly deliveryStatus: readonly string[];
  /** Contents of message/feedback-report parts (RFC 5965). */
  readonly feedbackReports: readonly string[];
  /** The header of the returned message, when the mail returns one. */
  readonly returnedHeader: string;
  /** Types of all other parts, lower case. */
  readonly otherParts: readonly string[];
}

export function headerOf(facts: Pick<MailFacts, 'headers'>, name: string): string | null {
  return facts.headers.find(([key]) => key === name)?.[1] ?? null;
}
