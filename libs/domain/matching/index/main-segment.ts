import type { DeltaSegment } from './delta-segment.js';

/** Slots take 24 bits of a posting. */
export const SLOT_LIMIT = 2 ** 24;

/** Frozen postings in compressed rows: those of term t stand at offsets[t] … offsets[t+1]−1, by ascending slot. */
export interface MainSegment {
  readonly termCount: number;
  readonly offsets: Uint32Array;
  /** slot · 256 + impact ({@link impactOf}): what scoring reads, in one stream. */
  readonly postings: Uint32Array;
  /** Packed counts ({@link packCounts}), kept so that impacts can follow new statistics. */
  readonly codes: Uint16Array;
}

export const EMPTY_SEGMENT: MainSegment = {
  termCount: 0,
  offsets: new Uint32Array(1),
  postings: new Uint32Array(0),
  codes: new Uint16Array(0),
};

export function postingOf(slot: number, impact: number): number {
  return ((slot << 8) | impact) >>> 0;
}

/** Documents per term among the slots that `placeOf` keeps (not −1). */
export function countLive(
  main: MainSegment,
  delta: DeltaSegment,
  placeOf: Int32Array,
  termCount: number,
): Uint32Array {
  const counts = new Uint32Array(termCount);
  const { offsets, postings } = main;
  for (let term = 0; term < main.termCount; term += 1) {
    const end = offsets[term + 1]!;
    let live = 0;
    for (let at = offsets[term]!; at < end; at += 1) if (placeOf[postings[at]! >>> 8]! >= 0) live += 1;
    counts[term] = live;
  }
  for (let node = 0; node < delta.length; node += 1)
    if (placeOf[delta.slots[node]!]! >= 0) counts[delta.terms[node]!]! += 1;
  return counts;
}

/**
 * One segment of both, linear in the postings. `placeOf` gives each slot its new number, −1 to drop it, and must keep
 * their order.
 */
export function mergeSegments(
  main: MainSegment,
  delta: DeltaSegment,
  placeOf: Int32Array,
  termCount: number,
): MainSegment {
  const counts = countLive(main, delta, placeOf, termCount);
  const offsets = new Uint32Array(termCount + 1);
  for (let term = 0; term < termCount; term += 1) offsets[term + 1] = offsets[term]! + counts[term]!;
  const total = offsets[termCount]!;
  const postings = new Uint32Array(total);
  const codes = new Uint16Array(total);
  const cursor = counts;
  for (let term = 0; term < main.termCount; term += 1) {
    const end = main.offsets[term + 1]!;
    let to = offsets[term]!;
    for (let at = main.offsets[term]!; at < end; at += 1) {
      const posting = main.postings[at]!;
      const place = placeOf[posting >>> 8]!;
      if (place < 0) continue;
      postings[to] = postingOf(place, posting & 255);
      codes[to] = main.codes[at]!;
      to += 1;
    }
    cursor[term] = to;
  }
  for (let term = main.termCount; term < termCount; term += 1) cursor[term] = offsets[term]!;
  for (let node = 0; node < delta.length; node += 1) {
    const place = placeOf[delta.slots[node]!]!;
    if (place < 0) continue;
    const to = cursor[delta.terms[node]!]!;
    cursor[delta.terms[node]!] = to + 1;
    postings[to] = postingOf(place, delta.impacts[node]!);
    codes[to] = delta.codes[node]!;
  }
  return { termCount, offsets, postings, codes };
}
