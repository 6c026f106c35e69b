import type { DocumentReader } from './document-reader.js';
import { SlotPool } from './slot-pool.js';

/** What is read of one document's text. */
export interface DocumentTerms {
  /** UTF-16 units of the normalised title. */
  readonly title: Uint16Array;
  /** Distinct term numbers, in the order of their first appearance. */
  readonly terms: Int32Array;
  /** Packed counts ({@link packCounts}) of each. */
  readonly codes: Uint16Array;
  /** Tokens of title, keywords, text. */
  readonly lengths: readonly [number, number, number];
}

/** Terms, titles and keywords as they are stored. */
export interface DocumentPools {
  readonly terms: { units: Uint8Array; lengths: Uint32Array };
  readonly titles: { units: Uint16Array; lengths: Uint32Array };
  readonly keywords: { units: Uint16Array; lengths: Uint32Array };
}

const KEYWORD_END = 0;

/** Writes the number in groups of seven bits, lowest first; returns the place behind it. */
function writeGroups(bytes: Uint8Array, start: number, number: number): number {
  let at = start;
  let rest = number;
  while (rest >= 128) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) units[at] = text.charCodeAt(at);
  return units;
}

/**
 * The documents of an index as ranking reads them: about 3.5 bytes per distinct term and two per character of title and
 * keywords, so that no document has to be fetched and read again to be ranked.
 */
export class DocumentStore {
  private readonly terms = new SlotPool<Uint8Array>(new Uint8Array(0));
  private readonly titles = new SlotPool<Uint16Array>(new Uint16Array(0));
  private readonly keywords = new SlotPool<Uint16Array>(new Uint16Array(0));
  private bytes = new Uint8Array(4096);
  private numbers = new Int32Array(512);
  private counts = new Uint16Array(512);

  /** The document that `reader` has read last. */
  write(slot: number, reader: DocumentReader): void {
    const most = 8 * reader.size;
    if (this.bytes.length < most) this.bytes = new Uint8Array(2 * most);
    let end = 0;
    for (let place = 0; place < reader.size; place += 1) {
      end = writeGroups(this.bytes, end, reader.terms[place]!);
      end = writeGroups(this.bytes, end, reader.codeAt(place));
    }
    this.terms.write(slot, this.bytes, end);
    this.titles.write(slot, unitsOf(reader.normalised.title));
    const keywords = reader.normalised.keywords.map((word) => `${word}\u0000`).join('');
    this.keywords.write(slot, unitsOf(keywords));
  }

  /** In memory that the next call uses again. `lengths` of the document are kept with the facts. */
  read(slot: number, lengths: readonly [number, number, number]): DocumentTerms {
    const bytes = this.terms.read(slot);
    if (this.numbers.length < bytes.length) {
      this.numbers = new Int32Array(2 * bytes.length);
      this.counts = new Uint16Array(2 * bytes.length);
    }
    const size = this.decode(bytes);
    const terms = this.numbers.subarray(0, size);
    return { title: this.titles.read(slot), terms, codes: this.counts.subarray(0, size), lengths };
  }

  /** Normalised. */
  keywordsAt(slot: number): string[] {
    const words: string[] = [];
    let word = '';
    for (const unit of this.keywords.read(slot)) {
      if (unit !== KEYWORD_END) word += String.fromCharCode(unit);
      else {
        words.push(word);
        word = '';
      }
    }
    return words;
  }

  compact(placeOf: Int32Array, count: number): void {
    for (const pool of [this.terms, this.titles, this.keywords]) pool.compact(placeOf, count);
  }

  pack(count: number): DocumentPools {
    return {
      terms: this.terms.pack(count),
      titles: this.titles.pack(count),
      keywords: this.keywords.pack(count),
    };
  }

  static restore({ terms, titles, keywords }: DocumentPools): DocumentStore {
    const store = new DocumentStore();
    store.terms.restore(terms);
    store.titles.restore(titles);
    store.keywords.restore(keywords);
    return store;
  }

  /** Numbers and counts of a row, into scratch memory; returns how many. */
  private decode(bytes: Uint8Array): number {
    const { numbers, counts } = this;
    let size = 0;
    let at = 0;
    while (at < bytes.length) {
      let byte = bytes[at++]!;
      let number = byte & 127;
      for (let shift = 7; byte >= 128; shift += 7) {
        byte = bytes[at++]!;
        number |= (byte & 127) << shift;
      }
      numbers[size] = number;
      byte = bytes[at++]!;
      number = byte & 127;
      for (let shift = 7; byte >= 128; shift += 7) {
        byte = bytes[at++]!;
        number |= (byte & 127) << shift;
      }
      counts[size++] = number;
    }
    return size;
  }
}
