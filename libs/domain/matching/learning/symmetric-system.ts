/** Rows treated together, so that a row read from memory once serves several sums. */
const TOGETHER = 4;

function dot(values: Float32Array, row: number, other: number, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += values[row + at]! * values[other + at]!;
  return sum;
}

/** Sums of a[i]·b[i], i from…to−1, of four neighbouring rows against one; small, so that it is compiled as it stands. */
function dotFour(
  values: Float32Array,
  row: number,
  stride: number,
  other: Float32Array,
  place: number,
  from: number,
  to: number,
  sums: Float64Array,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let at = from; at < to; at += 1) {
    const value = other[place + at]!;
    const here = row + at;
    a += values[here]! * value;
    b += values[here + stride]! * value;
    c += values[here + 2 * stride]! * value;
    d += values[here + 3 * stride]! * value;
  }
  sums[0] = a;
  sums[1] = b;
  sums[2] = c;
  sums[3] = d;
}

/** The same of four neighbouring rows against two: eight sums from six readings. */
function dotFourByTwo(
  values: Float32Array,
  row: number,
  other: number,
  stride: number,
  to: number,
  sums: Float64Array,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  for (let at = 0; at < to; at += 1) {
    const here = row + at;
    const first = values[other + at]!;
    const second = values[other + stride + at]!;
    const w = values[here]!;
    const x = values[here + stride]!;
    const y = values[here + 2 * stride]!;
    const z = values[here + 3 * stride]!;
    a += w * first;
    b += x * first;
    c += y * first;
    d += z * first;
    e += w * second;
    f += x * second;
    g += y * second;
    h += z * second;
  }
  sums[0] = a;
  sums[1] = b;
  sums[2] = c;
  sums[3] = d;
  sums[4] = e;
  sums[5] = f;
  sums[6] = g;
  sums[7] = h;
}

/** Lower triangle → its Cholesky factor (left-looking, four rows at a time). n³/6 multiplications. */
function factorise(values: Float32Array, n: number): void {
  const sums = new Float64Array(2 * TOGETHER);
  for (let block = 0; block < n; block += TOGETHER) {
    const end = Math.min(n, block + TOGETHER);
    const whole = end - block === TOGETHER;
    const ready = whole ? block : 0;
    for (let column = 0; column < ready; column += 2) {
      dotFourByTwo(values, block * n, column * n, n, column, sums);
      for (let row = 0; row < TOGETHER; row += 1) {
        const at = (block + row) * n + column;
        const first = (values[at]! - sums[row]!) / values[column * n + column]!;
        values[at] = first;
        const rest = values[at + 1]! - sums[TOGETHER + row]! - first * values[(column + 1) * n + column]!;
        values[at + 1] = rest / values[(column + 1) * n + column + 1]!;
      }
    }
    for (let row = block; row < end; row += 1) {
      for (let column = ready; column < row; column += 1) {
        const rest = values[row * n + column]! - dot(values, row * n, column * n, 0, column);
        values[row * n + column] = rest / values[column * n + column]!;
      }
      const rest = values[row * n + row]! - dot(values, row * n, row * n, 0, row);
      if (!(rest > 0)) throw new RangeError('The matrix is not positive definite.');
      values[row * n + row] = Math.sqrt(rest);
    }
  }
}

/**
 * Row a of the result is column a of the factor's inverse, from place a on: the inverse of the whole matrix is then
 * (A⁻¹)ab = Σ over k ≥ max(a, b) of row a [k] · row b [k]. n³/6 multiplications.
 */
function invertFactor(factor: Float32Array, n: number): Float32Array {
  const inverse = new Float32Array(n * n);
  const sums = new Float64Array(TOGETHER);
  for (let block = 0; block < n; block += TOGETHER) {
    const rows = Math.min(TOGETHER, n - block);
    for (let place = block; place < n; place += 1) {
      if (rows === TOGETHER) dotFour(inverse, block * n, n, factor, place * n, block, place, sums);
      const diagonal = factor[place * n + place]!;
      for (let row = 0; row < rows && block + row <= place; row += 1) {
        const at = (block + row) * n;
        const known =
          rows === TOGETHER ? sums[row]! : dotAcross(inverse, at, factor, place * n, block, place);
        inverse[at + place] = (Number(block + row === place) - known) / diagonal;
      }
    }
  }
  return inverse;
}

function dotAcross(
  left: Float32Array,
  row: number,
  right: Float32Array,
  other: number,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += left[row + at]! * right[other + at]!;
  return sum;
}

/**
 * A symmetric positive definite matrix (n × n, row-major; only the lower triangle is read, and overwritten). Sums are
 * kept in double, the matrix in single precision. Throws RangeError when the matrix is not positive definite.
 */
export class SymmetricSystem {
  private inverse: Float32Array | null = null;

  constructor(
    private readonly factor: Float32Array,
    readonly size: number,
  ) {
    factorise(factor, size);
  }

  /** x with A·x = b. */
  solve(right: ArrayLike<number>): Float64Array {
    const { factor, size: n } = this;
    const x = Float64Array.from(right);
    for (let row = 0; row < n; row += 1) {
      let rest = x[row]!;
      for (let at = 0; at < row; at += 1) rest -= factor[row * n + at]! * x[at]!;
      x[row] = rest / factor[row * n + row]!;
    }
    for (let row = n - 1; row >= 0; row -= 1) {
      const value = x[row]! / factor[row * n + row]!;
      x[row] = value;
      for (let at = 0; at < row; at += 1) x[at] = x[at]! - factor[row * n + at]! * value;
    }
    return x;
  }

  /** The inverse at the given rows and columns: k × k, row-major, for k places. */
  inverseAt(places: readonly number[]): Float64Array {
    const { size: n } = this;
    this.inverse ??= invertFactor(this.factor, n);
    const block = new Float64Array(places.length ** 2);
    for (const [i, a] of places.entries())
      for (const [j, b] of places.entries()) {
        if (j > i) continue;
        const value = dot(this.inverse, a * n, b * n, Math.max(a, b), n);
        block[i * places.length + j] = value;
        block[j * places.length + i] = value;
      }
    return block;
  }
}

/** Solves a small dense symmetric positive definite system. */
export function solveSmall(matrix: Float64Array, right: readonly number[]): Float64Array {
  return new SymmetricSystem(Float32Array.from(matrix), right.length).solve(right);
}
