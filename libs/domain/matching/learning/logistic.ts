/** P(y) = 1 / (1 + exp(−(offset + slope·x))). */
export interface Logistic {
  readonly offset: number;
  readonly slope: number;
}

const TURNS = 50;
/** Keeps the slope finite where x separates the two outcomes. */
const RIDGE = 1e-3;

/** Platt scaling (1999) by Newton's method. Without both outcomes the slope is 1 and the offset fits the share. */
export function fitLogistic(xs: readonly number[], outcomes: readonly boolean[]): Logistic {
  const positive = outcomes.filter(Boolean).length;
  if (positive === 0 || positive === outcomes.length)
    return { offset: Math.log((positive + 0.5) / (outcomes.length - positive + 0.5)), slope: 1 };
  let offset = Math.log(positive / (outcomes.length - positive));
  let slope = 1;
  for (let turn = 0; turn < TURNS; turn += 1) {
    let [g0, g1, h00, h01, h11] = [0, RIDGE * slope, RIDGE, 0, RIDGE];
    for (const [at, x] of xs.entries()) {
      const p = 1 / (1 + Math.exp(-(offset + slope * x)));
      const gap = p - Number(outcomes[at]);
      const w = p * (1 - p);
      g0 += gap;
      g1 += gap * x;
      h00 += w;
      h01 += w * x;
      h11 += w * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    const stepOffset = (h11 * g0 - h01 * g1) / determinant;
    const stepSlope = (h00 * g1 - h01 * g0) / determinant;
    offset -= stepOffset;
    slope -= stepSlope;
    if (Math.abs(stepOffset) + Math.abs(stepSlope) < 1e-9) break;
  }
  return { offset, slope };
}

export function logistic({ offset, slope }: Logistic, x: number): number {
  return 1 / (1 + Math.exp(-(offset + slope * x)));
}
