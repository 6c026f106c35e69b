import type { Meaning } from './meaning.js';

/** What follows from a document and the corpus alone. */
export interface DocumentSense {
  readonly meaning: Meaning;
  /** Σ idf of the terms of title and keywords. */
  readonly mass: number;
  /** Of those that are pairs of characters. */
  readonly pairMass: number;
}

const ROW = 3;

/** The sense of documents by slot, filled as it is asked for: a byte per dimension and twelve more. */
export class SlotMemory {
  private steps = new Int8Array(0);
  /** Scale of the meaning, mass, mass of pairs; NaN where not known. */
  private numbers = new Float32Array(0);

  constructor(private readonly width: number) {}

  /** `make` is called when the slot is not known. */
  at(slot: number, make: () => DocumentSense): DocumentSense {
    const row = slot * ROW;
    if (row >= this.numbers.length) this.grow(slot + 1);
    const { numbers } = this;
    const steps = this.steps.subarray(slot * this.width, (slot + 1) * this.width);
    if (Number.isNaN(numbers[row]!)) {
      const { meaning, mass, pairMass } = make();
      steps.set(meaning.steps);
      numbers.set([meaning.scale, mass, pairMass], row);
    }
    return {
      meaning: { steps, scale: numbers[row]! },
      mass: numbers[row + 1]!,
      pairMass: numbers[row + 2]!,
    };
  }

  /** Forgets all: slots have moved. */
  clear(): void {
    this.numbers.fill(Number.NaN);
  }

  private grow(needed: number): void {
    const count = needed + (needed >> 2);
    const steps = new Int8Array(count * this.width);
    const numbers = new Float32Array(count * ROW).fill(Number.NaN);
    steps.set(this.steps);
    numbers.set(this.numbers);
    this.steps = steps;
    this.numbers = numbers;
  }
}
