/** Compatibility forms folded, lower-case, without spaces and punctuation. */
export function normaliseIndicatorName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function bigramsOf(text: string): Map<string, number> {
  const grams = new Map<string, number>();
  for (let at = 0; at + 2 <= text.length; at += 1) {
    const gram = text.slice(at, at + 2);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  return grams;
}

/** Dice coefficient over character bigrams of the normalised names, 0..1; equal names are 1, empty names 0. */
export function nameSimilarity(a: string, b: string): number {
  const left = normaliseIndicatorName(a);
  const right = normaliseIndicatorName(b);
  if (left === '' || right === '') return 0;
  if (left === right) return 1;
  const leftGrams = bigramsOf(left);
  let common = 0;
  for (const [gram, count] of bigramsOf(right)) common += Math.min(count, leftGrams.get(gram) ?? 0);
  const total = Math.max(0, left.length - 1) + Math.max(0, right.length - 1);
  return total === 0 ? 0 : (2 * common) / total;
}
