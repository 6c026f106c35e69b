import { cleanText } from './calendar-text.js';
import { dateOf } from './calendar-time-zone.js';
import { ICAL } from './ical-library.js';
import { type CalendarInvitation, InvalidInvitationError, type InvitationOverride } from './invitation.js';
import { occurrences, type Recurrence } from './recurrence.js';

const MAX_DATES = 1000;
const MAX_OVERRIDES = 500;
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

/** Checks an instant and cuts it to what is written; dates become midnights in UTC. */
export type WriteTime = (field: string, instant: Date) => Date;

/**
 * The time rule of an invitation: whole seconds, or, for whole days, the midnight in UTC of the date.
 * @throws InvalidInvitationError
 */
export function timeWriter(invitation: CalendarInvitation, toSecond: WriteTime): WriteTime {
  if (invitation.allDay !== true) return toSecond;
  return (field, instant) => {
    const date = dateOf(toSecond(field, instant), invitation.timeZone);
    if (date === null) throw new InvalidInvitationError(field, 'must be a midnight of whole days');
    return date;
  };
}

/**
 * The recurring part in the form that is written and read back; absent fields are left out.
 * @throws InvalidInvitationError
 */
export function canonicalSeries(
  invitation: CalendarInvitation,
  start: Date,
  time: WriteTime,
): Pick<CalendarInvitation, 'allDay' | 'recurrence' | 'overrides' | 'recurrenceId'> {
  const { method } = invitation;
  const recurrence = canonicalRecurrence(invitation, time);
  const overrides = method === 'CANCEL' ? [] : canonicalOverrides(invitation, time);
  const recurrenceId = invitation.recurrenceId ? time('recurrenceId', invitation.recurrenceId) : null;
  if (recurrenceId !== null && (recurrence !== null || overrides.length > 0)) {
    throw new InvalidInvitationError('recurrenceId', 'a message about one occurrence holds no series');
  }
  if (overrides.length > 0) checkOverrides(invitation, recurrence, overrides, start);
  return {
    ...(invitation.allDay === true ? { allDay: true } : {}),
    ...(recurrence === null ? {} : { recurrence }),
    ...(overrides.length === 0 ? {} : { overrides }),
    ...(recurrenceId === null ? {} : { recurrenceId }),
  };
}

function canonicalRecurrence(invitation: CalendarInvitation, time: WriteTime): Recurrence | null {
  const { recurrence } = invitation;
  if (!recurrence) return null;
  if (recurrence.rules.length > 1) throw new InvalidInvitationError('recurrence', 'one rule at most');
  const dates = (field: string, list: readonly Date[]) => {
    if (list.length > MAX_DATES) throw new InvalidInvitationError(field, 'too many dates');
    const unique = new Set(list.map((date) => time(field, date).getTime()));
    return [...unique].sort((a, b) => a - b).map((ms) => new Date(ms));
  };
  const canonical = {
    rules: recurrence.rules.map((rule) => canonicalRule(rule, invitation.allDay === true)),
    additional: dates('recurrence.additional', recurrence.additional),
    excluded: dates('recurrence.excluded', recurrence.excluded),
  };
  const empty = canonical.rules.length + canonical.additional.length + canonical.excluded.length === 0;
  return empty ? null : canonical;
}

/** RFC 5545 §3.3.10: UNTIL has the value type of DTSTART, in UTC when that has a zone, and never stands beside COUNT. */
function canonicalRule(rule: string, allDay: boolean): string {
  const parts = new Map(rule.split(';').map((part) => part.toUpperCase().split('=', 2) as [string, string]));
  if (!FREQUENCIES.includes(parts.get('FREQ') ?? ''))
    throw new InvalidInvitationError('recurrence', 'unknown FREQ');
  if (parts.has('COUNT') && parts.has('UNTIL')) {
    throw new InvalidInvitationError('recurrence', 'COUNT and UNTIL exclude each other');
  }
  const until = parts.get('UNTIL');
  if (until !== undefined && !(allDay ? /^\d{8}$/ : /^\d{8}T\d{6}Z$/).test(until)) {
    throw new InvalidInvitationError('recurrence', 'UNTIL has the wrong form');
  }
  try {
    return ICAL.Recur.fromString(rule.toUpperCase()).toString();
  } catch (error) {
    throw new InvalidInvitationError('recurrence', error instanceof Error ? error.message : 'not a rule');
  }
}

function canonicalOverrides(invitation: CalendarInvitation, time: WriteTime): InvitationOverride[] {
  const overrides = invitation.overrides ?? [];
  if (overrides.length > MAX_OVERRIDES) throw new InvalidInvitationError('overrides', 'too many');
  const byId = new Map<number, InvitationOverride>();
  for (const override of overrides) {
    const start = time('overrides.start', override.start);
    const end = time('overrides.end', override.end);
    if (end <= start) throw new InvalidInvitationError('overrides.end', 'must be after the start');
    const recurrenceId = time('overrides.recurrenceId', override.recurrenceId);
    byId.set(recurrenceId.getTime(), {
      recurrenceId,
      start,
      end,
      summary: cleanText(override.summary),
      description: cleanText(override.description),
      location: cleanText(override.location),
    });
  }
  return [...byId.values()].sort((a, b) => a.recurrenceId.getTime() - b.recurrenceId.getTime());
}

/** An override of an occurrence that does not exist would be an event of its own in some calendars. */
function checkOverrides(
  invitation: CalendarInvitation,
  recurrence: Recurrence | null,
  overrides: readonly InvitationOverride[],
  start: Date,
): void {
  const timeZone = invitation.allDay === true ? 'UTC' : invitation.timeZone;
  const last = overrides[overrides.length - 1]?.recurrenceId ?? start;
  const starts = occurrences({ start, timeZone, recurrence }, start, new Date(last.getTime() + 1));
  const known = new Set(starts.map((instant) => instant.getTime()));
  if (overrides.some((override) => !known.has(override.recurrenceId.getTime()))) {
    throw new InvalidInvitationError('overrides', 'no such occurrence');
  }
}
