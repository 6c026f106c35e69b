import { occurrences, type Series } from '../recurrence.js';
import { instantOf } from '../zone-clock.js';
import type { Authorisation } from './authorise-reply.js';
import { ATTENDEE_METHODS, type StatedEvent } from './itip-message.js';
import type { StatedTime } from './stated-time.js';

export const ANSWERS = ['ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED'] as const;
export type Answer = (typeof ANSWERS)[number];

/** What counts now about one occurrence, or about the whole event when `instance` is null. */
export interface KnownAnswer {
  readonly instance: Date | null;
  readonly answer: Answer;
  readonly comment: string;
  readonly sequence: number;
  /** Time of statement. */
  readonly statedAt: Date;
}

/** An attendee as the organizer knows one. */
export interface InvitedAttendee {
  readonly state: 'active' | 'cancelled';
  readonly sequence: number;
  readonly series: Series;
  /** How long each occurrence takes. */
  readonly lengthMs: number;
  readonly answers: readonly KnownAnswer[];
}

export type StatementDecision =
  | {
      readonly outcome: 'apply';
      readonly instance: Date | null;
      readonly answer: Answer;
      readonly statedAt: Date;
      readonly comment: string;
      /** The same statement is recorded already: nothing to store, nobody to tell. */
      readonly repeated: boolean;
    }
  | {
      readonly outcome: 'proposal';
      readonly instance: Date | null;
      readonly start: Date;
      readonly end: Date;
      readonly statedAt: Date;
      readonly comment: string;
    }
  | { readonly outcome: 'refresh' }
  | { readonly outcome: 'ignore' | 'quarantine'; readonly reason: string };

export interface Statement {
  readonly event: StatedEvent;
  /** The mail's Date, and when it came in. */
  readonly sentAt: Date | null;
  readonly receivedAt: Date;
}

const HOUR = 3_600_000;
const ignore = (reason: string): StatementDecision => ({ outcome: 'ignore', reason });
const quarantine = (reason: string): StatementDecision => ({ outcome: 'quarantine', reason });

/** Why a statement is not looked at any further before anybody is looked up, or null (RFC 5546 §3.2). */
export function refuseStatement(event: StatedEvent): StatementDecision | null {
  const { method, attendees } = event;
  if (!ATTENDEE_METHODS.includes(method))
    return ignore(`${method || 'No method'} from outside changes nothing`);
  if (event.uid === '') return ignore('no UID');
  if (method === 'COUNTER' || attendees.length === 1) return null;
  return ignore('a reply needs exactly one ATTENDEE');
}

/**
 * What a statement of an invited attendee does (RFC 5546 §2.1.5, §3.2.3, §3.2.6, §3.2.7). Revisions are ordered by
 * SEQUENCE, then by time of statement. Nothing here changes an event.
 */
export function decideStatement(
  statement: Statement,
  invited: InvitedAttendee,
  authorisation: Authorisation,
): StatementDecision {
  if (!authorisation.granted) return quarantine(authorisation.reason);
  const { event } = statement;
  if (invited.state === 'cancelled') return ignore('the invitation was called off');
  if (event.method === 'REFRESH') return { outcome: 'refresh' };
  if (event.sequence > invited.sequence) return quarantine('it speaks of a revision that was never issued');
  if (event.sequence < invited.sequence) return ignore('it speaks of an obsolete revision');
  const instance = instanceOf(event, invited.series);
  if (instance === undefined) return ignore('there is no such occurrence');
  return event.method === 'COUNTER'
    ? decideProposal(statement, instance, invited)
    : decideReply(statement, instance, invited);
}

