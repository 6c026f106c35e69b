import { AppError } from '#libs/contracts/app-error.js';
import type { MoveConflict, SeatedPlace } from '#libs/domain/meetings/check-move.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { spanWord } from './meeting-words.js';
import type { DraftMeeting } from './placement-rows.js';

export function refuseUnmovable(meeting: DraftMeeting): void {
  if (meeting.settled) throw new AppError('placement.unknown-slot');
  if (meeting.locked) throw new AppError('placement.locked', { meeting: meeting.name });
}

/** The first conflict as an error that names who and when. */
export function conflictError(
  conflicts: readonly MoveConflict[],
  places: readonly SeatedPlace[],
  meetings: readonly DraftMeeting[],
  grid: EventGrid,
): AppError {
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  const personName = (id: string) =>
    meetings.find((meeting) => meeting.personNames.has(id))?.personNames.get(id) ?? '';
  const tableName = (id: string | undefined) => grid.tables.find((table) => table.id === id)?.label ?? '';
  const errorOf = (conflict: MoveConflict): AppError => {
    const place = places.find((candidate) => candidate.meetingId === conflict.meetingId);
    const time = place === undefined ? '' : spanWord(place.start, place.end);
    if (conflict.kind === 'person-away') {
      return new AppError('placement.person-away', { person: personName(conflict.personId), time });
    }
    const other = byId.get(conflict.otherId);
    const table = tableName(other?.place?.tableId ?? place?.tableId);
    const names = { other: other?.name ?? '', time, table };
    return conflict.kind === 'table-busy'
      ? new AppError('placement.table-busy', names)
      : new AppError('placement.person-busy', { ...names, person: personName(conflict.personId) });
  };
  const [first] = conflicts;
  return first === undefined ? new AppError('record.changed') : errorOf(first);
}
