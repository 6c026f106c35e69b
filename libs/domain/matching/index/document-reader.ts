import type { MatchCapability } from '../match-types.js';
import { normaliseText } from '../normalise-text.js';
import { packCounts } from './bm25f.js';
import { otherNamesIn } from '../term-names/term-names.js';
import type { DocumentTerms } from './document-store.js';
import { grown } from './grow-array.js';
import type { TermDictionary } from './term-dictionary.js';
import { eachTerm } from './term-key.js';

const STAMP_LIMIT = 2 ** 30;

/** Counts the terms of one document at a time in scratch memory; results hold until the next document. */
export class DocumentReader {
  /** Distinct terms of the document; `terms` and `codes` are longer. */
  size = 0;
  terms = new Int32Array(512);
  /** Tokens of title, keywords, text. */
  readonly lengths: [number, number, number] = [0, 0, 0];
  readonly normalised: { title: string; keywords: string[] } = { title: '', keywords: [] };
  private title = new Int32Array(512);
  private keywords = new Int32Array(512);
  private text = new Int32Array(512);
  /** Per term number, base + its place in this document; anything below base is of an earlier one. */
  private stamps = new Int32Array(0);
  private base = 1;

  constructor(private readonly dictionary: TermDictionary) {}

  read(capability: MatchCapability): void {
    this.base += this.size;
    if (this.base > STAMP_LIMIT) {
      this.stamps.fill(0);
      this.base = 1;
    }
    this.size = 0;
    const title = normaliseText(capability.title);
    const keywords = capability.keywords.map(normaliseText);
    this.normalised.title = title;
    this.normalised.keywords = keywords;
    this.lengths[0] = this.readField(title, () => this.title);
    this.lengths[1] = this.readField(keywords.join(' ; '), () => this.keywords);
    this.lengths[2] = this.readField(normaliseText(capability.text), () => this.text);
  }

  /** Packed counts of the term at this place. */
  codeAt(place: number): number {
    return packCounts(this.title[place]!, this.keywords[place]!, this.text[place]!);
  }

  /** The document read, in memory of its own. */
  toTerms(): DocumentTerms {
    const { title } = this.normalised;
    return {
      title: Uint16Array.from({ length: title.length }, (_, at) => title.charCodeAt(at)),
      terms: this.terms.slice(0, this.size),
      codes: Uint16Array.from({ length: this.size }, (_, place) => this.codeAt(place)),
      lengths: [...this.lengths],
    };
  }

  private readField(normalised: string, counts: () => Int32Array): number {
    let length = 0;
    const count = (key: number) => {
      const place = this.placeOf(this.dictionary.add(key));
      counts()[place]! += 1;
    };
    eachTerm(normalised, (key) => {
      count(key);
      length += 1;
    });
    eachTerm(otherNamesIn(normalised), count);
    return length;
  }

  private placeOf(term: number): number {
    if (term >= this.stamps.length) this.stamps = grown(this.stamps, term + 1);
    const known = this.stamps[term]! - this.base;
    if (known >= 0) return known;
    const place = this.size;
    if (place === this.terms.length) this.widen(place + 1);
    this.terms[place] = term;
    this.title[place] = 0;
    this.keywords[place] = 0;
    this.text[place] = 0;
    this.stamps[term] = this.base + place;
    this.size += 1;
    return place;
  }

  private widen(needed: number): void {
    this.terms = grown(this.terms, needed);
    this.title = grown(this.title, needed);
    this.keywords = grown(this.keywords, needed);
    this.text = grown(this.text, needed);
  }
}
