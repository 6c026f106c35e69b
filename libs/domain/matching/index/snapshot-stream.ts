/** The bytes are not a snapshot of this format, or not all of it. */
export class BrokenSnapshot extends Error {}

type Section = Int32Array | Uint32Array | Int16Array | Uint16Array | Uint8Array | Float32Array | Float64Array;

const ALIGNMENT = 8;
const CHUNK_BYTES = 64 * 1024 * 1024;

const FNV_START = 0x811c9dc5;

/** FNV-1a over 32-bit words, going on from `start`: finds torn and flipped bytes, is no defence against forgery. */
function checksum(bytes: Uint8Array, start: number): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let hash = start;
  for (let at = 0; at < words.length; at += 1) hash = Math.imul(hash ^ words[at]!, 0x01000193);
  return hash;
}

/** The section's bytes and as many zeros as make whole words of eight. */
function* sectionChunks(section: Section): Generator<Uint8Array> {
  const bytes = new Uint8Array(section.buffer, section.byteOffset, section.byteLength);
  const whole = bytes.length - (bytes.length % ALIGNMENT);
  const tail = new Uint8Array(bytes.length > whole ? ALIGNMENT : 0);
  tail.set(bytes.subarray(whole));
  for (let at = 0; at < whole; at += CHUNK_BYTES) yield bytes.subarray(at, Math.min(whole, at + CHUNK_BYTES));
  if (tail.length > 0) yield tail;
}

/** A section followed by eight bytes: its checksum and its length modulo 2^32. */
export function* writeSection(section: Section): Generator<Uint8Array> {
  let hash = FNV_START;
  for (const chunk of sectionChunks(section)) {
    hash = checksum(chunk.byteOffset % 4 === 0 ? chunk : chunk.slice(), hash);
    yield chunk;
  }
  yield new Uint8Array(new Uint32Array([hash, section.byteLength]).buffer);
}

/** Reads sections from a stream of chunks of any size. */
export class SectionReader {
  private readonly chunks: Iterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: Iterable<Uint8Array>) {
    this.chunks = chunks[Symbol.iterator]();
  }

  /** A section of `length` elements. Throws {@link BrokenSnapshot}. */
  read<T extends Section>(
    Constructor: new (buffer: ArrayBuffer, offset: number, length: number) => T,
    length: number,
    elementBytes: number,
  ): T {
    const byteLength = length * elementBytes;
    const buffer = new ArrayBuffer(Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT);
    this.readInto(new Uint8Array(buffer));
    const hash = checksum(new Uint8Array(buffer), FNV_START) >>> 0;
    const end = new Uint32Array(2);
    this.readInto(new Uint8Array(end.buffer));
    if (end[0] !== hash || end[1] !== byteLength >>> 0) throw new BrokenSnapshot('checksum does not match');
    return new Constructor(buffer, 0, length);
  }

  private readInto(target: Uint8Array): void {
    let at = 0;
    while (at < target.length) {
      if (this.rest.length === 0) {
        const { done, value } = this.chunks.next();
        if (done === true) throw new BrokenSnapshot('ends too early');
        this.rest = value;
        continue;
      }
      const part = this.rest.subarray(0, target.length - at);
      target.set(part, at);
      at += part.length;
      this.rest = this.rest.subarray(part.length);
    }
  }
}