function decideReply(
  statement: Statement,
  instance: Date | null,
  invited: InvitedAttendee,
): StatementDecision {
  const { event } = statement;
  const partstat = event.attendees[0]?.partstat ?? null;
  const answer = ANSWERS.find((known) => known === partstat);
  if (answer === undefined) return ignore(`PARTSTAT ${partstat ?? 'missing'} is no answer`);
  const statedAt = statedAtOf(statement);
  const known = invited.answers.find((one) => one.instance?.getTime() === instance?.getTime());
  const counts = known !== undefined && known.sequence >= event.sequence;
  if (counts && statedAt < known.statedAt) return ignore('a later statement is recorded');
  // Without a time of its own it is known again by what it says.
  const same =
    ownTimeOf(statement) === null
      ? known?.comment === event.comment
      : statedAt.getTime() === known?.statedAt.getTime();
  const repeated = counts && same && known.answer === answer;
  return { outcome: 'apply', instance, answer, statedAt, comment: event.comment, repeated };
}

function decideProposal(
  statement: Statement,
  instance: Date | null,
  invited: InvitedAttendee,
): StatementDecision {
  const { event } = statement;
  const start = event.start === null ? null : instantIn(event.start, invited.series.timeZone);
  if (start === null) return ignore('the proposal has no start');
  if (event.start?.zoneUnknown || event.end?.zoneUnknown) {
    return quarantine('the proposal is in a time zone that nobody knows');
  }
  const end = event.end === null ? null : instantIn(event.end, invited.series.timeZone);
  return {
    outcome: 'proposal',
    instance,
    start,
    end: end !== null && end > start ? end : new Date(start.getTime() + invited.lengthMs),
    statedAt: statedAtOf(statement),
    comment: event.comment,
  };
}

/** DTSTAMP, else the mail's Date; null when neither tells, or when its clock was ahead, which cannot be believed. */
function ownTimeOf({ event, sentAt, receivedAt }: Statement): number | null {
  const stated = event.stampedAt ?? sentAt?.getTime() ?? null;
  return stated === null || stated > receivedAt.getTime() ? null : stated;
}

/** To the second. A statement without a believable time of its own was made when it came in. */
function statedAtOf(statement: Statement): Date {
  const stated = ownTimeOf(statement) ?? statement.receivedAt.getTime();
  return new Date(Math.floor(stated / 1000) * 1000);
}

/**
 * The occurrence that RECURRENCE-ID names, compared as an instant (UTC and TZID forms are the same); null = the whole
 * event, undefined = there is none. A date stands for the one occurrence of that day.
 */
export function instanceOf(
  event: Pick<StatedEvent, 'recurrenceId' | 'recurrenceIdBroken'>,
  series: Series,
): Date | null | undefined {
  if (event.recurrenceIdBroken) return undefined;
  if (event.recurrenceId === null) return null;
  const start = instantIn(event.recurrenceId, series.timeZone);
  const span = event.recurrenceId.kind === 'date' ? 24 * HOUR : 1;
  const found = occurrences(series, start, new Date(start.getTime() + span));
  return found.length === 1 ? found[0] : undefined;
}

/** A range that goes on for ever is written down so far ahead, for so many occurrences. */
const MAX_OCCURRENCES = 200;
const TWO_YEARS = 2 * 365 * 24 * HOUR;

/**
 * What a statement says about each occurrence that it means: RANGE=THISANDFUTURE speaks for its occurrence and all later
 * ones (RFC 5545 §3.2.13), every other statement for itself.
 */
export function occurrencesMeant(event: StatedEvent, series: Series): StatedEvent[] {
  const first = event.andFuture ? instanceOf(event, series) : null;
  if (!first || event.recurrenceId === null) return [event];
  const { wall } = event.recurrenceId;
  return occurrences(series, first, new Date(first.getTime() + TWO_YEARS))
    .slice(0, MAX_OCCURRENCES)
    .map((start) => ({ ...event, recurrenceId: { kind: 'time', wall, instant: start.getTime() } }));
}

/** Floating times are read on the event's own clock, and so is an occurrence named in a zone that nobody knows. */
function instantIn(time: StatedTime, zone: string): Date {
  return time.instant === null ? instantOf(time.wall, zone) : new Date(time.instant);
}
