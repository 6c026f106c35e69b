/** Terms of a text with their weights, any scale. */
export type WeightedTerms = ReadonlyMap<string, number>;

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

interface SparseRow {
  readonly terms: Int32Array;
  readonly weights: Float32Array;
}

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

/** documents · values: one row per document. */
function times(documents: readonly SparseRow[], values: Float32Array, width: number): Float32Array {
  const product = new Float32Array(documents.length * width);
  for (const [row, { terms, weights }] of documents.entries())
    for (const [place, term] of terms.entries()) {
      const weight = weights[place]!;
      for (let k = 0; k < width; k += 1) product[row * width + k]! += weight * values[term * width + k]!;
    }
  return product;
}

/** documentsᵀ · values: one row per term. */
function timesTransposed(
  documents: readonly SparseRow[],
  values: Float32Array,
  width: number,
  termCount: number,
): Float32Array {
  const product = new Float32Array(termCount * width);
  for (const [row, { terms, weights }] of documents.entries())
    for (const [place, term] of terms.entries()) {
      const weight = weights[place]!;
      for (let k = 0; k < width; k += 1) product[term * width + k]! += weight * values[row * width + k]!;
    }
  return product;
}

/**
 * Latent semantic space of a corpus (Deerwester et al. 1990): the leading right singular vectors of the matrix of
 * documents × weighted terms, by randomised subspace iteration (Halko, Martinsson & Tropp 2011). Texts that share no
 * word are near when their words stand beside the same others. Deterministic.
 */
export class SemanticSpace {
  private constructor(
    private readonly rows: ReadonlyMap<string, number>,
    private readonly basis: Float32Array,
    readonly width: number,
  ) {}

  static build(
    documents: readonly WeightedTerms[],
    options: SemanticOptions = SEMANTIC_DEFAULTS,
  ): SemanticSpace {
    const rows = chooseTerms(documents, options);
    const width = Math.min(options.dimensions + OVERSAMPLING, rows.size, documents.length);
    const sparse = documents.map((document) => sparseRow(document, rows));
    const numbers = fixedNumbers();
    let basis: Float32Array = Float32Array.from({ length: rows.size * width }, () => numbers.next().value);
    for (let turn = 0; turn < ITERATIONS; turn += 1) {
      const product = times(sparse, basis, width);
      orthonormalise(product, documents.length, width);
      basis = timesTransposed(sparse, product, width, rows.size);
      orthonormalise(basis, rows.size, width);
    }
    const kept = Math.min(options.dimensions, width);
    return new SemanticSpace(rows, leading(basis, width, kept), kept);
  }

  /** The space as bytes: a line of JSON with width and terms, then the basis (float32, little-endian). */
  encode(): Buffer {
    const head = Buffer.from(`${JSON.stringify({ width: this.width, terms: [...this.rows.keys()] })}\n`);
    const { buffer, byteOffset, byteLength } = this.basis;
    return Buffer.concat([head, Buffer.from(buffer, byteOffset, byteLength)]);
  }

  /** Throws RangeError when the bytes do not hold what their head says. */
  static decode(bytes: Buffer): SemanticSpace {
    const end = bytes.indexOf(0x0a);
    const { width, terms } = JSON.parse(bytes.subarray(0, end).toString()) as {
      width: number;
      terms: string[];
    };
    const basis = new Float32Array(terms.length * width);
    const body = bytes.subarray(end + 1);
    if (end < 0 || body.length !== basis.byteLength) throw new RangeError('The semantic space is torn.');
    body.copy(Buffer.from(basis.buffer));
    return new SemanticSpace(new Map(terms.map((term, row) => [term, row])), basis, width);
  }

  /** Unit vector of a text; all zero when none of its terms is known. */
  vectorOf(text: WeightedTerms): Float32Array {
    const { basis, width } = this;
    const vector = new Float32Array(width);
    for (const [term, weight] of text) {
      const row = this.rows.get(term);
      if (row === undefined) continue;
      for (let k = 0; k < width; k += 1) vector[k]! += weight * basis[row * width + k]!;
    }
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    return norm > 0 ? vector.map((value) => value / norm) : vector;
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

function chooseTerms(documents: readonly WeightedTerms[], options: SemanticOptions): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const document of documents)
    for (const term of document.keys()) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  const kept = [...frequencies].filter(([, count]) => count >= options.leastDocuments);
  kept.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Map(kept.slice(0, options.mostTerms).map(([term], row) => [term, row]));
}

/** Known terms with weights of unit length. */
function sparseRow(document: WeightedTerms, rows: ReadonlyMap<string, number>): SparseRow {
  const known = [...document].flatMap(([term, weight]) => {
    const row = rows.get(term);
    return row === undefined ? [] : [{ row, weight }];
  });
  const norm = Math.sqrt(known.reduce((sum, { weight }) => sum + weight * weight, 0)) || 1;
  return {
    terms: Int32Array.from(known, ({ row }) => row),
    weights: Float32Array.from(known, ({ weight }) => weight / norm),
  };
}
