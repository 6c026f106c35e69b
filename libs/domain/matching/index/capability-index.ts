import type { LexicalQuery } from '../build-query.js';
import type { MatchCapability } from '../match-types.js';
import { DEFAULT_BM25, FIELD_COUNT, fieldNorm, impactOf, type Bm25Options } from './bm25f.js';
import { CapabilityFacts } from './capability-facts.js';
import { EMPTY_STATISTICS, type CorpusStatistics } from './corpus-statistics.js';
import { DeltaSegment } from './delta-segment.js';
import { DocumentReader } from './document-reader.js';
import { DocumentStore, type DocumentTerms } from './document-store.js';
import { EMPTY_SEGMENT, mergeSegments, type MainSegment } from './main-segment.js';
import { documentScorer, SlotScorer, type WeighedQuery, type WeightedTerm } from './score-slots.js';
import type { SlotScores } from './slot-scores.js';
import { SlotTable } from './slot-table.js';
import { readSnapshot, writeSnapshot, type SnapshotParts } from './snapshot.js';
import { refreshImpacts, takeStatistics } from './take-statistics.js';
import { TermDictionary } from './term-dictionary.js';
import { termKey } from './term-key.js';
import { TermWeights } from './term-weights.js';
import { selectTop } from './top-slots.js';

/** Edits held beside the main segment before they are merged into it: the larger of a number and a share. */
const DELTA_MIN = 2000;
const DELTA_SHARE = 0.05;
/** While many come at once the delta may be larger, so that they are merged in fewer passes. */
const BULK_MIN = 50_000;
const BULK_MAX = 100_000;
/** Statistics an index takes for itself are taken again when more than this share of the corpus has changed. */
const STALE_SHARE = 0.1;

/**
 * Inverted index of capabilities for BM25F that holds a million of them in typed arrays: one frozen main segment, a
 * small delta of later edits, and tombstones. An edit is seen by the next query and costs the length of its own text;
 * now and then (2,000 edits or 5 %) one of them pays for a merge, linear in the postings.
 *
 * Scores follow from a document, the query and the corpus statistics alone: not from the order of arrival, nor from
 * merges. An index takes the statistics itself until {@link useStatistics} gives it shared ones.
 *
 * Slots number the documents, removed ones included, until the next merge: keep none across `put`, `remove`, `freeze`.
 */
export class CapabilityIndex {
  readonly facts: CapabilityFacts;
  readonly dictionary: TermDictionary;
  readonly documents: DocumentStore;
  readonly options: Bm25Options;
  private readonly weights = new TermWeights();
  private readonly table: SlotTable;
  private readonly reader: DocumentReader;
  private readonly scorer = new SlotScorer();
  private readonly segments: { main: MainSegment; readonly delta: DeltaSegment };
  private current: CorpusStatistics;
  private shared = false;
  private changes = 0;
  private bulk = false;
  private merges = 0;

  constructor(
    capabilities: Iterable<MatchCapability> = [],
    options: Partial<Bm25Options> = {},
    parts?: SnapshotParts,
  ) {
    this.options = { ...DEFAULT_BM25, ...options };
    this.facts = parts?.facts ?? new CapabilityFacts();
    this.dictionary = parts?.dictionary ?? new TermDictionary();
    this.documents = parts ? DocumentStore.restore(parts.documents) : new DocumentStore();
    this.segments = { main: parts?.main ?? EMPTY_SEGMENT, delta: new DeltaSegment() };
    this.table = new SlotTable(parts?.ids);
    this.reader = new DocumentReader(this.dictionary);
    // The impacts of a snapshot are by its statistics already.
    this.current = parts?.statistics ?? EMPTY_STATISTICS;
    if (parts) this.adopt(parts.statistics);
    this.shared = this.current.version > 0;
    this.putAll(capabilities);
  }

  /** Live documents. */
  get size(): number {
    return this.table.size;
  }

  /** One more than the highest slot in use; scores are indexed by slot. */
  get slotCount(): number {
    return this.table.slotCount;
  }

