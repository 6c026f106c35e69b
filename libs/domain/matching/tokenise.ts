const RUN =
  /[\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{323af}]+|[a-z0-9\u00df-\u024f\u0370-\u03ff\u0400-\u04ff]+/gu;
const CJK = /^[\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{323af}]/u;

/** Light stemming of English plurals (Harman's S-stemmer, 1991); other words stay whole. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+s$/.test(word)) return word;
  if (word.endsWith('ies') && !/[ae]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (word.endsWith('es') && !/[aeo]es$/.test(word)) return word.slice(0, -1);
  return /(us|ss)$/.test(word) || word.endsWith('es') ? word : word.slice(0, -1);
}

/** Unbroken stretches of Han characters and of Latin, Greek, Cyrillic letters and digits, in order. */
export function runsOf(normalised: string): { text: string; cjk: boolean; start: number }[] {
  return [...normalised.matchAll(RUN)].map((match) => ({
    text: match[0],
    cjk: CJK.test(match[0]),
    start: match.index,
  }));
}

/**
 * Terms of a normalised text: for Han runs every character and every pair of neighbours, for other runs the stemmed
 * word. Needs no dictionary, so nothing is out of vocabulary.
 */
export function tokenise(normalised: string): string[] {
  const tokens: string[] = [];
  for (const run of runsOf(normalised)) {
    if (!run.cjk) {
      tokens.push(stem(run.text));
      continue;
    }
    const chars = [...run.text];
    for (const [at, char] of chars.entries()) {
      tokens.push(char);
      const next = chars[at + 1];
      if (next !== undefined) tokens.push(char + next);
    }
  }
  return tokens;
}
