import type { LexicalQuery } from './build-query.js';
import type { MatchCapability } from './match-types.js';
import { normaliseText } from './normalise-text.js';
import { freezePostings, type ForwardEntry, type FrozenPostings } from './postings.js';
import { tokenise } from './tokenise.js';

const FIELD_COUNT = 3;
const COUNT_MAX = 65535;

/**
 * Inverted index of capabilities for BM25F. Documents are kept forward (terms per document) and the postings are
 * rebuilt when first asked after a change: linear in the number of postings.
 * Scores do not depend on the order in which documents came in.
 */
export class CapabilityIndex {
  private readonly termNumbers = new Map<string, number>();
  private readonly slots = new Map<string, number>();
  private readonly capabilities: (MatchCapability | null)[] = [];
  private readonly entries: (ForwardEntry | null)[] = [];
  private readonly freeSlots: number[] = [];
  private frozen: FrozenPostings | null = null;

  constructor(capabilities: Iterable<MatchCapability> = []) {
    for (const capability of capabilities) this.put(capability);
  }

  get size(): number {
    return this.slots.size;
  }

  /** One more than the highest slot in use; scores are indexed by slot. */
  get slotCount(): number {
    return this.capabilities.length;
  }

  /** Adds a capability, or replaces the one of the same id. */
  put(capability: MatchCapability): void {
    const slot = this.slots.get(capability.id) ?? this.freeSlots.pop() ?? this.capabilities.length;
    this.slots.set(capability.id, slot);
    this.capabilities[slot] = capability;
    this.entries[slot] = this.readDocument(capability);
    this.frozen = null;
  }

  /** False when there was no such capability. */
  remove(id: string): boolean {
    const slot = this.slots.get(id);
    if (slot === undefined) return false;
    this.slots.delete(id);
    this.capabilities[slot] = null;
    this.entries[slot] = null;
    this.freeSlots.push(slot);
    this.frozen = null;
    return true;
  }

  at(slot: number): MatchCapability | null {
    return this.capabilities[slot] ?? null;
  }

  get(id: string): MatchCapability | null {
    const slot = this.slots.get(id);
    return slot === undefined ? null : this.at(slot);
  }

  /** ln(1 + (N − df + ½)/(df + ½)); the highest value for a term no capability has. */
  idf(term: string): number {
    const postings = this.postings();
    const number = this.termNumbers.get(term);
    return number === undefined ? postings.unseenIdf : (postings.idf[number] ?? postings.unseenIdf);
  }

  /** BM25F of every slot, divided by √Σ weight·idf of the query so that different needs can be compared. */
  score(query: LexicalQuery): Float64Array {
    const postings = this.postings();
    const scores = new Float64Array(this.slotCount);
    let mass = 0;
    for (const [term, weight] of query) {
      const number = this.termNumbers.get(term);
      const idf = number === undefined ? postings.unseenIdf : (postings.idf[number] ?? postings.unseenIdf);
      mass += weight * idf;
      if (number === undefined) continue;
      const { offsets, slots, impacts } = postings;
      const end = offsets[number + 1] ?? 0;
      for (let at = offsets[number] ?? end; at < end; at += 1) {
        const slot = slots[at] ?? 0;
        scores[slot] = (scores[slot] ?? 0) + weight * idf * (impacts[at] ?? 0);
      }
    }
    if (mass > 0)
      for (let slot = 0; slot < scores.length; slot += 1)
        scores[slot] = (scores[slot] ?? 0) / Math.sqrt(mass);
    return scores;
  }

  private postings(): FrozenPostings {
    this.frozen ??= freezePostings(this.entries, this.termNumbers.size);
    return this.frozen;
  }

  private numberOf(term: string): number {
    const known = this.termNumbers.get(term);
    if (known !== undefined) return known;
    const number = this.termNumbers.size;
    this.termNumbers.set(term, number);
    return number;
  }

  private readDocument(capability: MatchCapability): ForwardEntry {
    const fields = [capability.title, capability.keywords.join(' ; '), capability.text];
    const counts = new Map<number, [number, number, number]>();
    const lengths: [number, number, number] = [0, 0, 0];
    for (let field = 0; field < FIELD_COUNT; field += 1) {
      for (const token of tokenise(normaliseText(fields[field] ?? ''))) {
        const number = this.numberOf(token);
        let row = counts.get(number);
        if (!row) counts.set(number, (row = [0, 0, 0]));
        row[field] = Math.min(COUNT_MAX, (row[field] ?? 0) + 1);
        lengths[field] = (lengths[field] ?? 0) + 1;
      }
    }
    return {
      terms: Int32Array.from(counts.keys()),
      counts: Uint16Array.from([...counts.values()].flat()),
      lengths,
    };
  }
}
