import type { EntityManager } from 'typeorm';
import type { RestorePreview } from '#libs/contracts/meetings/restore.js';
import { checkMove, type SeatedPlace } from '#libs/domain/meetings/check-move.js';
import { checkRules } from '#libs/domain/meetings/check-rules.js';
import { slotRun } from '#libs/domain/meetings/slot-run.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { loadTimetabledMeetings } from '#libs/persistence/meetings/timetabled-meetings.js';
import { unavailableTimes } from '#libs/persistence/meetings/unavailable-times.js';
import { loadRules } from './check-places.js';
import { loadDraftMeetings, type DraftMeeting } from './placement-rows.js';

type Dropped = RestorePreview['dropped'][number];
type Place = SeatedPlace & { readonly features: readonly string[] };

export interface RestoredPlaces {
  readonly meetings: readonly DraftMeeting[];
  readonly places: readonly SeatedPlace[];
  readonly dropped: readonly { readonly meeting: DraftMeeting; readonly reason: Dropped['reason'] }[];
  readonly kept: number;
}

/**
 * Where an older version had meetings, as far as that is still possible: settled and locked meetings are where they
 * are now, whatever else collides with them or with today's rules is left out, earlier slots first.
 */
export async function restorePlaces(
  manager: EntityManager,
  timetableId: string,
  grid: EventGrid,
): Promise<RestoredPlaces> {
  const meetings = await loadDraftMeetings(manager, timetableId, grid);
  const locked = await lockedPlaces(manager, meetings, grid);
  const kept = locked.length;
  const fixed = [...settledPlaces(meetings), ...locked];
  const lockedIds = new Set(locked.map(({ meetingId }) => meetingId));
  const wanted = meetings
    .filter(({ id, place, settled }) => place !== null && !settled && !lockedIds.has(id))
    .sort((a, b) => (a.place?.start ?? 0) - (b.place?.start ?? 0) || (a.id < b.id ? -1 : 1));
  const away = await unavailableTimes(
    manager,
    grid.eventId,
    meetings.flatMap((meeting) => meeting.personIds),
  );
  const rules = await loadRules(manager, grid, meetings);
  const placed: Place[] = [...fixed];
  const dropped: RestoredPlaces['dropped'][number][] = [];
  for (const meeting of wanted) {
    const place = toPlace(meeting);
    const reason = missing(grid, meeting, place);
    if (reason !== null) dropped.push({ meeting, reason });
    else {
      const [clash] = checkMove([place], placed, away);
      const [broken] = checkRules([place], placed, new Set([place.meetingId]), rules);
      if (clash !== undefined)
        dropped.push({ meeting, reason: clash.kind === 'person-away' ? 'away' : 'taken' });
      else if (broken !== undefined) dropped.push({ meeting, reason: 'rule' });
      else placed.push(place);
    }
  }
  const settled = new Set(meetings.filter((meeting) => meeting.settled).map(({ id }) => id));
  return { meetings, places: placed.filter(({ meetingId }) => !settled.has(meetingId)), dropped, kept };
}

function toPlace({ id, place, personIds, features }: DraftMeeting): Place {
  return { tableId: '', start: 0, end: 0, ...place, meetingId: id, personIds, features };
}

const settledPlaces = (meetings: readonly DraftMeeting[]): Place[] =>
  meetings.filter(({ settled, place }) => settled && place !== null).map(toPlace);

/** Where locked meetings are now: as published, else in the draft. */
async function lockedPlaces(
  manager: EntityManager,
  meetings: readonly DraftMeeting[],
  grid: EventGrid,
): Promise<Place[]> {
  const rows = new Map((await loadTimetabledMeetings(manager, grid)).map((row) => [row.id, row]));
  return meetings
    .filter(({ locked, settled }) => locked && !settled)
    .flatMap((meeting): Place[] => {
      const row = rows.get(meeting.id);
      const now = row?.startsAt ?? row?.draftStartsAt ?? null;
      const tableId = row?.startsAt ? row.tableId : row?.draftTableId;
      const run = now === null ? null : slotRun(grid.open, now.getTime(), meeting.length);
      const { id: meetingId, personIds, features } = meeting;
      return run === null || !tableId ? [] : [{ meetingId, tableId, ...run, personIds, features }];
    });
}

/** What the event no longer has of a place. */
function missing(grid: EventGrid, meeting: DraftMeeting, place: Place): 'slot' | 'table' | null {
  if (slotRun(grid.open, place.start, meeting.length)?.end !== place.end) return 'slot';
  const table = grid.tables.find(({ id }) => id === place.tableId);
  const suits = meeting.features.every((feature) => table?.features.some((has) => has === feature));
  return table === undefined || !suits ? 'table' : null;
}
