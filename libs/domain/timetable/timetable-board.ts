import type { TimetableIndex } from './timetable-index.js';

/** Which meeting is in which slot; tables only as a number per slot, since they are alike until the end. */
export class TimetableBoard {
  readonly slotOf: Int32Array;
  private readonly occupant: Int32Array;
  private readonly used: Int32Array;
  private readonly journal: [meeting: number, from: number][] = [];

  constructor(readonly index: TimetableIndex) {
    this.slotOf = new Int32Array(index.members.length).fill(-1);
    this.occupant = new Int32Array(index.meetingsOf.length * index.slotCount).fill(-1);
    this.used = new Int32Array(index.slotCount);
  }

  slot(m: number): number {
    return this.slotOf[m] ?? -1;
  }

  isPlaced(m: number): boolean {
    return this.slot(m) >= 0;
  }

  members(m: number): number[] {
    return this.index.members[m] ?? [];
  }

  isAllowed(m: number, s: number): boolean {
    return this.index.allowed[m]?.[s] === 1;
  }

  isFull(s: number): boolean {
    return (this.used[s] ?? 0) >= this.index.tableCount;
  }

  load(s: number): number {
    return this.used[s] ?? 0;
  }

  /** The meeting of participant p in slot s, -1 when idle. */
  meetingAt(p: number, s: number): number {
    return this.occupant[p * this.index.slotCount + s] ?? -1;
  }

  canPlace(m: number, s: number): boolean {
    if (!this.isAllowed(m, s) || this.isFull(s)) return false;
    for (const p of this.members(m)) if (this.meetingAt(p, s) >= 0) return false;
    return true;
  }

  openCount(m: number): number {
    let count = 0;
    for (let s = 0; s < this.index.slotCount; s++) if (this.canPlace(m, s)) count++;
    return count;
  }

  openSlots(m: number): number[] {
    const open: number[] = [];
    for (let s = 0; s < this.index.slotCount; s++) if (this.canPlace(m, s)) open.push(s);
    return open;
  }

  /** Other meetings of m's participants in slot s. */
  conflicts(m: number, s: number): number[] {
    return [...new Set(this.members(m).map((p) => this.meetingAt(p, s)))].filter(
      (other) => other >= 0 && other !== m,
    );
  }

  meetingsIn(s: number): number[] {
    const list: number[] = [];
    this.slotOf.forEach((at, m) => at === s && list.push(m));
    return list;
  }

  place(m: number, s: number): void {
    this.set(m, s);
    this.journal.push([m, -1]);
  }

  remove(m: number): void {
    this.journal.push([m, this.slot(m)]);
    this.set(m, -1);
  }

  move(m: number, s: number): void {
    this.remove(m);
    this.place(m, s);
  }

  mark(): number {
    return this.journal.length;
  }

  /** Takes back everything since the mark. */
  rollback(mark: number): void {
    while (this.journal.length > mark) {
      const entry = this.journal.pop();
      if (entry) this.set(entry[0], entry[1]);
    }
  }

  /** Runs of idle slots between two meetings of p. O(S). */
  breaksOf(p: number): number {
    let breaks = 0;
    let last = -1;
    for (let s = 0; s < this.index.slotCount; s++) {
      if (this.meetingAt(p, s) < 0) continue;
      if (last >= 0 && s > last + 1) breaks++;
      last = s;
    }
    return breaks;
  }

  breaksAround(meetings: readonly number[]): number {
    let breaks = 0;
    for (const p of new Set(meetings.flatMap((m) => this.members(m)))) breaks += this.breaksOf(p);
    return breaks;
  }

  placedCount(): number {
    return this.slotOf.reduce((count, s) => count + (s >= 0 ? 1 : 0), 0);
  }

  private set(m: number, s: number): void {
    const from = this.slot(m);
    for (const p of this.members(m)) {
      if (from >= 0) this.occupant[p * this.index.slotCount + from] = -1;
      if (s >= 0) this.occupant[p * this.index.slotCount + s] = m;
    }
    if (from >= 0) this.used[from] = this.load(from) - 1;
    if (s >= 0) this.used[s] = this.load(s) + 1;
    this.slotOf[m] = s;
  }
}
