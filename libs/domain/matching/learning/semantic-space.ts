import type { TermDictionary } from '../index/term-dictionary.js';

/** Terms of a document by their numbers, with weights of any scale. */
export interface SparseDocument {
  readonly terms: Int32Array;
  readonly weights: Float32Array;
}

/** Terms by their numbers. */
type Terms = Pick<TermDictionary, 'keyOf' | 'find'>;

export interface SemanticOptions {
  /** Dimensions kept. */
  readonly dimensions: number;
  /** Terms that fewer documents hold are left out. */
  readonly leastDocuments: number;
  /** At most so many terms, those of most documents first: the time grows with terms × dimensions². */
  readonly mostTerms: number;
}

export const SEMANTIC_DEFAULTS: SemanticOptions = { dimensions: 100, leastDocuments: 2, mostTerms: 20_000 };

/** Dimensions computed beyond those kept, for accuracy; and the number of power iterations. */
const OVERSAMPLING = 10;
const ITERATIONS = 3;

/** Numbers from a fixed sequence (xorshift32), −½ … ½: the same corpus gives the same space. */
function* fixedNumbers(): Generator<number, never> {
  let state = 2463534242;
  for (;;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield (state >>> 0) / 2 ** 32 - 0.5;
  }
}

/** Makes the columns of a (rows × width, row-major) orthonormal; modified Gram–Schmidt. */
function orthonormalise(values: Float32Array, rows: number, width: number): void {
  for (let column = 0; column < width; column += 1) {
    const dots = new Float64Array(column + 1);
    for (let row = 0; row < rows; row += 1) {
      const at = row * width;
      const value = values[at + column]!;
      for (let before = 0; before < column; before += 1) dots[before]! += value * values[at + before]!;
    }
    let norm = 0;
    for (let row = 0; row < rows; row += 1) {
      const at = row * width;
      let value = values[at + column]!;
      for (let before = 0; before < column; before += 1) value -= dots[before]! * values[at + before]!;
      values[at + column] = value;
      norm += value * value;
    }
    const scale = norm > 1e-12 ? 1 / Math.sqrt(norm) : 0;
    for (let row = 0; row < rows; row += 1) values[row * width + column]! *= scale;
  }
}

/** The innermost loop of all products. */
function addRow(
  sums: Float32Array,
  to: number,
  values: Float32Array,
  from: number,
  weight: number,
  width: number,
): void {
  const even = width & ~3;
  // Four at a time: less than the time of one at a time.
  for (let k = 0; k < even; k += 4) {
    sums[to + k]! += weight * values[from + k]!;
    sums[to + k + 1]! += weight * values[from + k + 1]!;
    sums[to + k + 2]! += weight * values[from + k + 2]!;
    sums[to + k + 3]! += weight * values[from + k + 3]!;
  }
  for (let k = even; k < width; k += 1) sums[to + k]! += weight * values[from + k]!;
}

/**
 * Σ weight · row of `count` rows of `values` by their starts. Eight columns at a time: their sums stay in registers, and
 * it takes two thirds of the time of {@link addRow}.
 */
function sumRows(
  values: Float32Array,
  starts: Int32Array,
  weights: Float32Array,
  count: number,
  width: number,
): Float32Array {
  const sums = new Float32Array(width);
  const even = width & ~7;
  for (let k = 0; k < even; k += 8) {
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let row = 0; row < count; row += 1) {
      const at = starts[row]! + k;
      const weight = weights[row]!;
      a += weight * values[at]!;
      b += weight * values[at + 1]!;
      c += weight * values[at + 2]!;
      d += weight * values[at + 3]!;
      e += weight * values[at + 4]!;
      f += weight * values[at + 5]!;
      g += weight * values[at + 6]!;
      h += weight * values[at + 7]!;
    }
    sums[k] = a;
    sums[k + 1] = b;
    sums[k + 2] = c;
    sums[k + 3] = d;
    sums[k + 4] = e;
    sums[k + 5] = f;
    sums[k + 6] = g;
    sums[k + 7] = h;
  }
  for (let row = 0; row < count; row += 1)
    for (let k = even; k < width; k += 1) sums[k]! += weights[row]! * values[starts[row]! + k]!;
  return sums;
}

/** documents · values: one row per document. */
function times(documents: readonly SparseDocument[], values: Float32Array, width: number): Float32Array {
  const product = new Float32Array(documents.length * width);
  for (const [row, { terms, weights }] of documents.entries())
    for (let place = 0; place < terms.length; place += 1)
      addRow(product, row * width, values, terms[place]! * width, weights[place]!, width);
  return product;
}

/** documentsᵀ · values: one row per term. */
function timesTransposed(
  documents: readonly SparseDocument[],
  values: Float32Array,
  width: number,
  termCount: number,
): Float32Array {
  const product = new Float32Array(termCount * width);
  for (const [row, { terms, weights }] of documents.entries())
    for (let place = 0; place < terms.length; place += 1)
      addRow(product, terms[place]! * width, values, row * width, weights[place]!, width);
  return product;
}

/**
 * Latent semantic space of a corpus (Deerwester et al. 1990): the leading right singular vectors of the matrix of
 * documents × weighted terms, by randomised subspace iteration (Halko, Martinsson & Tropp 2011). Texts that share no
 * word are near when their words stand beside the same others. Deterministic.
 */
export class SemanticSpace {
  /** Rows of the dictionary asked last, by term number, −1 for terms outside the space. */
  private rowOf = new Int32Array(0);
  private rowsOf: Terms | null = null;
  /** Scratch memory of {@link vectorOf}. */
  private starts = new Int32Array(256);
  private known = new Float32Array(256);

