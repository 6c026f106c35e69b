/**
 * What BM25F needs to know about the whole corpus. Immutable: every process that scores by the same statistics gets
 * the same scores, whatever its own copy of the corpus has seen since.
 */
export interface CorpusStatistics {
  /** Larger is newer; 0 for statistics an index has taken for itself. */
  readonly version: number;
  readonly documents: number;
  /** Mean tokens of title, keywords, text over the documents that have the field; 1 when none has. */
  readonly meanLengths: readonly [number, number, number];
  /** Term keys, ascending. */
  readonly keys: Float64Array;
  /** Documents that have the term, parallel to `keys`. */
  readonly frequencies: Uint32Array;
}

/** The bytes are not statistics, or not all of them. */
export class BrokenStatistics extends Error {}

export const EMPTY_STATISTICS: CorpusStatistics = {
  version: 0,
  documents: 0,
  meanLengths: [1, 1, 1],
  keys: new Float64Array(0),
  frequencies: new Uint32Array(0),
};

const MAGIC = 0x31534a44;
const HEADER_BYTES = 48;

function writeVarint(bytes: Uint8Array, start: number, number: number): number {
  let rest = number;
  let at = start;
  while (rest >= 128) {
    bytes[at] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
    at += 1;
  }
  bytes[at] = rest;
  return at + 1;
}

/** Little-endian header, then per term the gap to the key before and the frequency as varints; compresses well. */
export function encodeStatistics(statistics: CorpusStatistics): Uint8Array {
  const { keys, frequencies } = statistics;
  const bytes = new Uint8Array(HEADER_BYTES + keys.length * 13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, keys.length, true);
  view.setFloat64(8, statistics.version, true);
  view.setFloat64(16, statistics.documents, true);
  for (const [field, mean] of statistics.meanLengths.entries()) view.setFloat64(24 + 8 * field, mean, true);
  let at = HEADER_BYTES;
  let before = 0;
  for (const [row, key] of keys.entries()) {
    at = writeVarint(bytes, at, key - before);
    at = writeVarint(bytes, at, frequencies[row]!);
    before = key;
  }
  return bytes.slice(0, at);
}

/** Reads what {@link encodeStatistics} wrote. Throws {@link BrokenStatistics}. */
export function decodeStatistics(bytes: Uint8Array): CorpusStatistics {
  if (bytes.length < HEADER_BYTES) throw new BrokenStatistics('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new BrokenStatistics('not corpus statistics');
  const count = view.getUint32(4, true);
  if (count > bytes.length) throw new BrokenStatistics('torn');
  const keys = new Float64Array(count);
  const frequencies = new Uint32Array(count);
  let at = HEADER_BYTES;
  const readVarint = (): number => {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at];
      if (byte === undefined) throw new BrokenStatistics('torn');
      at += 1;
      number += (byte & 127) * scale;
      if (byte < 128) return number;
    }
  };
  let key = 0;
  for (let row = 0; row < count; row += 1) {
    key += readVarint();
    keys[row] = key;
    frequencies[row] = readVarint();
  }
  return {
    version: view.getFloat64(8, true),
    documents: view.getFloat64(16, true),
    meanLengths: [view.getFloat64(24, true), view.getFloat64(32, true), view.getFloat64(40, true)],
    keys,
    frequencies,
  };
}
