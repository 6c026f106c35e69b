import { grown } from './grow-array.js';

/**
 * Postings of the documents that came since the main segment was built: one node per posting, chained by term, so that
 * a document is added in time proportional to its own length and seen by the next query.
 */
export class DeltaSegment {
  /** Nodes in use; the arrays may be longer. Nodes stand in the order of their slots. */
  length = 0;
  terms = new Int32Array(0);
  slots = new Int32Array(0);
  /** Packed counts ({@link packCounts}). */
  codes = new Uint16Array(0);
  impacts = new Uint8Array(0);
  /** The term's node before, −1 at the end. */
  next = new Int32Array(0);
  private heads = new Int32Array(0);

  /** Newest node of a term, −1 when it has none. */
  head(term: number): number {
    return term < this.heads.length ? this.heads[term]! : -1;
  }

  add(term: number, slot: number, code: number, impact: number): void {
    const node = this.length;
    if (node === this.terms.length) this.grow(node + 1);
    if (term >= this.heads.length) this.heads = grown(this.heads, term + 1, -1);
    this.terms[node] = term;
    this.slots[node] = slot;
    this.codes[node] = code;
    this.impacts[node] = impact;
    this.next[node] = this.heads[term]!;
    this.heads[term] = node;
    this.length += 1;
  }

  /** Empties the segment; unless `keepRoom`, its memory is given back. */
  clear(keepRoom: boolean): void {
    this.length = 0;
    this.heads.fill(-1);
    if (keepRoom) return;
    this.terms = new Int32Array(0);
    this.slots = new Int32Array(0);
    this.codes = new Uint16Array(0);
    this.impacts = new Uint8Array(0);
    this.next = new Int32Array(0);
  }

  private grow(needed: number): void {
    const size = Math.max(needed, 4096);
    this.terms = grown(this.terms, size);
    this.slots = grown(this.slots, size);
    this.codes = grown(this.codes, size);
    this.impacts = grown(this.impacts, size);
    this.next = grown(this.next, size);
  }
}
