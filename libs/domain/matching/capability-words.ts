import { fieldText, type FieldText } from './locate-term.js';
import type { CapabilityField, MatchCapability } from './match-types.js';
import { oneNameText } from './normalise-text.js';
import { termsNamedIn } from './term-names/term-names.js';
import { blankAllButStarts, blankStopWords } from './stop-words.js';

/** What explaining needs of a capability. */
export interface CapabilityWords {
  texts: FieldText<CapabilityField>[];
  /** The normalised texts with first names of terms, one a line. */
  plain: string;
  /** The same without stop words. */
  blanked: string;
  /** The same with single characters left in that words may begin with. */
  context: string;
  /** First names of the technical terms that have several. */
  terms: ReadonlySet<string>;
}

/** Held as long as the record itself is: a capability is explained to many needs. */
const known = new WeakMap<MatchCapability, CapabilityWords>();

/** Reads a capability's texts once for all its explanations; the record must not change afterwards. */
export function capabilityWords(capability: MatchCapability): CapabilityWords {
  const held = known.get(capability);
  if (held) return held;
  const texts = [
    fieldText<CapabilityField>('title', capability.title),
    ...capability.keywords.map((text, item) => fieldText<CapabilityField>('keywords', text, item)),
    fieldText<CapabilityField>('text', capability.text),
  ];
  const plain = texts.map(({ text }) => oneNameText(text)).join('\n');
  const words = {
    texts,
    plain,
    blanked: blankStopWords(plain),
    context: blankAllButStarts(plain),
    terms: new Set(termsNamedIn(plain).map(({ name }) => name)),
  };
  known.set(capability, words);
  return words;
}
