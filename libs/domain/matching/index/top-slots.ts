/**
 * The `k` best slots: score from high to low, equal scores by id. Slots with a score of 0 or below, and those `accept`
 * refuses, are left out; `accept` is asked only about slots that would be among the best so far.
 * Exact: one pass with a heap of the best so far, whose root is the worst of them.
 */
export function selectTop(
  scores: Float32Array | Float64Array,
  k: number,
  idAt: (slot: number) => string | null,
  accept?: (slot: number) => boolean,
): Int32Array {
  const heap = new Int32Array(Math.max(0, Math.min(k, scores.length)));
  let size = 0;
  const worse = (a: number, b: number): boolean => {
    const scoreA = scores[a]!;
    const scoreB = scores[b]!;
    return scoreA === scoreB ? (idAt(a) ?? '') > (idAt(b) ?? '') : scoreA < scoreB;
  };
  const siftUp = (slot: number, start: number): void => {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!worse(slot, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = slot;
  };
  const siftDown = (slot: number, end: number): void => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= end) break;
      if (child + 1 < end && worse(heap[child + 1]!, heap[child]!)) child += 1;
      if (!worse(heap[child]!, slot)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = slot;
  };
  if (heap.length === 0) return heap;
  // Slots below the floor are passed over by one comparison.
  let floor = Number.MIN_VALUE;
  for (let slot = 0; slot < scores.length; slot += 1) {
    if (!(scores[slot]! >= floor)) continue;
    if (size === heap.length && !worse(heap[0]!, slot)) continue;
    if (accept && !accept(slot)) continue;
    if (size < heap.length) {
      siftUp(slot, size);
      size += 1;
    } else siftDown(slot, size);
    if (size === heap.length) floor = scores[heap[0]!]!;
  }
  for (let end = size - 1; end > 0; end -= 1) {
    const worst = heap[0]!;
    siftDown(heap[end]!, end);
    heap[end] = worst;
  }
  return heap.subarray(0, size);
}
