import type { DocumentSense } from './slot-memory.js';

/** Which document stands in a slot. */
interface SlotDocument {
  readonly id: string;
  readonly version: number;
}

/** Numbers of a slot: its state, two halves of its document's fingerprint; scale of the meaning, mass, mass of pairs. */
const ROW = 3;
const BYTES = 4;

const EMPTY = 0;
const TAKEN = 1;
const WRITTEN = 2;

/**
 * The sense of documents by slot, for threads that hold the same index and the same statistics: what one has read the
 * others need not read. A slot is written once and never changed, so what was found in it stays as it is. Threads may
 * differ in which document stands in a slot; then the first one's stays, and the others are told nothing.
 */
export class SharedSenses {
  private readonly marks: Int32Array;
  private readonly numbers: Float32Array;
  private readonly steps: Int8Array;

  /** Memory for so many slots: 24 bytes each and one per dimension. */
  static allocate(slots: number, width: number): SharedArrayBuffer {
    return new SharedArrayBuffer(slots * (2 * ROW * BYTES + width));
  }

  constructor(
    readonly memory: SharedArrayBuffer,
    private readonly width: number,
  ) {
    const slots = memory.byteLength / (2 * ROW * BYTES + width);
    this.marks = new Int32Array(memory, 0, slots * ROW);
    this.numbers = new Float32Array(memory, slots * ROW * BYTES, slots * ROW);
    this.steps = new Int8Array(memory, 2 * slots * ROW * BYTES, slots * width);
  }

  /** The sense of a document; `make` is called when nobody has read it. Null when the slot is not to be had. */
  at(slot: number, document: SlotDocument, make: () => DocumentSense): DocumentSense | null {
    const row = slot * ROW;
    if (row >= this.marks.length) return null;
    if (Atomics.load(this.marks, row) === EMPTY) this.write(slot, document, make);
    if (Atomics.load(this.marks, row) !== WRITTEN) return null;
    const [one, two] = fingerprint(document);
    if (this.marks[row + 1] !== one || this.marks[row + 2] !== two) return null;
    const { numbers, width } = this;
    return {
      meaning: { steps: this.steps.subarray(slot * width, (slot + 1) * width), scale: numbers[row]! },
      mass: numbers[row + 1]!,
      pairMass: numbers[row + 2]!,
    };
  }

  private write(slot: number, document: SlotDocument, make: () => DocumentSense): void {
    const { meaning, mass, pairMass } = make();
    const row = slot * ROW;
    if (Atomics.compareExchange(this.marks, row, EMPTY, TAKEN) !== EMPTY) return;
    this.steps.set(meaning.steps, slot * this.width);
    this.numbers.set([meaning.scale, mass, pairMass], row);
    this.marks.set(fingerprint(document), row + 1);
    Atomics.store(this.marks, row, WRITTEN);
  }
}

/** 64 bits: FNV-1a with two offset bases. */
function fingerprint({ id, version }: SlotDocument): [number, number] {
  let one = 0x811c9dc5 ^ version;
  let two = 0x5bd1e995 + version;
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x01000193);
  }
  return [one | 0, two | 0];
}
