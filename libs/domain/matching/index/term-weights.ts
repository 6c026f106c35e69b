import { idfOf } from './bm25f.js';
import type { CorpusStatistics } from './corpus-statistics.js';
import type { TermDictionary } from './term-dictionary.js';

/** How rare each term is by the statistics in use, by its number. */
export class TermWeights {
  private idfs = new Float64Array(0);
  private unseen = idfOf(0, 0);

  /** Terms of the statistics that the dictionary does not know yet are added to it. */
  adopt({ documents, keys, frequencies }: CorpusStatistics, dictionary: TermDictionary): void {
    this.unseen = idfOf(documents, 0);
    const numbers = Int32Array.from(keys, (key) => dictionary.add(key));
    this.idfs = new Float64Array(dictionary.size).fill(this.unseen);
    for (let row = 0; row < numbers.length; row += 1)
      this.idfs[numbers[row]!] = idfOf(documents, frequencies[row]!);
  }

  /** ln(1 + (N − df + ½)/(df + ½)); the highest value for a term no document has. */
  idf(number: number): number {
    return this.idfs[number] ?? this.unseen;
  }
}
