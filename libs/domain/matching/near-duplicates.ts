import { normaliseText } from './normalise-text.js';
import { runsOf } from './tokenise.js';

/** Jaccard similarity of character 3-grams from which two texts count as nearly the same. */
export const DUPLICATE_FROM = 0.85;

/**
 * Rows per band and bands of the signature: a pair of similarity s shares a band with probability 1 − (1 − s⁵)³⁰, which
 * is 1 − 2·10⁻⁸ at 0.85 and 0.07 at 0.3 (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, §3.4).
 */
const ROWS = 5;
const BANDS = 30;
/** A record is compared with so many of each band's first records: a crowd of equal texts stays linear. */
const MOST_MATES = 20;

export interface TextRecord {
  readonly id: string;
  readonly text: string;
  /** Its {@link bandsOf}, where they have been read already. */
  readonly bands?: readonly number[];
}

/** `lowerId` < `higherId`; `similarity` from {@link DUPLICATE_FROM} to 1. */
export interface DuplicatePair {
  readonly lowerId: string;
  readonly higherId: string;
  readonly similarity: number;
}

/** The set of 3-grams of a text's letters and digits, normalised; a shorter text is one gram, an empty one has none. */
export function gramsOf(text: string): Set<string> {
  const letters = runsOf(normaliseText(text))
    .map((run) => run.text)
    .join('');
  if (letters.length > 0 && letters.length < 3) return new Set([letters]);
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= letters.length; at += 1) grams.add(letters.slice(at, at + 3));
  return grams;
}

/** Size of the intersection over size of the union; 0 when both are empty. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let common = 0;
  for (const gram of small) if (large.has(gram)) common += 1;
  const union = a.size + b.size - common;
  return union === 0 ? 0 : common / union;
}

/** Finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function hashGram(gram: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < gram.length; at += 1) hash = mix(Math.imul(hash, 31) ^ gram.charCodeAt(at));
  return hash;
}

const FACTORS = Int32Array.from({ length: ROWS * BANDS }, (_, at) => mix(0x9e3779b9 + at) | 1);
const OFFSETS = Int32Array.from({ length: ROWS * BANDS }, (_, at) => mix(0x7f4a7c15 + at));

/**
 * MinHash signature in bands (Broder 1997), each a signed 32-bit number that holds its place in it, so that bands of two
 * records are equal only at the same place. None for an empty text.
 */
export function bandsOf(grams: ReadonlySet<string>): number[] {
  if (grams.size === 0) return [];
  const hashes = Int32Array.from(grams, hashGram);
  const least = FACTORS.map((factor, row) => {
    const offset = OFFSETS[row]!;
    let smallest = 0x7fffffff;
    for (let at = 0; at < hashes.length; at += 1) {
      // Multiply and add modulo 2³² of well-mixed hashes stands in for a random order.
      const value = (Math.imul(hashes[at]!, factor) + offset) | 0;
      if (value < smallest) smallest = value;
    }
    return smallest;
  });
  return Array.from({ length: BANDS }, (_, band) => {
    let hash = mix(band + 1);
    for (let row = 0; row < ROWS; row += 1) hash = mix(Math.imul(hash, 31) ^ least[band * ROWS + row]!);
    return hash;
  });
}

/** The first records of each band, in id order. */
class BandTable {
  private readonly bands = new Map<number, string[]>();

  /** Records that share a band with these, without repeats; then the record joins them. */
  join(id: string, bands: readonly number[]): Set<string> {
    const mates = new Set<string>();
    for (const band of bands) {
      const known = this.bands.get(band);
      if (known === undefined) {
        this.bands.set(band, [id]);
        continue;
      }
      for (const mate of known) mates.add(mate);
      if (known.length < MOST_MATES) known.push(id);
    }
    return mates;
  }
}

/**
 * Pairs of nearly the same text, by id. Records of equal grams are paired with the first of them only, so that each
 * cluster is connected without listing all its pairs. Only records that share a band are compared, in full.
 */
export function findNearDuplicates(records: readonly TextRecord[]): DuplicatePair[] {
  const sorted = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  const grams = new Map<string, Set<string>>();
  const firsts = new Map<string, string>();
  const table = new BandTable();
  const pairs: DuplicatePair[] = [];
  for (const { id, text, bands } of sorted) {
    const own = gramsOf(text);
    if (own.size === 0) continue;
    const key = [...own].sort().join('\u0000');
    const first = firsts.get(key);
    if (first !== undefined) {
      pairs.push({ lowerId: first, higherId: id, similarity: 1 });
      continue;
    }
    firsts.set(key, id);
    for (const mate of table.join(id, bands ?? bandsOf(own))) {
      const similarity = jaccard(own, grams.get(mate)!);
      if (similarity >= DUPLICATE_FROM) pairs.push({ lowerId: mate, higherId: id, similarity });
    }
    grams.set(id, own);
  }
  return pairs.sort((a, b) => {
    const [left, right] = a.lowerId === b.lowerId ? [a.higherId, b.higherId] : [a.lowerId, b.lowerId];
    return left < right ? -1 : 1;
  });
}
