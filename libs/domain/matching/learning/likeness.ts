import type { Likeness } from './gaussian-process.js';
import { CAPABILITY_LIKENESS, NEED_LIKENESS } from './pair-kernel.js';
import { meaningCosine } from './meaning.js';
import { type CapabilityTexts, type NeedTexts, sparseCosine } from './read-texts.js';
import { cosine } from './semantic-space.js';

type NeedSide = Pick<NeedTexts, 'titleVector' | 'bodyVector' | 'titleMeaning' | 'bodyMeaning'>;
type CapabilitySide = Pick<CapabilityTexts, 'terms' | 'weights' | 'meaning'>;

/** Any two needs share some words: below this they have nothing to say about each other. */
const NEED_FLOOR = 0.1;

/** How alike two needs are, 0..1. */
export function needLikeness(a: NeedSide, b: NeedSide): number {
  const meaning = cosine(a.titleMeaning, b.titleMeaning) + cosine(a.bodyMeaning, b.bodyMeaning);
  const value =
    NEED_LIKENESS.title * sparseCosine(a.titleVector, b.titleVector) +
    NEED_LIKENESS.body * sparseCosine(a.bodyVector, b.bodyVector) +
    (NEED_LIKENESS.meaning * meaning) / 2;
  return Math.max(0, (value - NEED_FLOOR) / (1 - NEED_FLOOR));
}

/** Cosines of all pairs of capabilities' words, lower triangle of a square matrix; over an inverted file. */
function allCosines(capabilities: readonly CapabilitySide[]): Float32Array {
  const count = capabilities.length;
  const matrix = new Float32Array(count * count);
  const postings = new Map<number, { rows: number[]; weights: number[] }>();
  for (const [row, { terms, weights }] of capabilities.entries())
    for (let place = 0; place < terms.length; place += 1) {
      const weight = weights[place]!;
      let list = postings.get(terms[place]!);
      if (!list) postings.set(terms[place]!, (list = { rows: [], weights: [] }));
      for (let at = 0; at < list.rows.length; at += 1)
        matrix[row * count + list.rows[at]!]! += weight * list.weights[at]!;
      list.rows.push(row);
      list.weights.push(weight);
      matrix[row * count + row]! += weight * weight;
    }
  return matrix;
}

/** Likeness of numbered needs and capabilities, computed once. */
export function likenessOf(needs: readonly NeedSide[], capabilities: readonly CapabilitySide[]): Likeness {
  const sides = needs.length;
  const needMatrix = new Float32Array(sides * sides);
  for (const [a, first] of needs.entries())
    for (let b = 0; b <= a; b += 1) needMatrix[a * sides + b] = needLikeness(first, needs[b]!);
  const count = capabilities.length;
  const matrix = allCosines(capabilities);
  const meanings = capabilities.map(({ meaning }) => meaning);
  for (const [a, meaning] of meanings.entries())
    for (let b = 0; b <= a; b += 1) {
      const at = a * count + b;
      matrix[at] =
        CAPABILITY_LIKENESS.words * matrix[at]! +
        CAPABILITY_LIKENESS.meaning * meaningCosine(meaning, meanings[b]!);
    }
  return {
    needs: (a, b) => needMatrix[a >= b ? a * sides + b : b * sides + a]!,
    capabilities: (a, b) => matrix[a >= b ? a * count + b : b * count + a]!,
  };
}
