import type { SlotScores } from './slot-scores.js';

/** Candidates collected before the worse of them are thrown out, per slot asked for. */
const ROOM = 4;

/** The k-th largest of the first `size` values. */
function kthLargest(values: Float64Array, size: number, k: number): number {
  return values.slice(0, size).sort()[size - k]!;
}

/** Slots whose scores may be among the `k` best: all above a floor that rises with what was seen. */
class Best {
  private size = 0;
  private slots: Int32Array;
  private values: Float64Array;

  constructor(
    private readonly k: number,
    public floor: number,
  ) {
    this.slots = new Int32Array(k * ROOM);
    this.values = new Float64Array(k * ROOM);
  }

  add(slot: number, value: number): void {
    if (this.size === this.slots.length) this.prune();
    if (value < this.floor) return;
    this.slots[this.size] = slot;
    this.values[this.size] = value;
    this.size += 1;
  }

  /** Those not below the k-th best, equal ones included. */
  finish(): Int32Array {
    if (this.size > this.k) this.prune();
    return this.slots.subarray(0, this.size);
  }

  private prune(): void {
    const { slots, values } = this;
    this.floor = kthLargest(values, this.size, this.k);
    let kept = 0;
    for (let at = 0; at < this.size; at += 1) {
      if (values[at]! < this.floor) continue;
      slots[kept] = slots[at]!;
      values[kept] = values[at]!;
      kept += 1;
    }
    this.size = kept;
    if (kept * 2 < slots.length) return;
    this.slots = new Int32Array(slots.length * 2);
    this.values = new Float64Array(slots.length * 2);
    this.slots.set(slots);
    this.values.set(values);
  }
}

function collect(
  scores: SlotScores,
  best: Best,
  accept: ((slot: number) => boolean) | undefined,
): Int32Array {
  scores.visit(best.floor, (slot, score) => {
    if (!accept || accept(slot)) best.add(slot, score);
    return best.floor;
  });
  return best.finish();
}

/**
 * The `k` best slots: score from high to low, equal scores by id. Slots with a score of 0 or below, and those `accept`
 * refuses, are left out; `accept` is asked only about slots that would be among the best so far, or nearly.
 * Exact: a floor is guessed first, and when fewer than `k` reach it all are looked at again.
 */
export function selectTop(
  scores: SlotScores,
  k: number,
  idAt: (slot: number) => string | null,
  accept?: (slot: number) => boolean,
): Int32Array {
  if (k <= 0) return new Int32Array(0);
  const { values } = scores;
  const wanted = Math.min(k, Math.max(1, values.length));
  const floor = scores.levelOf(2 * wanted);
  let found = collect(scores, new Best(wanted, floor), accept);
  if (found.length < wanted && floor > Number.MIN_VALUE)
    found = collect(scores, new Best(wanted, Number.MIN_VALUE), accept);
  const byId = (a: number, b: number) => ((idAt(a) ?? '') < (idAt(b) ?? '') ? -1 : 1);
  return found.sort((a, b) => values[b]! - values[a]! || byId(a, b)).slice(0, k);
}
