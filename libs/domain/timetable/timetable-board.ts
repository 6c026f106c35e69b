import type { TimetableIndex } from './timetable-index.js';

/**
 * Which meeting begins in which slot. When tables are alike only their number per slot is kept; otherwise every
 * placed meeting has one. Keeps every rule but fairness and minima.
 */
export class TimetableBoard {
  readonly slotOf: Int32Array;
  readonly tableOf: Int32Array;
  private readonly occupant: Int32Array;
  private readonly used: Int32Array;
  /** Meeting at each table and slot, when tables are not alike. */
  private readonly guests: Int32Array;
  private readonly count: Int32Array;
  private readonly quotaCount: Int32Array;
  private readonly journal: [meeting: number, slot: number, table: number][] = [];

  constructor(readonly index: TimetableIndex) {
    const { slotCount } = index;
    this.slotOf = new Int32Array(index.members.length).fill(-1);
    this.tableOf = new Int32Array(index.members.length).fill(-1);
    this.occupant = new Int32Array(index.meetingsOf.length * slotCount).fill(-1);
    this.used = new Int32Array(slotCount);
    this.guests = new Int32Array(index.alike ? 0 : index.tableCount * slotCount).fill(-1);
    this.count = new Int32Array(index.meetingsOf.length);
    this.quotaCount = new Int32Array(index.quotas.length);
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

  length(m: number): number {
    return this.index.length[m] ?? 1;
  }

  isAllowed(m: number, s: number): boolean {
    return this.index.allowed[m]?.[s] === 1;
  }

  load(s: number): number {
    return this.used[s] ?? 0;
  }

  /** The meeting of participant p in slot s, -1 when idle. */
  meetingAt(p: number, s: number): number {
    return this.occupant[p * this.index.slotCount + s] ?? -1;
  }

  countOf(p: number): number {
    return this.count[p] ?? 0;
  }

  quotaCountOf(q: number): number {
    return this.quotaCount[q] ?? 0;
  }

  canPlace(m: number, s: number): boolean {
    if (!this.isAllowed(m, s) || !this.areIdle(m, s) || this.isAtMaximum(m) || !this.isInOrder(m, s))
      return false;
    return this.index.alike ? this.load(s) < this.index.tableCount : this.freeTable(m, s) >= 0;
  }

  areIdle(m: number, s: number): boolean {
    const end = s + this.length(m);
    for (const p of this.members(m))
      for (let t = s; t < end; t++) if (this.meetingAt(p, t) >= 0) return false;
    return true;
  }

  /** A participant or a group of m has as many meetings as allowed. */
  isAtMaximum(m: number): boolean {
    const { index } = this;
    return (
      this.members(m).some((p) => this.countOf(p) >= (index.maxOf[p] ?? Infinity)) ||
      (index.quotasOf[m] ?? []).some((q) => this.quotaCountOf(q) >= (index.quotas[q]?.max ?? Infinity))
    );
  }

  /** Right of what has to end before m, left of what has to begin after. */
  isInOrder(m: number, s: number): boolean {
    for (const q of this.index.before[m] ?? [])
      if (this.isPlaced(q) && this.slot(q) + this.length(q) > s) return false;
    for (const q of this.index.after[m] ?? [])
      if (this.isPlaced(q) && s + this.length(m) > this.slot(q)) return false;
    return true;
  }

  /** A table for m from s on: where it was before, its home, else the first; -1 = none. */
  freeTable(m: number, s: number): number {
    const { index } = this;
    const before = index.previous[m];
    const preferred = [before?.slot === s ? before.table : null, index.home[m]];
    for (const table of preferred)
      if (
        table !== null &&
        table !== undefined &&
        index.tables[m]?.includes(table) &&
        this.isFree(m, s, table)
      )
        return table;
    return index.tables[m]?.find((table) => this.isFree(m, s, table)) ?? -1;
  }

  /** The table is free for as long as m takes, and near enough to where its people come from and go to. */
  canSit(m: number, s: number, table: number): boolean {
    return this.isFree(m, s, table);
  }

  openSlots(m: number): number[] {
    const open: number[] = [];
    for (let s = 0; s < this.index.slotCount; s++) if (this.canPlace(m, s)) open.push(s);
    return open;
  }

  openCount(m: number): number {
    let count = 0;
    for (let s = 0; s < this.index.slotCount; s++) if (this.canPlace(m, s)) count++;
    return count;
  }

  /** Meetings of m's participants that take one of the slots m would take from s on. */
  conflicts(m: number, s: number): number[] {
    const found: number[] = [];
    const end = Math.min(this.index.slotCount, s + this.length(m));
    for (const p of this.members(m)) {
      for (let t = s; t < end; t++) {
        const other = this.meetingAt(p, t);
        if (other >= 0 && other !== m && !found.includes(other)) found.push(other);
      }
    }
    return found;
  }

  /** Meetings that take slot s. */
  meetingsIn(s: number): number[] {
    const list: number[] = [];
    this.slotOf.forEach((at, m) => at >= 0 && at <= s && s < at + this.length(m) && list.push(m));
    return list;
  }

  /** At the given table or at one that is free; the caller has asked `canPlace`. */
  place(m: number, s: number, table = this.index.alike ? -1 : this.freeTable(m, s)): void {
    this.set(m, s, table);
    this.journal.push([m, -1, -1]);
  }

  remove(m: number): void {
    this.journal.push([m, this.slot(m), this.tableOf[m] ?? -1]);
    this.set(m, -1, -1);
  }

  mark(): number {
    return this.journal.length;
  }

  /** Takes back everything since the mark. */
  rollback(mark: number): void {
    while (this.journal.length > mark) {
      const entry = this.journal.pop();
      if (entry) this.set(...entry);
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

  private isFree(m: number, s: number, table: number): boolean {
    const row = table * this.index.slotCount;
    for (let t = s; t < s + this.length(m); t++) if ((this.guests[row + t] ?? -1) >= 0) return false;
    return this.isNear(m, s, table);
  }

  /** Everybody can walk there in time from the table before, and to the table after. */
  private isNear(m: number, s: number, table: number): boolean {
    const { travel, slotCount } = this.index;
    if (travel === null) return true;
    const last = s + this.length(m) - 1;
    for (const p of this.members(m)) {
      for (let t = 0; t < slotCount; t++) {
        const other = this.meetingAt(p, t);
        if (other < 0 || (t >= s && t <= last)) continue;
        const gap = t < s ? this.index.gap(t, s) : this.index.gap(last, t);
        if (travel(this.tableOf[other] ?? 0, table) > gap) return false;
      }
    }
    return true;
  }

  private set(m: number, s: number, table: number): void {
    const from = this.slot(m);
    if (from >= 0) this.write(m, from, this.tableOf[m] ?? -1, -1);
    this.slotOf[m] = s;
    this.tableOf[m] = table;
    if (s >= 0) this.write(m, s, table, m);
  }

  private write(m: number, s: number, table: number, value: number): void {
    const step = value < 0 ? -1 : 1;
    for (let t = s; t < s + this.length(m); t++) {
      for (const p of this.members(m)) this.occupant[p * this.index.slotCount + t] = value;
      if (!this.index.alike) this.guests[table * this.index.slotCount + t] = value;
      this.used[t] = this.load(t) + step;
    }
    for (const p of this.members(m)) this.count[p] = this.countOf(p) + step;
    for (const q of this.index.quotasOf[m] ?? []) this.quotaCount[q] = this.quotaCountOf(q) + step;
  }
}
