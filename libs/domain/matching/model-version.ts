/** Name of the rules by which matches are found; stored with runs and matches. */
export const MATCH_MODEL_VERSION = 'lexical-1';
