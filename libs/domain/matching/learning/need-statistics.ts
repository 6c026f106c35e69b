import type { MatchNeed } from '../match-types.js';
import { normaliseText } from '../normalise-text.js';
import { tokenise } from '../tokenise.js';

/** How much of a term's weight is left when every need holds it: (idf / idf of an unseen term) ^ 0.4. */
const EXPONENT = 0.4;

/** Documents and document frequencies of a collection of needs, as data. */
export interface NeedCounts {
  readonly documents: number;
  readonly frequencies: Readonly<Record<string, number>>;
}

/**
 * What needs are written with whatever they are about ("目前", "为了满足客户要求", "研发") learned from the needs themselves: a
 * term that many needs hold says little about one of them. Immutable.
 */
export class NeedStatistics {
  private readonly frequencies = new Map<string, number>();
  private readonly documents: number;
  private readonly unseen: number;
  /** By frequency; few of them differ. */
  private readonly weights = new Map<number, number>();

  /** Counts over `needs`, added to the counts of an earlier collection, so that a small market is not judged by itself. */
  constructor(needs: Iterable<Pick<MatchNeed, 'title' | 'body'>>, prior?: NeedCounts) {
    let documents = prior?.documents ?? 0;
    for (const [term, count] of Object.entries(prior?.frequencies ?? {})) this.frequencies.set(term, count);
    for (const { title, body } of needs) {
      documents += 1;
      for (const term of new Set(tokenise(`${normaliseText(title)} ; ${normaliseText(body)}`)))
        this.frequencies.set(term, (this.frequencies.get(term) ?? 0) + 1);
    }
    this.documents = documents;
    this.unseen = this.idf(0);
  }

  /** 1 for a term that no need holds, towards 0 for one that all hold. */
  weight(term: string): number {
    if (this.documents === 0) return 1;
    const frequency = this.frequencies.get(term) ?? 0;
    let weight = this.weights.get(frequency);
    if (weight === undefined)
      this.weights.set(frequency, (weight = (this.idf(frequency) / this.unseen) ** EXPONENT));
    return weight;
  }

  /** Counts of terms that at least `least` needs hold, to be kept with a model. */
  counts(least: number): NeedCounts {
    const kept = [...this.frequencies].filter(([, count]) => count >= least).sort(byTerm);
    return { documents: this.documents, frequencies: Object.fromEntries(kept) };
  }

  private idf(frequency: number): number {
    return Math.log(1 + (this.documents - frequency + 0.5) / (frequency + 0.5));
  }
}

function byTerm([a]: [string, number], [b]: [string, number]): number {
  return a < b ? -1 : 1;
}
