import type { BoardMeeting, TimetableBoardView } from '#libs/contracts/meetings/timetables.js';

/** What dropping the dragged meeting on a cell would do, in words of `hint.<word>`. */
export interface CellHint {
  readonly kind: 'here' | 'free' | 'swap' | 'blocked';
  readonly word: string;
  readonly names: { readonly person?: string; readonly other?: string };
  /** By how many the gaps of everybody would grow; below 0 = fewer. */
  readonly breaks: number;
}

const people = ({ enterprise, institute }: BoardMeeting) => [
  { id: enterprise.personId, name: enterprise.person },
  { id: institute.personId, name: institute.person },
];
const pair = (meeting: BoardMeeting): string => `${meeting.enterprise.name} – ${meeting.institute.name}`;

/** Runs of idle slots between two meetings of one person. */
function breaksOf(busy: readonly number[]): number {
  const order = [...new Set(busy)].sort((a, b) => a - b);
  return order.filter((slot, at) => at > 0 && slot > (order[at - 1] ?? slot) + 1).length;
}

type Starts = ReadonlyMap<string, string>;
const startsOf = (meetings: readonly BoardMeeting[]): Map<string, string> =>
  new Map(meetings.flatMap(({ id, place }) => (place === null ? [] : [[id, place.startsAt] as const])));

function totalBreaks(board: TimetableBoardView, starts: Starts, ids: ReadonlySet<string> | null): number {
  const positions = new Map(board.slots.map((slot, index) => [slot.startsAt, index]));
  const busy = new Map<string, number[]>();
  for (const meeting of board.meetings) {
    const position = positions.get(starts.get(meeting.id) ?? '');
    if (position === undefined) continue;
    for (const { id } of people(meeting)) {
      if (ids === null || ids.has(id)) busy.set(id, [...(busy.get(id) ?? []), position]);
    }
  }
  return [...busy.values()].reduce((sum, slots) => sum + breaksOf(slots), 0);
}

/** The gaps of everybody in the timetable that the board shows. */
export const boardBreaks = (board: TimetableBoardView): number =>
  totalBreaks(board, startsOf(board.meetings), null);

/** For every cell, what dropping the meeting `id` there would do; the server decides again when it is dropped. */
export function cellHints(
  board: TimetableBoardView,
  id: string,
): ((startsAt: string, tableId: string) => CellHint) | null {
  const dragged = board.meetings.find((meeting) => meeting.id === id);
  if (dragged === undefined) return null;
  const starts = startsOf(board.meetings);
  const blocked = (word: string, names: CellHint['names']): CellHint => ({
    kind: 'blocked',
    word,
    names,
    breaks: 0,
  });
  return (startsAt, tableId) => {
    const slot = board.slots.find((candidate) => candidate.startsAt === startsAt);
    const there = board.meetings.find(
      ({ place }) => place?.startsAt === startsAt && place.tableId === tableId,
    );
    if (there?.id === id) return { kind: 'here', word: 'free', names: {}, breaks: 0 };
    if (slot === undefined || !slot.open) return blocked('settled', {});
    if (there?.locked) return blocked('locked', { other: pair(there) });
    if (there !== undefined && dragged.place === null) return blocked('unplaced', { other: pair(there) });
    const moved = [id, ...(there === undefined ? [] : [there.id])];
    const clash = conflictOf(board, dragged, slot, moved);
    if (clash !== null) return blocked(clash.word, clash.names);
    const from = board.slots.find((candidate) => candidate.startsAt === dragged.place?.startsAt);
    if (there !== undefined && from !== undefined) {
      const back = conflictOf(board, there, from, moved);
      if (back !== null) return blocked(back.word === 'away' ? 'otherAway' : 'otherPerson', back.names);
    }
    const next = new Map(starts).set(id, startsAt);
    if (there !== undefined && from !== undefined) next.set(there.id, from.startsAt);
    const touched = new Set(
      [dragged, ...(there === undefined ? [] : [there])].flatMap((meeting) =>
        people(meeting).map((person) => person.id),
      ),
    );
    return {
      kind: there === undefined ? 'free' : 'swap',
      word: there === undefined ? 'free' : 'swap',
      names: there === undefined ? {} : { other: pair(there) },
      breaks: totalBreaks(board, next, touched) - totalBreaks(board, starts, touched),
    };
  };
}

/** Why the people of a meeting cannot meet in a slot, leaving out the meetings that move. */
function conflictOf(
  board: TimetableBoardView,
  meeting: BoardMeeting,
  slot: { readonly startsAt: string; readonly endsAt: string },
  moved: readonly string[],
): { word: 'person' | 'away'; names: CellHint['names'] } | null {
  const crosses = (span: { startsAt: string; endsAt: string }) =>
    span.startsAt < slot.endsAt && slot.startsAt < span.endsAt;
  for (const person of people(meeting)) {
    const other = board.meetings.find(
      (candidate) =>
        !moved.includes(candidate.id) &&
        candidate.place !== null &&
        crosses(candidate.place) &&
        people(candidate).some(({ id }) => id === person.id),
    );
    if (other !== undefined) return { word: 'person', names: { person: person.name, other: pair(other) } };
    const away = board.away.some((span) => span.personId === person.id && crosses(span));
    if (away) return { word: 'away', names: { person: person.name } };
  }
  return null;
}
