import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { SeatedPlace } from '#libs/domain/meetings/check-move.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import type { PlaceConflict } from './check-places.js';
import { spanWord } from './meeting-words.js';
import type { DraftMeeting } from './placement-rows.js';

export function refuseUnmovable(meeting: DraftMeeting): void {
  if (meeting.settled) throw new AppError('placement.unknown-slot');
  if (meeting.locked) throw new AppError('placement.locked', { meeting: meeting.name });
}

export const tooLong = ({ name, length }: DraftMeeting): AppError =>
  new AppError('placement.too-long', { meeting: name, length });

/** The first conflict as an error that names who, where and when. */
export async function conflictError(
  manager: EntityManager,
  conflicts: readonly PlaceConflict[],
  places: readonly SeatedPlace[],
  meetings: readonly DraftMeeting[],
  grid: EventGrid,
): Promise<AppError> {
  const [first] = conflicts;
  if (first === undefined) return new AppError('record.changed');
  if (first.kind === 'maximum' && first.group !== null) {
    const name = await groupName(manager, first.group);
    return new AppError('placement.group-maximum', { group: name, max: first.max });
  }
  return errorOf(first, places, meetings, grid);
}

function errorOf(
  conflict: PlaceConflict,
  places: readonly SeatedPlace[],
  meetings: readonly DraftMeeting[],
  grid: EventGrid,
): AppError {
  const meetingOf = (id: string) => meetings.find((meeting) => meeting.id === id);
  const personName = (id: string | null) =>
    meetings.find((meeting) => meeting.personNames.has(id ?? ''))?.personNames.get(id ?? '') ?? '';
  const tableOf = (id: string | undefined) => grid.tables.find((table) => table.id === id);
  const place = places.find((candidate) => candidate.meetingId === conflict.meetingId);
  const time = place === undefined ? '' : spanWord(place.start, place.end);
  switch (conflict.kind) {
    case 'person-away':
      return new AppError('placement.person-away', { person: personName(conflict.personId), time });
    case 'maximum': {
      const person = personName(conflict.personId);
      return new AppError('placement.person-maximum', { person, max: conflict.max });
    }
    case 'table-lacks': {
      const table = tableOf(conflict.tableId)?.label ?? '';
      const meeting = meetingOf(conflict.meetingId)?.name ?? '';
      return conflict.feature === 'quiet'
        ? new AppError('placement.table-not-quiet', { table, meeting })
        : new AppError('placement.table-no-screen', { table, meeting });
    }
    case 'too-far': {
      const other = meetingOf(conflict.otherId);
      const beside = places.find((candidate) => candidate.meetingId === conflict.otherId) ?? other?.place;
      return new AppError('placement.too-far', {
        person: personName(conflict.personId),
        other: other?.name ?? '',
        room: tableOf(beside?.tableId)?.room ?? '',
        here: tableOf(place?.tableId)?.room ?? '',
        minutes: grid.roomChangeMinutes,
      });
    }
    case 'person-busy':
    case 'table-busy': {
      const other = meetingOf(conflict.otherId);
      const table = tableOf(other?.place?.tableId ?? place?.tableId)?.label ?? '';
      const names = { other: other?.name ?? '', time, table };
      return conflict.kind === 'table-busy'
        ? new AppError('placement.table-busy', names)
        : new AppError('placement.person-busy', { ...names, person: personName(conflict.personId) });
    }
  }
}

/** An organisation, or a kind of organisations. */
async function groupName(manager: EntityManager, group: string): Promise<string> {
  const [row] = await manager.query<{ name: string }[]>(
    `SELECT name FROM organisation WHERE id::text = $1
     UNION ALL SELECT zh FROM code_item
       WHERE list_id = 'organisation-kind' AND 'kind:' || code = $1 LIMIT 1`,
    [group],
  );
  return row?.name ?? group;
}
