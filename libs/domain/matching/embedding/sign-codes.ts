const BYTE = 256;

/** Sums of each byte's signs: for the byte b of a code, table[b · 256 + value] is Σ ±query over its eight dimensions. */
function sumsByByte(query: Float32Array, bytes: number): Float32Array {
  const table = new Float32Array(bytes * BYTE);
  for (let byte = 0; byte < bytes; byte += 1) {
    for (let value = 0; value < BYTE; value += 1) {
      let sum = 0;
      for (let bit = 0; bit < 8; bit += 1) {
        const part = query[byte * 8 + bit] ?? 0;
        sum += (value >>> bit) & 1 ? part : -part;
      }
      table[byte * BYTE + value] = sum;
    }
  }
  return table;
}

/**
 * The vectors of a market by the signs of their components alone, a bit each: which of them are near another vector is
 * found among all by Σ ±query, an estimate of the inner product with one side quantised (Charikar, STOC 2002; asymmetric
 * distance as of Jégou et al., TPAMI 2011). Good enough to say which are worth measuring by their whole vectors.
 */
export class SignCodes {
  private readonly bytes: number;
  private codes: Uint8Array;
  private readonly ids: string[] = [];
  private readonly rows = new Map<string, number>();

  /** @param mean Of vectors of the market: signs are those of what differs from it. */
  constructor(readonly mean: Float32Array) {
    this.bytes = Math.ceil(mean.length / 8);
    this.codes = new Uint8Array(1024 * this.bytes);
  }

  get size(): number {
    return this.ids.length;
  }

  /** Adds a vector, or replaces the one of the same id. Throws RangeError when it has another width. */
  put(id: string, vector: Float32Array): void {
    const { bytes, mean } = this;
    if (vector.length !== mean.length)
      throw new RangeError(`A vector of ${vector.length} components where there are ${mean.length}.`);
    const row = this.rows.get(id) ?? this.add(id);
    this.codes.fill(0, row * bytes, (row + 1) * bytes);
    for (let k = 0; k < vector.length; k += 1)
      if (vector[k]! > mean[k]!) this.codes[row * bytes + (k >>> 3)]! |= 1 << (k & 7);
  }

  /** Ids of the `k` that seem nearest, from near to far, equal ones by id. */
  nearest(query: Float32Array, k: number): string[] {
    const { bytes, codes, ids } = this;
    const table = sumsByByte(query, bytes);
    const scores = new Float32Array(ids.length);
    for (let row = 0; row < ids.length; row += 1) {
      let sum = 0;
      for (let byte = 0, at = row * bytes; byte < bytes; byte += 1, at += 1)
        sum += table[byte * BYTE + codes[at]!]!;
      scores[row] = sum;
    }
    const floor = scores.slice().sort()[Math.max(0, ids.length - k)] ?? 0;
    return [...scores.keys()]
      .filter((row) => scores[row]! >= floor)
      .sort((a, b) => scores[b]! - scores[a]! || (ids[a]! < ids[b]! ? -1 : 1))
      .slice(0, k)
      .map((row) => ids[row]!);
  }

  private add(id: string): number {
    const row = this.ids.length;
    this.ids.push(id);
    this.rows.set(id, row);
    if ((row + 1) * this.bytes > this.codes.length) {
      const larger = new Uint8Array(2 * this.codes.length);
      larger.set(this.codes);
      this.codes = larger;
    }
    return row;
  }
}

/** Component by component; of no vectors, none. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let k = 0; k < mean.length; k += 1) mean[k]! += vector[k]! / vectors.length;
  return mean;
}
