/** Where and when a meeting takes place; times in epoch milliseconds. */
export interface MeetingPlace {
  readonly meetingId: string;
  readonly tableId: string;
  readonly start: number;
  readonly end: number;
}

export interface PlaceChange {
  readonly meetingId: string;
  readonly change: 'added' | 'moved' | 'removed' | 'unchanged';
}

/** What becomes of every meeting that has a place before or after, by id. O(n log n). */
export function comparePlaces(
  before: readonly MeetingPlace[],
  after: readonly MeetingPlace[],
): PlaceChange[] {
  const old = new Map(before.map((place) => [place.meetingId, place]));
  const next = new Map(after.map((place) => [place.meetingId, place]));
  const ids = [...new Set([...old.keys(), ...next.keys()])].sort();
  return ids.map((meetingId) => {
    const [from, to] = [old.get(meetingId), next.get(meetingId)];
    if (from === undefined) return { meetingId, change: 'added' };
    if (to === undefined) return { meetingId, change: 'removed' };
    const same = from.tableId === to.tableId && from.start === to.start && from.end === to.end;
    return { meetingId, change: same ? 'unchanged' : 'moved' };
  });
}
