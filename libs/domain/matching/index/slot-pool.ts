import { grown } from './grow-array.js';

type Units = Uint8Array | Uint16Array;

/** Rows that were replaced or dropped are cleared away when they hold more than this share. */
const WASTE_SHARE = 0.3;

/** A row of numbers of any length per slot, all in one array. */
export class SlotPool<A extends Units> {
  private used = 0;
  private starts: Uint32Array = new Uint32Array(0);
  private lengths: Uint32Array = new Uint32Array(0);

  constructor(private units: A) {}

  /** The rows of slots 0 … count−1 one behind the other, and where each begins; to be read by {@link restore}. */
  pack(count: number): { units: A; lengths: Uint32Array } {
    this.repack(count);
    return { units: this.units.subarray(0, this.used) as A, lengths: this.lengths.subarray(0, count) };
  }

  restore({ units, lengths }: { units: A; lengths: Uint32Array }): void {
    this.units = units;
    this.used = units.length;
    this.lengths = lengths;
    this.starts = new Uint32Array(lengths.length);
    let start = 0;
    for (let slot = 0; slot < lengths.length; slot += 1) {
      this.starts[slot] = start;
      start += lengths[slot]!;
    }
  }

  /** Writes the first `count` of `row`; a slot is written once. */
  write(slot: number, row: ArrayLike<number>, count = row.length): void {
    this.starts = grown(this.starts, slot + 1);
    this.lengths = grown(this.lengths, slot + 1);
    this.units = grown(this.units, this.used + count);
    this.starts[slot] = this.used;
    this.lengths[slot] = count;
    for (let at = 0; at < count; at += 1) this.units[this.used + at] = row[at]!;
    this.used += count;
  }

  /** The row itself, not a copy. */
  read(slot: number): A {
    const start = this.starts[slot] ?? 0;
    return this.units.subarray(start, start + (this.lengths[slot] ?? 0)) as A;
  }

  /** Moves the rows to their new slots (in the same order, −1 is dropped); `count` slots are left. */
  compact(placeOf: Int32Array, count: number): void {
    let held = 0;
    for (let slot = 0; slot < placeOf.length; slot += 1) {
      const place = placeOf[slot]!;
      if (place < 0) continue;
      this.starts[place] = this.starts[slot]!;
      this.lengths[place] = this.lengths[slot]!;
      held += this.lengths[slot]!;
    }
    this.lengths.fill(0, count);
    if (this.used - held > WASTE_SHARE * this.used) this.repack(count);
  }

  /** Rows stand in the order of their slots, so they only ever move down. */
  private repack(count: number): void {
    let to = 0;
    for (let slot = 0; slot < count; slot += 1) {
      const start = this.starts[slot]!;
      const length = this.lengths[slot]!;
      if (start !== to) this.units.copyWithin(to, start, start + length);
      this.starts[slot] = to;
      to += length;
    }
    this.used = to;
  }
}