  /** What scores are computed with. */
  get statistics(): CorpusStatistics {
    this.takeOwnStatistics();
    return this.current;
  }

  /** Raised by every merge: what a snapshot file may be older than. */
  get generation(): number {
    return this.merges;
  }

  /** Puts and removals since the statistics in use were taken or given. */
  get changesSinceStatistics(): number {
    return this.changes;
  }

  versionOf(id: string): number | undefined {
    const slot = this.table.slotOf(id);
    return slot === undefined ? undefined : this.facts.columns.version[slot];
  }

  /** Null for the slot of a removed document. */
  idAt(slot: number): string | null {
    return this.table.idAt(slot);
  }

  slotOf(id: string): number | undefined {
    return this.table.slotOf(id);
  }

  /** Adds a capability, or replaces the one of the same id. */
  put(capability: MatchCapability): void {
    this.table.remove(capability.id);
    const slot = this.table.add(capability.id);
    this.reader.read(capability);
    this.facts.write(slot, capability);
    this.documents.write(slot, this.reader);
    const { lengths, terms } = this.reader;
    this.facts.columns.lengths.set(lengths, slot * FIELD_COUNT);
    const [title, keywords, text] = this.normsOf(lengths);
    for (let place = 0; place < this.reader.size; place += 1) {
      const code = this.reader.codeAt(place);
      this.segments.delta.add(
        terms[place]!,
        slot,
        code,
        impactOf(code, title, keywords, text, this.options.k1),
      );
    }
    this.changes += 1;
    this.mergeWhenLarge();
  }

  /** Part of many: merged in few passes. To be followed by {@link freeze} after the last part. */
  putPart(capabilities: Iterable<MatchCapability>): void {
    this.bulk = true;
    for (const capability of capabilities) this.put(capability);
    this.bulk = false;
  }

  /** Many at once: merged in few passes, and all of them at the end. */
  putAll(capabilities: Iterable<MatchCapability>): void {
    this.putPart(capabilities);
    this.freeze();
  }

  /** False when there was no such capability. */
  remove(id: string): boolean {
    if (!this.table.remove(id)) return false;
    this.changes += 1;
    this.mergeWhenLarge();
    return true;
  }

  /** Merges the delta into the main segment and closes the gaps of removed documents. Scores stay; slots move. */
  freeze(): void {
    if (this.segments.delta.length === 0 && this.table.removed === 0 && this.table.fresh === 0) return;
    const places = this.table.compactPlaces();
    this.segments.main = mergeSegments(this.segments.main, this.segments.delta, places, this.dictionary.size);
    this.facts.compact(places, this.table.size);
    this.documents.compact(places, this.table.size);
    this.table.compact();
    this.segments.delta.clear(this.bulk);
    this.merges += 1;
  }

  /** ln(1 + (N − df + ½)/(df + ½)) by the current statistics; the highest value for a term no capability has. */
  idf(term: string): number {
    this.takeOwnStatistics();
    return this.weights.idf(this.dictionary.find(termKey(term)));
  }

  /**
   * BM25F of every slot, divided by √Σ weight·idf of the query so that different needs can be compared; 0 for removed
   * ones. The array is used again by the next call.
   */
  score(query: LexicalQuery): Float32Array {
    const { terms, mass } = this.weigh(query);
    const { slotCount } = this;
    const scores = this.scorer.score(this.segments, terms, { mass, limit: this.options.k1 + 1, slotCount });
    for (const slot of this.table.removedSlots()) scores[slot] = 0;
    return scores;
  }

  /** A query by the current statistics; not to be kept when they change. */
  weigh(query: LexicalQuery): WeighedQuery {
    this.takeOwnStatistics();
    const terms: WeightedTerm[] = [];
    let mass = 0;
    for (const [term, queryWeight] of query) {
      const number = this.dictionary.find(termKey(term));
      const weight = queryWeight * this.weights.idf(number);
      mass += weight;
      if (number >= 0 && weight > 0) terms.push({ number, weight });
    }
    return { terms, mass };
  }

  /** {@link idf} by the term's number in the {@link dictionary}. */
  idfAt(number: number): number {
    return this.weights.idf(number);
  }

