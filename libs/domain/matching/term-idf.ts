/** Knows how rare a term is in the corpus. */
export interface TermIdf {
  /** ln(1 + (N − df + ½)/(df + ½)); the highest value for a term no document has. */
  idf(term: string): number;
}
