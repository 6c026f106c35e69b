export interface ImportProblem {
  /** Field of ours, or the column's own name. */
  readonly field: string;
  readonly code:
    | 'title-missing'
    | 'too-long'
    | 'unknown-code'
    | 'not-a-number'
    | 'not-a-day'
    | 'not-a-flag'
    | 'classified'
    | 'duplicate'
    | 'own-record'
    | 'order';
  readonly value: string | null;
}

/** Finds the code of a list for what a cell says: the code itself or its Chinese or English word; null when unknown. */
export type CodeLookup = (list: string, word: string) => string | null;