  /** The document in a slot, in memory that the next call uses again. */
  documentAt(slot: number): DocumentTerms {
    const [title, keywords, text] = this.facts.columns.lengths.subarray(slot * FIELD_COUNT);
    return this.documents.read(slot, [title!, keywords!, text!]);
  }

  /** A document that need not be in the index, as {@link documentAt} would give it. */
  documentOf(capability: MatchCapability): DocumentTerms {
    this.reader.read(capability);
    return this.reader.toTerms();
  }

  /** BM25F without idf of a document's terms by their packed counts, in 255ths of k1 + 1. */
  impactsOf({ lengths }: DocumentTerms): (code: number) => number {
    const { k1 } = this.options;
    const [title, keywords, text] = this.normsOf(lengths);
    return (code) => impactOf(code, title, keywords, text, k1);
  }

  /** Scores one document against many queries without reading the others: exactly what {@link score} gives its slot. */
  scorerOf(capability: MatchCapability): (query: WeighedQuery) => number {
    this.takeOwnStatistics();
    const document = this.documentOf(capability);
    return documentScorer(document, this.impactsOf(document), this.options.k1 + 1);
  }

  /** The `k` live slots of the highest positive scores, equal scores by id; `accept` is asked about few of the others. */
  topSlots(scores: SlotScores, k: number, accept?: (slot: number) => boolean): Int32Array {
    const live = (slot: number) => this.idAt(slot) !== null && (!accept || accept(slot));
    return selectTop(scores, k, (slot) => this.idAt(slot), live);
  }

  /** Counts the corpus as it is now; linear in the postings. Nothing is scored by it until {@link useStatistics}. */
  takeStatistics(version: number): CorpusStatistics {
    const { lengths } = this.facts.columns;
    return takeStatistics(this.segments, this.dictionary, lengths, this.table.compactPlaces(), version);
  }

  /** Scores by these statistics from now on, until others are given. */
  useStatistics(statistics: CorpusStatistics): void {
    this.shared = true;
    this.adopt(statistics);
  }

  /** The whole index in chunks of at most 64 MiB, after a {@link freeze}. To be used up before the next change. */
  snapshot(): Iterable<Uint8Array> {
    this.freeze();
    return writeSnapshot({
      options: this.options,
      statistics: this.statistics,
      dictionary: this.dictionary,
      main: this.segments.main,
      facts: this.facts,
      documents: this.documents.pack(this.table.size),
      ids: this.table.toIds(),
    });
  }

  /** Reads what {@link snapshot} wrote, however it is cut. Throws BrokenSnapshot when it is torn or of another format. */
  static load(chunks: Iterable<Uint8Array>): CapabilityIndex {
    const parts = readSnapshot(chunks);
    return new CapabilityIndex([], parts.options, parts);
  }

  private normsOf(lengths: readonly [number, number, number]): [number, number, number] {
    const norm = (field: 0 | 1 | 2) =>
      fieldNorm(this.options, field, lengths[field], this.current.meanLengths[field]);
    return [norm(0), norm(1), norm(2)];
  }

  private mergeWhenLarge(): void {
    const { fresh, removed, size } = this.table;
    const share = Math.max(DELTA_MIN, size * DELTA_SHARE);
    const limit = this.bulk ? Math.max(share, BULK_MIN, Math.min(BULK_MAX, size / 2)) : share;
    if (fresh + removed > limit) this.freeze();
  }

  private takeOwnStatistics(): void {
    if (this.shared || this.changes <= STALE_SHARE * this.current.documents) return;
    this.adopt(this.takeStatistics(0));
  }

  private adopt(statistics: CorpusStatistics): void {
    const before = this.current.meanLengths;
    const moved = statistics.meanLengths.some((mean, field) => mean !== before[field]);
    this.current = statistics;
    this.changes = 0;
    this.weights.adopt(statistics, this.dictionary);
    if (!moved) return;
    refreshImpacts(this.segments, this.facts.columns.lengths, this.slotCount, this.options, statistics);
  }
}
