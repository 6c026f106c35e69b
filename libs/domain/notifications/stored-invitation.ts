import type { CalendarInvitation, InvitationOverride } from '../calendar/invitation.js';
import type { Recurrence } from '../calendar/recurrence.js';

type InstantField = 'stampedAt' | 'start' | 'end' | 'createdAt' | 'lastModifiedAt';

type Stored<T> = T extends Date
  ? string
  : T extends readonly (infer E)[]
    ? Stored<E>[]
    : T extends object
      ? { [K in keyof T]: Stored<T[K]> }
      : T;

/** An invitation as a JSON column keeps it: instants are ISO strings. */
export type StoredInvitation = Omit<
  CalendarInvitation,
  InstantField | 'recurrence' | 'overrides' | 'recurrenceId'
> &
  Record<InstantField, string> & {
    recurrence?: Stored<Recurrence> | null;
    overrides?: Stored<InvitationOverride>[];
    recurrenceId?: string | null;
  };

export function fromStoredInvitation(stored: StoredInvitation): CalendarInvitation {
  const { recurrence, overrides, recurrenceId, ...rest } = stored;
  return {
    ...rest,
    stampedAt: new Date(stored.stampedAt),
    start: new Date(stored.start),
    end: new Date(stored.end),
    createdAt: new Date(stored.createdAt),
    lastModifiedAt: new Date(stored.lastModifiedAt),
    ...(recurrence ? { recurrence: readRecurrence(recurrence) } : {}),
    ...(overrides ? { overrides: overrides.map(readOverride) } : {}),
    ...(recurrenceId ? { recurrenceId: new Date(recurrenceId) } : {}),
  };
}

export function readRecurrence({ rules, additional, excluded }: Stored<Recurrence>): Recurrence {
  const dates = (list: readonly string[]) => list.map((text) => new Date(text));
  return { rules, additional: dates(additional), excluded: dates(excluded) };
}

function readOverride(stored: Stored<InvitationOverride>): InvitationOverride {
  const { recurrenceId, start, end } = stored;
  return { ...stored, recurrenceId: new Date(recurrenceId), start: new Date(start), end: new Date(end) };
}
