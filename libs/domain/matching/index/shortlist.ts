import type { OfferKind } from '#libs/domain/market/record-kinds.js';
import type { LexicalQuery } from '../build-query.js';
import { findExclusion } from '../find-exclusion.js';
import type { MatchNeed, MatchOptions } from '../match-types.js';
import type { TermIdf } from '../term-idf.js';
import type { CapabilityIndex } from './capability-index.js';
import { SlotScores } from './slot-scores.js';

/** What ranking asks of an index: scores by slot, and which document stands in a slot. */
export interface ScoredIndex extends TermIdf {
  readonly slotCount: number;
  /** Null for a slot without a document. */
  idAt(slot: number): string | null;
  score(query: LexicalQuery): Float32Array;
}

/** An index cut down to the documents worth loading for one need; slots are numbered anew. */
export interface Shortlist extends ScoredIndex {
  readonly ids: readonly string[];
}

/** Documents per kind of offer that are ranked with their structure, when there are more of the kind. */
export const SHORTLIST_SIZE = 1000;

/** Whether the rules allow the document in a slot, from the columns alone. */
function allows(
  index: CapabilityIndex,
  need: MatchNeed,
  { now, rules }: Pick<MatchOptions, 'now' | 'rules'>,
): (slot: number) => boolean {
  const { columns, organisations } = index.facts;
  return (slot) => {
    const id = index.idAt(slot);
    if (id === null) return false;
    const expiry = columns.expiresAt[slot]!;
    const capability = {
      id,
      organisationId: organisations.nameOf(columns.organisation[slot]!) ?? null,
      published: columns.published[slot] === 1,
      expiresAt: Number.isFinite(expiry) ? new Date(expiry) : null,
    };
    return findExclusion(need, capability, now, rules) === null;
  };
}

/** All slots of the kind that the rules let pass when they are few, otherwise those of the best text. */
export function slotsOfKind(
  index: CapabilityIndex,
  need: MatchNeed,
  scores: SlotScores,
  kind: OfferKind,
  { size, ...options }: Pick<MatchOptions, 'now' | 'rules'> & { readonly size: number },
): number[] {
  const accept = allows(index, need, options);
  const { columns, kinds } = index.facts;
  const column = columns.kind;
  const number = kinds.find(kind);
  if (number < 0) return [];
  const all: number[] = [];
  for (let slot = 0; slot < index.slotCount && all.length <= size; slot += 1)
    if (column[slot] === number && index.idAt(slot) !== null) all.push(slot);
  if (all.length <= size) return all.filter(accept);
  return [...index.topSlots(scores, size, (slot) => column[slot] === number && accept(slot))];
}

/** Slots of documents of the kind, by their ids, that the rules let pass; those the index does not hold are left out. */
export function slotsOfIds(
  index: CapabilityIndex,
  need: MatchNeed,
  ids: readonly string[],
  kind: OfferKind,
  options: Pick<MatchOptions, 'now' | 'rules'>,
): number[] {
  const accept = allows(index, need, options);
  const { columns, kinds } = index.facts;
  const number = kinds.find(kind);
  return ids.flatMap((id) => {
    const slot = index.slotOf(id);
    return slot !== undefined && columns.kind[slot] === number && accept(slot) ? [slot] : [];
  });
}

/**
 * The documents a need is ranked against. Every document is scored by its text and checked against the rules; of each
 * kind with more than `size` documents, the `size` best by text go on.
 */
export function shortlistFor(
  index: CapabilityIndex,
  need: MatchNeed,
  query: LexicalQuery,
  kinds: readonly OfferKind[],
  options: Pick<MatchOptions, 'now' | 'rules'> & { size?: number },
): Shortlist {
  const scores = new SlotScores(index.score(query));
  const size = options.size ?? SHORTLIST_SIZE;
  const slots = kinds.flatMap((kind) => slotsOfKind(index, need, scores, kind, { ...options, size }));
  return cutDown(index, scores, slots);
}

/** A shortlist of one document, scored by {@link CapabilityIndex.scorerOf}. */
export function shortlistOf(id: string, score: number, idf: TermIdf): Shortlist {
  return {
    ids: [id],
    slotCount: 1,
    idAt: (slot) => (slot === 0 ? id : null),
    score: () => Float32Array.of(score),
    idf: (term) => idf.idf(term),
  };
}

/** The documents of some slots, by those slots. */
export function cutDown(index: CapabilityIndex, { values }: SlotScores, slots: readonly number[]): Shortlist {
  const ids = slots.map((slot) => index.idAt(slot)!);
  const kept = Float32Array.from(slots, (slot) => values[slot]!);
  return {
    ids,
    slotCount: ids.length,
    idAt: (slot) => ids[slot] ?? null,
    score: () => kept,
    idf: (term) => index.idf(term),
  };
}
