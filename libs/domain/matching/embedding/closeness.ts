/** How near in meaning a need's capabilities are by vectors of an embedding model. */
export interface Closeness {
  /** Name of the model. */
  readonly model: string;
  /** Standard deviations above what the need has in common with just any capability; NaN where unknown. */
  of(capabilityId: string): number;
}

/** Closeness of many needs' pairs. */
export interface PairCloseness {
  readonly model: string;
  of(needId: string, capabilityId: string): number;
}

/** What the vectors of one embedding model are worth, learned from answers. */
export interface VectorFusion {
  readonly model: string;
  /** Logits per standard deviation, never negative. */
  readonly weight: number;
  /** Answered pairs with vectors it was learned from. */
  readonly pairs: number;
}

/** Logits per standard deviation before anybody has answered. */
export const DEFAULT_VECTOR_WEIGHT = 0.3;
/** The default weighs as much as so many answers of one deviation. */
const PRIOR_STRENGTH = 10;
const LOW = -3;
const HIGH = 4;
/** Cosines with fewer capabilities say nothing of what is usual. */
const LEAST_SAMPLE = 8;
/** Models whose cosines hardly differ would turn noise into deviations. */
const LEAST_DEVIATION = 0.01;

/** Unit length; all zero stays all zero. */
export function unitVector(values: ArrayLike<number>): Float32Array {
  let squares = 0;
  for (let at = 0; at < values.length; at += 1) squares += values[at]! ** 2;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return Float32Array.from(values, (value) => value * scale);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!;
  return sum;
}

/**
 * Measures cosines of a need's vector in deviations from its mean with `sample`, vectors of just any capabilities: what a
 * cosine of 0.6 means differs from model to model and from need to need. Null when the sample is too small. All unit vectors.
 */
export function measureFrom(
  need: Float32Array,
  sample: readonly Float32Array[],
): ((capability: Float32Array) => number) | null {
  if (sample.length < LEAST_SAMPLE) return null;
  let sum = 0;
  let squares = 0;
  for (const vector of sample) {
    const cosine = dot(need, vector);
    sum += cosine;
    squares += cosine * cosine;
  }
  const mean = sum / sample.length;
  const deviation = Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, squares / sample.length - mean * mean)));
  return (capability) => Math.min(HIGH, Math.max(LOW, (dot(need, capability) - mean) / deviation));
}

/** An answered pair: what the model says without vectors, how near it is, and whether people were interested. */
export interface FusionExample {
  /** Log odds, best predicted without the pair itself. */
  readonly logit: number;
  readonly closeness: number;
  readonly positive: boolean;
}

const TURNS = 50;

/**
 * The weight w of P = 1 / (1 + exp(−(logit + w·closeness))) that is most likely after the examples, where it was
 * {@link DEFAULT_VECTOR_WEIGHT} before (normal prior), by Newton's method; not negative. Examples without closeness do not count.
 */
export function learnFusion(model: string, examples: readonly FusionExample[]): VectorFusion {
  const known = examples.filter(({ closeness }) => !Number.isNaN(closeness));
  let weight = DEFAULT_VECTOR_WEIGHT;
  for (let turn = 0; turn < TURNS; turn += 1) {
    let gradient = PRIOR_STRENGTH * (weight - DEFAULT_VECTOR_WEIGHT);
    let curvature = PRIOR_STRENGTH;
    for (const { logit, closeness, positive } of known) {
      const chance = 1 / (1 + Math.exp(-(logit + weight * closeness)));
      gradient += (chance - Number(positive)) * closeness;
      curvature += chance * (1 - chance) * closeness ** 2;
    }
    const step = gradient / curvature;
    weight -= step;
    if (Math.abs(step) < 1e-9) break;
  }
  return { model, weight: Math.round(Math.max(0, weight) * 1e6) / 1e6, pairs: known.length };
}
