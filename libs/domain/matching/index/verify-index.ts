import type { LexicalQuery } from '../build-query.js';
import type { MatchCapability } from '../match-types.js';
import { normaliseText } from '../normalise-text.js';
import { otherNamesIn } from '../term-names/term-names.js';
import { tokenise } from '../tokenise.js';
import type { CapabilityIndex } from './capability-index.js';

const K1 = 1.2;
const B = 0.75;
const WEIGHTS = [1, 1, 0.5] as const;
/** Impacts are stored in 255ths of k1 + 1, so a score is off by less than one of them times √mass. */
const STEP = (K1 + 1) / 255;

/** Tokens, those of other names of technical terms included, which do not make a field longer. */
const fieldsOf = ({ title, keywords, text }: MatchCapability) =>
  [title, keywords.join(' ; '), text].map((field) => {
    const normalised = normaliseText(field);
    const own = tokenise(normalised);
    return { tokens: [...own, ...tokenise(otherNamesIn(normalised))], length: own.length };
  });

/** Scores by the definition of BM25F (Robertson, Zaragoza & Taylor 2004), and √mass. */
function scoreByDefinition(
  documents: readonly MatchCapability[],
  query: LexicalQuery,
): { scores: number[]; root: number } {
  const fields = documents.map(fieldsOf);
  const mean = WEIGHTS.map((_, field) => {
    const lengths = fields.map((document) => document[field]!.length).filter((length) => length > 0);
    return lengths.length === 0 ? 1 : lengths.reduce((a, b) => a + b, 0) / lengths.length;
  });
  const idf = (term: string) => {
    const holders = fields.filter((document) => document.some(({ tokens }) => tokens.includes(term))).length;
    return Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5));
  };
  const root = Math.sqrt([...query].reduce((sum, [term, weight]) => sum + weight * idf(term), 0));
  const scores = fields.map((document) => {
    let score = 0;
    for (const [term, weight] of query) {
      const frequency = document.reduce((sum, { tokens, length }, field) => {
        const count = tokens.filter((token) => token === term).length;
        return sum + (WEIGHTS[field]! * count) / (1 - B + (B * length) / mean[field]!);
      }, 0);
      score += (weight * idf(term) * frequency * (K1 + 1)) / (frequency + K1);
    }
    return root === 0 ? 0 : score / root;
  });
  return { scores, root };
}

/**
 * Checks an index of the usual constants, whose statistics are those of `documents`, without the code that made it.
 * Returns one sentence per violation, none when it is sound.
 */
export function verifyIndex(
  index: CapabilityIndex,
  documents: readonly MatchCapability[],
  query: LexicalQuery,
): string[] {
  const problems: string[] = [];
  if (index.size !== documents.length) problems.push(`holds ${index.size} of ${documents.length} documents`);
  const given = Float64Array.from(index.score(query));
  const { scores, root } = scoreByDefinition(documents, query);
  for (const [at, { id, version }] of documents.entries()) {
    const slot = index.slotOf(id);
    if (slot === undefined || index.idAt(slot) !== id) {
      problems.push(`${id}: has no slot of its own`);
      continue;
    }
    if (index.versionOf(id) !== version) problems.push(`${id}: of another version`);
    const score = given[slot]!;
    if (!(Math.abs(score - scores[at]!) <= STEP * root + 1e-6))
      problems.push(`${id}: scores ${score}, not ${scores[at]}`);
    if (score > 0 !== scores[at]! > 0) problems.push(`${id}: shares words in one view only`);
  }
  for (let slot = 0; slot < index.slotCount; slot += 1)
    if (index.idAt(slot) === null && given[slot] !== 0)
      problems.push(`slot ${slot} scores without a document`);
  return problems;
}
