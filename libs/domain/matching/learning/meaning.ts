/** A unit vector of the semantic space in steps of `scale`: a byte per dimension, off by at most half a step. */
export interface Meaning {
  readonly steps: Int8Array;
  readonly scale: number;
}

const MOST = 127;

export function meaningOf(vector: Float32Array): Meaning {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = Math.fround(largest / MOST);
  return {
    steps: Int8Array.from(vector, (value) => (scale > 0 ? Math.round(value / scale) : 0)),
    scale,
  };
}

/** Σ of products; for a unit vector the cosine. */
export function alongMeaning({ steps, scale }: Meaning, vector: Float32Array | Float64Array): number {
  let sum = 0;
  for (let k = 0; k < steps.length; k += 1) sum += steps[k]! * vector[k]!;
  return sum * scale;
}

export function meaningCosine(a: Meaning, b: Meaning): number {
  let sum = 0;
  for (let k = 0; k < a.steps.length; k += 1) sum += a.steps[k]! * b.steps[k]!;
  return sum * a.scale * b.scale;
}
