import { grown } from './grow-array.js';

/** A table fuller than this is doubled. */
const MAX_LOAD = 0.6;
const MIN_CAPACITY = 1024;

function capacityFor(size: number): number {
  let capacity = MIN_CAPACITY;
  while (capacity * MAX_LOAD < size) capacity *= 2;
  return capacity;
}

/** Mixes both halves of a key below 2^53 (finaliser constants of MurmurHash3). */
function hashOf(key: number): number {
  const low = key | 0;
  const high = (key / 0x100000000) | 0;
  let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/**
 * Numbers terms 0, 1, 2, … by their keys ({@link termKey}). Open addressing in two typed arrays: 12 bytes a place and 8 a term, no
 * JavaScript object per term, so that millions of terms cost neither strings nor garbage collection.
 */
export class TermDictionary {
  private keys: Float64Array;
  private numbers: Int32Array;
  /** 1 + the number of each key that fits in 16 bits: single characters, half of all tokens. */
  private readonly singles = new Int32Array(0x10000);
  private count = 0;
  /** The keys by their numbers. */
  private ordered: Float64Array;

  constructor(expected = 0) {
    const capacity = capacityFor(expected);
    this.keys = new Float64Array(capacity);
    this.numbers = new Int32Array(capacity);
    this.ordered = new Float64Array(expected);
  }

  /** Numbers the keys by their place; equal keys must not occur. */
  static from(keys: Float64Array): TermDictionary {
    const dictionary = new TermDictionary(keys.length);
    for (const key of keys) dictionary.add(key);
    return dictionary;
  }

  get size(): number {
    return this.count;
  }

  /** The term's number, −1 when it is not known. */
  find(key: number): number {
    if (key < 0x10000) return this.singles[key]! - 1;
    const mask = this.keys.length - 1;
    for (let place = hashOf(key) & mask; ; place = (place + 1) & mask) {
      const held = this.keys[place];
      if (held === key) return this.numbers[place]!;
      if (held === 0) return -1;
    }
  }

  /** The term's number; an unknown term gets the next one. */
  add(key: number): number {
    if (key < 0x10000 && this.singles[key]! > 0) return this.singles[key]! - 1;
    const mask = this.keys.length - 1;
    let place = hashOf(key) & mask;
    for (; ; place = (place + 1) & mask) {
      const held = this.keys[place];
      if (held === key) return this.numbers[place]!;
      if (held === 0) break;
    }
    const number = this.count;
    this.keys[place] = key;
    this.numbers[place] = number;
    if (key < 0x10000) this.singles[key] = number + 1;
    this.ordered = grown(this.ordered, number + 1);
    this.ordered[number] = key;
    this.count += 1;
    if (this.count > this.keys.length * MAX_LOAD) this.rehash();
    return number;
  }

  /** The key of a number that was given out. */
  keyOf(number: number): number {
    return this.ordered[number]!;
  }

  /** The keys in the order of their numbers. */
  toKeys(): Float64Array {
    return this.ordered.slice(0, this.count);
  }

  private rehash(): void {
    const { keys, numbers } = this;
    this.keys = new Float64Array(keys.length * 2);
    this.numbers = new Int32Array(keys.length * 2);
    const mask = this.keys.length - 1;
    for (let from = 0; from < keys.length; from += 1) {
      const key = keys[from]!;
      if (key === 0) continue;
      let place = hashOf(key) & mask;
      while (this.keys[place] !== 0) place = (place + 1) & mask;
      this.keys[place] = key;
      this.numbers[place] = numbers[from]!;
    }
  }
}
