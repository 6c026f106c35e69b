import type { MatchCapability, MatchNeed } from '../match-types.js';

/** Characters sent: about the 512 tokens that sentence encoders read at most, and a reserve. */
const MOST_CHARACTERS = 1500;

function joined(parts: readonly string[]): string {
  const text = parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
  return [...text].slice(0, MOST_CHARACTERS).join('');
}

/** What an embedding model is given of a need: what is asked first. */
export const needText = ({ title, keywords, body }: Pick<MatchNeed, 'title' | 'keywords' | 'body'>): string =>
  joined([title, keywords.join(' '), body]);

/** The same of a capability. */
export const capabilityText = ({
  title,
  keywords,
  text,
}: Pick<MatchCapability, 'title' | 'keywords' | 'text'>): string => joined([title, keywords.join(' '), text]);
