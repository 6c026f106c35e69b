import { SLOT_LIMIT } from './main-segment.js';

/** Which document stands in which slot. Slots are given out in order; a removed one stays empty until compacted. */
export class SlotTable {
  private ids: (string | null)[];
  private readonly slots = new Map<string, number>();
  private readonly gone: number[] = [];
  private frozen: number;

  constructor(ids: readonly string[] = []) {
    this.ids = [...ids];
    for (const [slot, id] of ids.entries()) this.slots.set(id, slot);
    this.frozen = ids.length;
  }

  get size(): number {
    return this.slots.size;
  }

  get slotCount(): number {
    return this.ids.length;
  }

  /** Slots given out since the last {@link compact}. */
  get fresh(): number {
    return this.ids.length - this.frozen;
  }

  get removed(): number {
    return this.gone.length;
  }

  removedSlots(): readonly number[] {
    return this.gone;
  }

  idAt(slot: number): string | null {
    return this.ids[slot] ?? null;
  }

  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }

  /** The next slot, for an id that has none. */
  add(id: string): number {
    const slot = this.ids.length;
    if (slot >= SLOT_LIMIT) throw new RangeError(`An index holds at most ${SLOT_LIMIT} capabilities`);
    this.ids.push(id);
    this.slots.set(id, slot);
    return slot;
  }

  /** False when the id has no slot. */
  remove(id: string): boolean {
    const slot = this.slots.get(id);
    if (slot === undefined) return false;
    this.slots.delete(id);
    this.ids[slot] = null;
    this.gone.push(slot);
    return true;
  }

  /** The place each slot gets by {@link compact}, −1 for removed ones. */
  compactPlaces(): Int32Array {
    const places = new Int32Array(this.ids.length);
    let next = 0;
    for (let slot = 0; slot < places.length; slot += 1) {
      places[slot] = this.ids[slot] === null ? -1 : next;
      if (this.ids[slot] !== null) next += 1;
    }
    return places;
  }

  /** Closes the gaps. */
  compact(): void {
    if (this.gone.length > 0) {
      const first = this.gone.reduce((least, slot) => Math.min(least, slot));
      this.ids = this.ids.filter((id) => id !== null);
      for (let slot = first; slot < this.ids.length; slot += 1) this.slots.set(this.ids[slot]!, slot);
      this.gone.length = 0;
    }
    this.frozen = this.ids.length;
  }

  /** Ids by slot; to be called when nothing is removed. */
  toIds(): string[] {
    return this.ids.filter((id) => id !== null);
  }
}
