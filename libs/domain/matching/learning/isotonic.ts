/**
 * Nearest non-decreasing sequence in weighted least squares, by pooling adjacent violators (Barlow et al. 1972).
 * Weights must not be negative; places without weight take the value of their neighbour to the left.
 */
export function isotonic(values: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  const blocks: { value: number; weight: number; length: number }[] = [];
  for (let at = 0; at < values.length; at += 1) {
    let block = { value: values[at]!, weight: weights[at]! + 1e-9, length: 1 };
    for (let last = blocks.at(-1); last && last.value > block.value; last = blocks.at(-1)) {
      blocks.pop();
      const weight = last.weight + block.weight;
      const value = (last.value * last.weight + block.value * block.weight) / weight;
      block = { value, weight, length: last.length + block.length };
    }
    blocks.push(block);
  }
  const result = new Float64Array(values.length);
  let at = 0;
  for (const { value, length } of blocks) {
    result.fill(value, at, at + length);
    at += length;
  }
  return result;
}