  private constructor(
    /** By the terms' keys. */
    private readonly rows: ReadonlyMap<number, number>,
    private readonly basis: Float32Array,
    readonly width: number,
  ) {}

  static build(
    documents: readonly SparseDocument[],
    dictionary: Terms,
    options: SemanticOptions = SEMANTIC_DEFAULTS,
  ): SemanticSpace {
    const numbers = chooseTerms(documents, dictionary, options);
    const width = Math.min(options.dimensions + OVERSAMPLING, numbers.length, documents.length);
    const rowOf = new Map([...numbers].map((number, row) => [number, row]));
    const sparse = documents.map((document) => sparseRow(document, rowOf));
    const fixed = fixedNumbers();
    let basis: Float32Array = Float32Array.from({ length: numbers.length * width }, () => fixed.next().value);
    for (let turn = 0; turn < ITERATIONS; turn += 1) {
      const product = times(sparse, basis, width);
      orthonormalise(product, documents.length, width);
      basis = timesTransposed(sparse, product, width, numbers.length);
      orthonormalise(basis, numbers.length, width);
    }
    const kept = Math.min(options.dimensions, width);
    const rows = new Map([...numbers].map((number, row) => [dictionary.keyOf(number), row]));
    return new SemanticSpace(rows, leading(basis, width, kept), kept);
  }

  /** The space as bytes: a line of JSON with width and term keys, then the basis (float32, little-endian). */
  encode(): Buffer {
    const head = Buffer.from(`${JSON.stringify({ width: this.width, keys: [...this.rows.keys()] })}\n`);
    const { buffer, byteOffset, byteLength } = this.basis;
    return Buffer.concat([head, Buffer.from(buffer, byteOffset, byteLength)]);
  }

  /** Throws RangeError when the bytes do not hold what their head says. */
  static decode(bytes: Buffer): SemanticSpace {
    const end = bytes.indexOf(0x0a);
    const { width, keys } = JSON.parse(bytes.subarray(0, end).toString()) as {
      width: number;
      keys: number[];
    };
    const basis = new Float32Array(keys.length * width);
    const body = bytes.subarray(end + 1);
    if (end < 0 || body.length !== basis.byteLength) throw new RangeError('The semantic space is torn.');
    body.copy(Buffer.from(basis.buffer));
    return new SemanticSpace(new Map(keys.map((key, row) => [key, row])), basis, width);
  }

  /** Unit vector of a text, whose terms have the numbers of `dictionary`; all zero when none of its terms is known. */
  vectorOf(terms: Int32Array, weights: Float32Array, dictionary: TermDictionary): Float32Array {
    const { basis, width } = this;
    const rowOf = this.rowsFor(dictionary);
    if (this.starts.length < terms.length) {
      this.starts = new Int32Array(2 * terms.length);
      this.known = new Float32Array(2 * terms.length);
    }
    const { starts, known } = this;
    let count = 0;
    for (let place = 0; place < terms.length; place += 1) {
      const row = rowOf[terms[place]!] ?? -1;
      if (row < 0) continue;
      starts[count] = row * width;
      known[count++] = weights[place]!;
    }
    const vector = sumRows(basis, starts, known, count, width);
    let squares = 0;
    for (let k = 0; k < width; k += 1) squares += vector[k]! * vector[k]!;
    if (squares === 0) return vector;
    const norm = Math.sqrt(squares);
    for (let k = 0; k < width; k += 1) vector[k]! /= norm;
    return vector;
  }

  private rowsFor(dictionary: TermDictionary): Int32Array {
    if (this.rowsOf === dictionary && this.rowOf.length >= dictionary.size) return this.rowOf;
    this.rowsOf = dictionary;
    this.rowOf = new Int32Array(dictionary.size + (dictionary.size >> 3)).fill(-1);
    for (const [key, row] of this.rows) {
      const number = dictionary.find(key);
      if (number >= 0) this.rowOf[number] = row;
    }
    return this.rowOf;
  }
}

/** The first columns: subspace iteration finds the directions in the order of their weight. */
function leading(basis: Float32Array, width: number, kept: number): Float32Array {
  const rows = width === 0 ? 0 : basis.length / width;
  const result = new Float32Array(rows * kept);
  for (let row = 0; row < rows; row += 1)
    result.set(basis.subarray(row * width, row * width + kept), row * kept);
  return result;
}

/** Cosine of two unit vectors of one space. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k += 1) sum += a[k]! * b[k]!;
  return sum;
}

/** Numbers of the terms kept, those of most documents first, equal ones by their keys. */
function chooseTerms(
  documents: readonly SparseDocument[],
  dictionary: Terms,
  options: SemanticOptions,
): Int32Array {
  const frequencies = new Map<number, number>();
  for (const { terms } of documents)
    for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  const kept = [...frequencies].filter(([, count]) => count >= options.leastDocuments);
  kept.sort(([a, x], [b, y]) => y - x || dictionary.keyOf(a) - dictionary.keyOf(b));
  return Int32Array.from(kept.slice(0, options.mostTerms), ([term]) => term);
}

/** Terms of the space by their rows, with weights of unit length. */
function sparseRow({ terms, weights }: SparseDocument, rowOf: ReadonlyMap<number, number>): SparseDocument {
  const places = [...terms.keys()].filter((place) => rowOf.has(terms[place]!));
  const norm = Math.sqrt(places.reduce((sum, place) => sum + weights[place]! ** 2, 0)) || 1;
  return {
    terms: Int32Array.from(places, (place) => rowOf.get(terms[place]!)!),
    weights: Float32Array.from(places, (place) => weights[place]! / norm),
  };
}
