import type { BoardMeeting, TimetableBoardView } from '#libs/contracts/meetings/timetables.js';

/** What dropping the dragged meeting on a cell would do, in words of `hint.<word>`. */
export interface CellHint {
  readonly kind: 'here' | 'free' | 'swap' | 'blocked';
  readonly word: string;
  readonly names: {
    readonly person?: string;
    readonly other?: string;
    /** Of tables; `feature.<name>` is its word. */
    readonly feature?: string;
    readonly length?: number;
  };
  /** By how many the gaps of everybody would grow; below 0 = fewer. */
  readonly breaks: number;
}

const people = ({ enterprise, institute, guests }: BoardMeeting) =>
  [enterprise, institute, ...guests].map(({ personId, person }) => ({ id: personId, name: person }));
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
    const startsAt = starts.get(meeting.id) ?? '';
    const position = positions.get(startsAt);
    if (position === undefined) continue;
    // Where it stands, it takes what it was given; elsewhere, what it asks for now.
    const { place, length } = meeting;
    const taken =
      place?.startsAt === startsAt
        ? board.slots.flatMap((slot, at) => (crosses(slot, place) ? [at] : []))
        : Array.from({ length }, (_, i) => position + i);
    for (const { id } of people(meeting)) {
      if (ids === null || ids.has(id)) busy.set(id, [...(busy.get(id) ?? []), ...taken]);
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
      ({ place }) => place?.tableId === tableId && place.startsAt <= startsAt && startsAt < place.endsAt,
    );
    if (there?.id === id) return { kind: 'here', word: 'free', names: {}, breaks: 0 };
    if (slot === undefined || !slot.open) return blocked('settled', {});
    if (there?.locked) return blocked('locked', { other: pair(there) });
    if (there !== undefined && dragged.place === null) return blocked('unplaced', { other: pair(there) });
    const moved = [id, ...(there === undefined ? [] : [there.id])];
    const to = { startsAt: there?.place?.startsAt ?? startsAt, tableId };
    const clash = refusal(board, dragged, to, moved);
    if (clash !== null) return blocked(clash.word, clash.names);
    const from = dragged.place;
    if (there !== undefined && from !== null) {
      const back = refusal(board, there, from, moved);
      const word = back?.word === 'away' ? 'otherAway' : back?.word === 'person' ? 'otherPerson' : back?.word;
      if (back !== null && word !== undefined) return blocked(word, back.names);
    }
    const next = new Map(starts).set(id, to.startsAt);
    if (there !== undefined && from !== null) next.set(there.id, from.startsAt);
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

interface Spot {
  readonly startsAt: string;
  readonly tableId: string;
}
type Refusal = {
  word: 'person' | 'away' | 'lacks' | 'tooLong' | 'tooFar' | 'table';
  names: CellHint['names'];
} | null;

/** Why a meeting cannot be put somewhere, leaving out the meetings that move. */
function refusal(
  board: TimetableBoardView,
  meeting: BoardMeeting,
  to: Spot,
  moved: readonly string[],
): Refusal {
  const first = board.slots.findIndex((slot) => slot.startsAt === to.startsAt);
  const run = first < 0 ? [] : board.slots.slice(first, first + meeting.length);
  const joined = run.every((slot, at) => slot.open && (at === 0 || slot.startsAt === run[at - 1]?.endsAt));
  const end = run.at(-1)?.endsAt;
  if (run.length < meeting.length || !joined || end === undefined)
    return { word: 'tooLong', names: { length: meeting.length } };
  const has = board.tables.find((table) => table.id === to.tableId)?.features ?? [];
  const lacks = meeting.features.find((feature) => !has.includes(feature));
  if (lacks !== undefined) return { word: 'lacks', names: { feature: lacks } };
  const span = { startsAt: to.startsAt, endsAt: end };
  const others = board.meetings.filter((other) => other.place !== null && !moved.includes(other.id));
  const there = others.find(({ place }) => place?.tableId === to.tableId && crosses(place, span));
  const busy = conflictOf(board, meeting, span, others);
  if (busy !== null) return busy;
  if (there !== undefined) return { word: 'table', names: { other: pair(there) } };
  return tooFar(board, meeting, { ...span, tableId: to.tableId }, others);
}

interface Span {
  readonly startsAt: string;
  readonly endsAt: string;
}
const crosses = (one: Span, two: Span): boolean => one.startsAt < two.endsAt && two.startsAt < one.endsAt;

/** Why the people of a meeting cannot meet in a span. */
function conflictOf(
  board: TimetableBoardView,
  meeting: BoardMeeting,
  span: Span,
  others: readonly BoardMeeting[],
): Refusal {
  for (const person of people(meeting)) {
    const other = others.find(
      (candidate) =>
        candidate.place !== null &&
        crosses(candidate.place, span) &&
        people(candidate).some(({ id }) => id === person.id),
    );
    if (other !== undefined) return { word: 'person', names: { person: person.name, other: pair(other) } };
    const away = board.away.some((one) => one.personId === person.id && crosses(one, span));
    if (away) return { word: 'away', names: { person: person.name } };
  }
  return null;
}

/** Somebody who would not reach the room in time, or the next one from it. */
function tooFar(
  board: TimetableBoardView,
  meeting: BoardMeeting,
  to: Span & Spot,
  others: readonly BoardMeeting[],
): Refusal {
  const roomOf = (tableId: string) => board.tables.find((table) => table.id === tableId)?.room ?? null;
  const room = roomOf(to.tableId);
  const walk = board.roomChangeMinutes * 60_000;
  if (walk === 0 || room === null) return null;
  for (const person of people(meeting)) {
    const other = others.find(({ place, ...candidate }) => {
      if (place === null || !people({ place, ...candidate }).some(({ id }) => id === person.id)) return false;
      const there = roomOf(place.tableId);
      const pause = Math.max(
        Date.parse(place.startsAt) - Date.parse(to.endsAt),
        Date.parse(to.startsAt) - Date.parse(place.endsAt),
      );
      return there !== null && there !== room && pause < walk;
    });
    if (other !== undefined) return { word: 'tooFar', names: { person: person.name, other: pair(other) } };
  }
  return null;
}
