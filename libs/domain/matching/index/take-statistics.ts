import { FIELD_COUNT, fieldNorm, impactOf, type Bm25Options } from './bm25f.js';
import type { CorpusStatistics } from './corpus-statistics.js';
import type { DeltaSegment } from './delta-segment.js';
import { countLive, postingOf, type MainSegment } from './main-segment.js';
import type { TermDictionary } from './term-dictionary.js';

export interface Segments {
  main: MainSegment;
  delta: DeltaSegment;
}

/** Mean field lengths over the live documents that have the field, so that rows with a title only skew nothing. */
function meanLengths(lengths: Int32Array, placeOf: Int32Array): [number, number, number] {
  const totals = [0, 0, 0];
  const holders = [0, 0, 0];
  for (let slot = 0; slot < placeOf.length; slot += 1) {
    if (placeOf[slot]! < 0) continue;
    for (let field = 0; field < FIELD_COUNT; field += 1) {
      const length = lengths[slot * FIELD_COUNT + field]!;
      totals[field]! += length;
      if (length > 0) holders[field]! += 1;
    }
  }
  const mean = (field: number) => (totals[field]! > 0 ? totals[field]! / holders[field]! : 1);
  return [mean(0), mean(1), mean(2)];
}

/** Counts the corpus anew: linear in the postings. `placeOf` is −1 for slots that do not count. */
export function takeStatistics(
  { main, delta }: Segments,
  dictionary: TermDictionary,
  lengths: Int32Array,
  placeOf: Int32Array,
  version: number,
): CorpusStatistics {
  const counts = countLive(main, delta, placeOf, dictionary.size);
  let held = 0;
  for (const count of counts) if (count > 0) held += 1;
  const keys = new Float64Array(held);
  let row = 0;
  for (const [number, key] of dictionary.toKeys().entries()) if (counts[number]! > 0) keys[row++] = key;
  keys.sort();
  const frequencies = new Uint32Array(held);
  for (row = 0; row < held; row += 1) frequencies[row] = counts[dictionary.find(keys[row]!)]!;
  let documents = 0;
  for (const place of placeOf) if (place >= 0) documents += 1;
  return { version, documents, meanLengths: meanLengths(lengths, placeOf), keys, frequencies };
}

/** Norms of the three fields of each of the first `count` slots. */
function normsOf(lengths: Int32Array, count: number, options: Bm25Options, statistics: CorpusStatistics) {
  const norms = new Float64Array(count * FIELD_COUNT);
  for (let at = 0; at < norms.length; at += 1) {
    const field = at % FIELD_COUNT;
    norms[at] = fieldNorm(options, field, lengths[at]!, statistics.meanLengths[field]!);
  }
  return norms;
}

/** Writes all impacts anew for other mean lengths: linear in the postings. */
export function refreshImpacts(
  { main, delta }: Segments,
  lengths: Int32Array,
  slotCount: number,
  options: Bm25Options,
  statistics: CorpusStatistics,
): void {
  const norms = normsOf(lengths, slotCount, options, statistics);
  const impact = (slot: number, code: number) => {
    const row = slot * FIELD_COUNT;
    return impactOf(code, norms[row]!, norms[row + 1]!, norms[row + 2]!, options.k1);
  };
  const { postings, codes } = main;
  for (let at = 0; at < postings.length; at += 1) {
    const slot = postings[at]! >>> 8;
    postings[at] = postingOf(slot, impact(slot, codes[at]!));
  }
  for (let node = 0; node < delta.length; node += 1)
    delta.impacts[node] = impact(delta.slots[node]!, delta.codes[node]!);
}
