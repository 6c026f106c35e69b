import { clusterPairs } from './cluster-pairs.js';
import { DUPLICATE_FROM, type DuplicatePair, type TextRecord } from './near-duplicates.js';
import { normaliseText } from './normalise-text.js';

const LETTERS = /[^\p{Script=Han}\p{L}\p{N}]/gu;

/** Every 3-gram of a text, by another way than the code under check. */
function spell(text: string): Set<string> {
  const letters = normaliseText(text).replaceAll(LETTERS, '');
  const grams = [...letters].map((_, at) => letters.slice(at, at + 3)).filter((gram) => gram.length === 3);
  return new Set(letters.length < 3 && letters !== '' ? [letters] : grams);
}

function similarity(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const all = new Set([...left, ...right]);
  return all.size === 0 ? 0 : [...left].filter((gram) => right.has(gram)).length / all.size;
}

/**
 * Checks found pairs against all pairs. Returns one sentence per violation: a pair out of order or listed twice, a wrong
 * similarity, clusters that differ from those of the complete comparison.
 */
export function verifyNearDuplicates(
  records: readonly TextRecord[],
  pairs: readonly DuplicatePair[],
): string[] {
  const texts = new Map(records.map(({ id, text }) => [id, spell(text)]));
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const { lowerId, higherId, similarity: stated } of pairs) {
    const name = `${lowerId} ${higherId}`;
    if (!(lowerId < higherId)) problems.push(`${name}: out of order`);
    if (seen.has(name)) problems.push(`${name}: listed twice`);
    seen.add(name);
    const found = similarity(texts.get(lowerId) ?? new Set(), texts.get(higherId) ?? new Set());
    if (Math.abs(found - stated) > 1e-12 || found < DUPLICATE_FROM)
      problems.push(`${name}: similarity ${stated}, not ${found}`);
  }
  const all: [string, string][] = [];
  for (const [a, left] of texts)
    for (const [b, right] of texts) if (a < b && similarity(left, right) >= DUPLICATE_FROM) all.push([a, b]);
  const named = (clusters: Map<string, string>) =>
    JSON.stringify([...clusters].sort(([a], [b]) => (a < b ? -1 : 1)));
  const wanted = named(clusterPairs(all));
  const got = named(clusterPairs(pairs.map(({ lowerId, higherId }) => [lowerId, higherId] as const)));
  if (wanted !== got) problems.push(`clusters are ${got}, not ${wanted}`);
  return problems;
}
